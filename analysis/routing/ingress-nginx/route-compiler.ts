import type { Condition, Decision, LocationPart, PathMatch, Route, RouteOutcome, Rule } from '../model';
import { patternOf } from '../pattern';
import { bytesOf } from '../uri';
import type { Annotations } from './annotations';
import { canaryChain, decision, type Target } from './chain';
import type { Ingress } from './ingress';
import { type NginxLocation, nginxLocations } from './locations';
import type { Findings } from './problems';
import { locationOf } from './redirects';
import { DEFAULT_SERVER, DEFAULT_UPSTREAM, type Location, type Server } from './servers';
import type { Services } from './services';
import type { Settings } from './settings';
import type { Annotated, Upstream } from './upstreams';

const IS_HTTP: Condition = { kind: 'scheme', scheme: 'http' };

/** Makes routes of servers. */
export class RouteCompiler {
  private readonly rules = new Map<Location, Rule | undefined>();
  private readonly made = new Map<Annotated, Map<string, readonly Decision[]>>();

  constructor(
    private readonly upstreams: ReadonlyMap<string, Upstream>,
    private readonly services: Services,
    private readonly settings: Settings,
    private readonly notesOf: (ingress: Ingress, location: Location) => readonly string[],
    private readonly findings: Findings,
  ) {}

  /**
   * The routes of a server, in the order in which nginx tries them: a redirect of the root, exact paths, regular
   * expressions, prefixes.
   *
   * @param tls whether the controller has a certificate for the name by which the server is asked
   */
  routes(server: Server, tls: boolean): readonly Route[] {
    const { areRegex, locations } = nginxLocations(server);
    const rooted = locations.find(({ location }) => location.owner?.annotations.appRoot !== undefined);
    const redirected = rooted === undefined ? [] : [this.appRoot(rooted.location)];
    const own = server.host === DEFAULT_SERVER ? this.ownRoutes() : [];
    if (areRegex) {
      return [...redirected, ...locations.map((location) => this.regexRoute(location, tls)), ...own];
    }
    const exact = locations.filter(({ isExact }) => isExact);
    const prefixes = locations.filter(({ isExact }) => !isExact);
    const exactRoutes = exact.map((location) =>
      this.route(location, { kind: 'exact', path: bytesOf(location.path) }, tls),
    );
    const prefixRoutes = prefixes.map((location) =>
      this.route(location, { kind: 'prefix', path: bytesOf(location.path) }, tls),
    );
    this.checkTwice(exact);
    this.checkTwice(prefixes);
    const below = [...prefixRoutes, ...own].sort((a, b) => length(b.path) - length(a.path));
    return [...redirected, ...this.slashRoutes(locations), ...exactRoutes, ...below];
  }

  private route({ location }: NginxLocation, path: PathMatch, tls: boolean): Route {
    const decisions = this.decisions(location, tls);
    return { path, conditions: [], decisions, rule: this.ruleOf(location), notes: this.routeNotes(location) };
  }

  private regexRoute(location: NginxLocation, tls: boolean): Route {
    const pattern = patternOf(`^${bytesOf(location.path)}`, true);
    const { owner, written } = location.location;
    if (pattern.state === 'broken' && owner !== undefined) {
      const message = `nginx refuses the regular expression ^${location.path} (${pattern.why}), and with it the whole configuration`;
      this.findings.problem(owner.ingress.manifest, [...written.at, 'path'], 'bad-configuration', message);
    }
    return this.route(location, { kind: 'pattern', pattern }, tls);
  }

  /** The paths that nginx redirects to themselves with a slash behind, because a location of that name is passed on. */
  private slashRoutes(locations: readonly NginxLocation[]): Route[] {
    const paths = new Set(locations.map(({ path }) => path));
    const done = new Set<string>();
    return locations.flatMap(({ location, path }): Route[] => {
      const bare = path.slice(0, -1);
      if (!path.endsWith('/') || path === '/' || paths.has(bare) || done.has(bare)) {
        return [];
      }
      done.add(bare);
      const relative = location.owner?.annotations.relativeRedirects === true;
      const host: LocationPart[] = relative ? [] : [{ of: 'scheme' }, { text: '://' }, { of: 'host' }];
      const target: LocationPart[] = [...host, { text: path }, { of: 'query-mark' }, { of: 'query' }];
      const outcome: RouteOutcome = { kind: 'redirect', status: 301, location: target };
      const decisions = [decision([], outcome, `nginx adds the slash of ${path}`)];
      const match: PathMatch = { kind: 'exact', path: bytesOf(bare) };
      return [{ path: match, conditions: [], decisions, rule: this.ruleOf(location), notes: [] }];
    });
  }

  private appRoot(location: Location): Route {
    const root = location.owner?.annotations.appRoot as string;
    const { parts } = locationOf(`$scheme://$http_host${root}`);
    const decisions = [decision([], { kind: 'redirect', status: 302, location: parts }, `app-root: ${root}`)];
    const rule = this.ruleOf(location);
    return { path: { kind: 'exact', path: '/' }, conditions: [], decisions, rule, notes: [] };
  }

