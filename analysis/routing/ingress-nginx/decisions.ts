import type { Decision, LocationPart, Rewrite, RouteOutcome, Rule } from '../model';
import type { Annotations } from './annotations';
import { canaryChain, decision, type Target } from './chain';
import { decideAsSent, decideForwarded, type Seen } from './forwarded';
import { locationOf } from './redirects';
import { rewritingOf } from './rewrites';
import { ruleOfCanary } from './rules';
import { DEFAULT_UPSTREAM, type Location } from './servers';
import type { Services } from './services';
import type { Settings } from './settings';
import type { Annotated, Upstream } from './upstreams';

/** Decides what happens to requests of a location: a redirect, HTTPS first, then the backend with its canary. */
export class Decisions {
  private readonly made = new Map<Annotated, Map<string, readonly Decision[]>>();

  constructor(
    private readonly upstreams: ReadonlyMap<string, Upstream>,
    private readonly services: Services,
    private readonly settings: Settings,
  ) {}

  /**
   * The decisions of a location; those of one Ingress with one backend are mostly the same.
   *
   * @param path as it is written for nginx
   */
  of(location: Location, path: string, tls: boolean): readonly Decision[] {
    const { owner, upstream } = location;
    const isExempt = this.settings.noTlsRedirectPaths.some((exempt) => path.startsWith(exempt));
    const rewrites = owner?.annotations.rewriteTarget === undefined ? '' : location.path;
    const key = `${upstream} ${tls && !isExempt} ${isExempt} ${rewrites}`;
    const known = owner === undefined ? undefined : this.made.get(owner)?.get(key);
    if (known !== undefined || owner === undefined) {
      return known ?? this.newDecisions(location, tls, isExempt);
    }
    const made = this.newDecisions(location, tls, isExempt);
    this.made.set(owner, (this.made.get(owner) ?? new Map()).set(key, made));
    return made;
  }

  private newDecisions(location: Location, tls: boolean, isExempt: boolean): readonly Decision[] {
    const annotations = location.owner?.annotations;
    if (annotations?.denied !== undefined) {
      return [decision([], { kind: 'error', status: 503, why: annotations.denied }, annotations.denied)];
    }
    if (annotations?.redirect !== undefined) {
      const { url, code } = annotations.redirect;
      const { parts } = locationOf(url, annotations.relativeRedirects);
      return [decision([], { kind: 'redirect', status: code, location: parts }, `redirect to ${url}`)];
    }
    const rewriting = rewritingOf(location);
    // The rewrite comes first, before HTTPS is asked for and whatever the backend is.
    if ('redirect' in rewriting) {
      return [decision([], rewriting.redirect, `rewrite-target ${rewriting.target} is a redirect`)];
    }
    const toHttps = (seen: Seen) => (annotations === undefined || isExempt ? [] : this.toHttps(annotations, tls, seen));
    const toBackends = ({ host }: Seen) =>
      this.backendDecisions(location).map((one) => rewritten(one, withHost(rewriting.rewrite, host)));
    return this.settings.forwardedHeaders ? decideForwarded(toHttps, toBackends) : decideAsSent(toHttps, toBackends);
  }

  private toHttps(annotations: Annotations, tls: boolean, { isHttp, hostWithoutPort }: Seen): Decision[] {
    const { sslRedirect, forceSslRedirect, preserveTrailingSlash, portInRedirects } = annotations;
    if (!(forceSslRedirect || (sslRedirect && tls))) {
      return [];
    }
    const location: LocationPart[] = [
      { text: 'https://' },
      { of: hostWithoutPort },
      ...(portInRedirects ? [{ text: `:${this.settings.httpsPort}` }] : []),
      { of: preserveTrailingSlash ? 'uri' : 'uri-without-last-slash' },
    ];
    const reason = forceSslRedirect ? 'force-ssl-redirect' : 'ssl-redirect, as there is a certificate for the host';
    return [decision(isHttp, { kind: 'redirect', status: this.settings.redirectCode, location }, reason)];
  }

  private backendDecisions(location: Location): readonly Decision[] {
    if (location.upstream === DEFAULT_UPSTREAM) {
      return [this.defaultDecision()];
    }
    const upstream = this.upstreams.get(location.upstream);
    const main = upstream === undefined ? undefined : this.mainOf(upstream, location);
    if (upstream === undefined || main === undefined) {
      const gone = `the upstream ${location.upstream} was dropped with a canary that has no main`;
      const why = upstream === undefined ? gone : 'missing' in upstream.backend ? upstream.backend.missing : '';
      return [decision([], { kind: 'error', status: 503, why }, why)];
    }
    const canary = this.canaryOf(upstream);
    return canary?.policy === undefined
      ? [decision([], backendOutcome(main), `backend ${main.service}:${main.port}`)]
      : canaryChain(canary.policy, canary.target, main);
  }

  private defaultDecision(): Decision {
    const { defaultService, workload } = this.settings;
    const [namespace, service] = defaultService?.split('/') ?? [];
    const port =
      namespace === undefined || service === undefined ? undefined : this.services.firstPort(namespace, service);
    if (workload === undefined || namespace === undefined || service === undefined || port === undefined) {
      return decision([], { kind: 'not-found' }, 'no rule takes the request');
    }
    const { kind, name, source, namespace: home = 'default' } = workload;
    const rule: Rule = {
      ref: { kind, namespace: home, name, host: null, path: '/', pathType: 'Prefix' },
      source,
      at: ['spec'],
    };
    const reason = 'no rule takes the request; --default-backend-service of the controller does';
    return decision([], backendOutcome({ namespace, service, port }), reason, { rule });
  }

  /** The Service behind an upstream; where that leads nowhere, the one that the Ingress names for this case. */
  private mainOf({ backend }: Upstream, { owner }: Location): Target['backend'] | undefined {
    if (!('missing' in backend)) {
      return { namespace: backend.namespace, service: backend.service, port: backend.port };
    }
    const service = owner?.annotations.defaultBackend;
    const namespace = owner?.ingress.namespace;
    const port =
      service === undefined || namespace === undefined ? undefined : this.services.firstPort(namespace, service);
    return service === undefined || namespace === undefined || port === undefined
      ? undefined
      : { namespace, service, port };
  }

  canaryOf({ alternatives: [first] }: Upstream): { policy: Upstream['policy']; target: Target } | undefined {
    const upstream = first === undefined ? undefined : this.upstreams.get(first.upstream);
    if (upstream === undefined || 'missing' in upstream.backend || upstream.policy === undefined) {
      return undefined;
    }
    const { namespace, service, port } = upstream.backend;
    return { policy: upstream.policy, target: { backend: { namespace, service, port }, rule: ruleOfCanary(upstream) } };
  }
}

function rewritten(one: Decision, rewrite: Rewrite | undefined): Decision {
  const { outcome } = one;
  return rewrite === undefined || outcome.kind !== 'backends' ? one : { ...one, outcome: { ...outcome, rewrite } };
}

/** A rewrite by which a backend sees the host that was forwarded, unless it names one of its own. */
function withHost(rewrite: Rewrite | undefined, host: Seen['host']): Rewrite | undefined {
  return host === 'host-header' || rewrite?.host !== undefined ? rewrite : { ...rewrite, host: [{ of: host }] };
}

function backendOutcome(backend: Target['backend']): RouteOutcome {
  return { kind: 'backends', backends: [{ ...backend, weight: 1 }] };
}