  /** What the controller answers by itself under hosts that no rule has. */
  private ownRoutes(): Route[] {
    const { healthPath } = this.settings;
    const answer = (path: string, status: number, why: string): Route => ({
      path: { kind: 'prefix', path },
      conditions: [],
      decisions: [decision([], { kind: 'error', status, why }, why)],
      rule: undefined,
      notes: [],
    });
    return [
      answer(healthPath, 200, `the controller answers its health check ${healthPath} itself`),
      answer('/nginx_status', 403, 'the controller shows /nginx_status only to itself'),
    ];
  }

  /** The decisions of a location; those of one Ingress with one backend are mostly the same. */
  private decisions(location: Location, tls: boolean): readonly Decision[] {
    const { owner, upstream, path } = location;
    const isExempt = this.settings.noTlsRedirectPaths.some((exempt) => path.startsWith(exempt));
    const key = `${upstream} ${tls && !isExempt} ${isExempt}`;
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
    if (annotations?.redirect !== undefined) {
      const { url, code } = annotations.redirect;
      const { parts } = locationOf(url);
      return [decision([], { kind: 'redirect', status: code, location: parts }, `redirect to ${url}`)];
    }
    const toHttps = annotations === undefined || isExempt ? [] : this.toHttps(annotations, tls);
    return [...toHttps, ...this.backendDecisions(location)];
  }

  private toHttps(annotations: Annotations, tls: boolean): Decision[] {
    const { sslRedirect, forceSslRedirect, preserveTrailingSlash, portInRedirects } = annotations;
    if (!(forceSslRedirect || (sslRedirect && tls))) {
      return [];
    }
    const location: LocationPart[] = [
      { text: 'https://' },
      { of: 'host-header-without-port' },
      ...(portInRedirects ? [{ text: ':443' }] : []),
      { of: preserveTrailingSlash ? 'uri' : 'uri-without-last-slash' },
    ];
    const reason = forceSslRedirect ? 'force-ssl-redirect' : 'ssl-redirect, as there is a certificate for the host';
    return [decision([IS_HTTP], { kind: 'redirect', status: this.settings.redirectCode, location }, reason)];
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

  private canaryOf({ alternatives: [first] }: Upstream): { policy: Upstream['policy']; target: Target } | undefined {
    const upstream = first === undefined ? undefined : this.upstreams.get(first.upstream);
    if (upstream === undefined || 'missing' in upstream.backend || upstream.policy === undefined) {
      return undefined;
    }
    const { namespace, service, port } = upstream.backend;
    return { policy: upstream.policy, target: { backend: { namespace, service, port }, rule: ruleOfCanary(upstream) } };
  }

  private ruleOf(location: Location): Rule | undefined {
    if (!this.rules.has(location)) {
      this.rules.set(location, makeRule(location));
    }
    return this.rules.get(location);
  }

  private routeNotes(location: Location): readonly string[] {
    const { owner } = location;
    if (owner === undefined) {
      return [];
    }
    const upstream = this.upstreams.get(location.upstream);
    const note = upstream !== undefined && 'note' in upstream.backend ? upstream.backend.note : undefined;
    const sticky =
      upstream !== undefined && this.canaryOf(upstream) !== undefined ? owner.annotations.undecidedCanary : [];
    const { redirect } = owner.annotations;
    const unknown = redirect === undefined ? [] : locationOf(redirect.url).unknown;
    return [
      ...this.notesOf(owner.ingress, location),
      ...owner.annotations.undecided,
      ...sticky,
      ...(note === undefined ? [] : [note]),
      ...unknown.map((name) => `the variable ${name} of the redirect is known to nginx only`),
    ];
  }

  private checkTwice(locations: readonly NginxLocation[]): void {
    const seen = new Set<string>();
    for (const { path, location } of locations) {
      if (seen.has(path) && location.owner !== undefined) {
        const message = `makes nginx see the location ${path} twice, and refuse the whole configuration`;
        this.findings.problem(location.owner.ingress.manifest, location.written.at, 'bad-configuration', message);
      }
      seen.add(path);
    }
  }
}

function length(path: PathMatch): number {
  return path.kind === 'prefix' ? path.path.length : 0;
}

function backendOutcome(backend: Target['backend']): RouteOutcome {
  return { kind: 'backends', backends: [{ ...backend, weight: 1 }] };
}

function makeRule({ owner, written }: Location): Rule | undefined {
  if (owner === undefined) {
    return undefined;
  }
  const { namespace, name, manifest } = owner.ingress;
  const { path, pathType, host, at } = written;
  const ref = { kind: 'Ingress', namespace, name, host: host ?? null, path, pathType };
  return { ref, source: manifest.source, at };
}

/** The rule of a canary: its first path with this upstream, or its default backend. */
function ruleOfCanary({ ingress }: Upstream): Rule {
  const { namespace, name, manifest, rules } = ingress;
  const [rule] = rules;
  const [path] = rule?.paths ?? [];
  return {
    ref: {
      kind: 'Ingress',
      namespace,
      name,
      host: rule?.host ?? null,
      path: path?.path || '/',
      pathType: path?.pathType ?? 'Prefix',
    },
    source: manifest.source,
    at: path?.at ?? ['spec', 'defaultBackend'],
  };
}
