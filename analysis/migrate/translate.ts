import type { Route, RoutingModel } from '../routing';
import { lackingIn, untoldIn } from './features';
import {
  gatewayObject,
  grantObjects,
  type HostCertificate,
  HTTP_SECTION,
  type ObjectName,
  type Reference,
  routeObject,
} from './gateway';
import { type Host, hostsOf } from './hosts';
import type { MigrateSettings } from './migration';
import { Names } from './names';
import { type RuleChain, type RuleOptions, rulesOf, type Scheme, sends, withoutRepeats } from './rules';
import { type SourceIngress, secretFor } from './source';
import type { Target } from './targets';

/** What was written, and what could not be. */
export interface Translation {
  readonly objects: readonly object[];
  /** The Ingress of each HTTPRoute, both as `namespace/name`. */
  readonly ownerOf: ReadonlyMap<string, string>;
  /** Why something of an Ingress could not be written, by `namespace/name`. */
  readonly reasons: ReadonlyMap<string, readonly string[]>;
  /** What is not told of the target, by the Ingress. */
  readonly remarks: ReadonlyMap<string, readonly string[]>;
}

/** An HTTPRoute allows so many rules, and so many hostnames. */
const MOST = 16;
/** A Gateway allows so many listeners. */
const MOST_LISTENERS = 64;
/** Within this, names of listeners differ. */
const LISTENERS = 'listener';
const SCHEMES: readonly Scheme[] = ['http', 'https'];

/**
 * Writes the routes of Ingresses as HTTPRoutes of a Gateway. Nothing of those in `without` is written.
 *
 * @param taken names of objects that are there already: kind, namespace and name, e.g. `HTTPRoute shop/web`
 */
export function translate(
  model: RoutingModel,
  sources: readonly SourceIngress[],
  without: ReadonlySet<string>,
  taken: ReadonlySet<string>,
  options: TranslateOptions,
): Translation {
  return new Translator(sources, without, new Names(new Set(taken)), options).translate(model);
}

/** The settings of a migration, with what its target needs. */
export interface TranslateOptions extends MigrateSettings {
  readonly target: Target | undefined;
  /** Filters of the rules that lead to backends, by the Ingress. */
  readonly filters: ReadonlyMap<string, readonly object[]>;
}

/** Rules that an Ingress has for a host and a scheme. */
interface Part {
  readonly owner: string;
  readonly host: Host;
  readonly sections: readonly string[];
  readonly suffix: string;
  readonly chains: readonly RuleChain[];
}

class Translator {
  private readonly reasons = new Map<string, Set<string>>();
  private readonly remarks = new Map<string, Set<string>>();
  private readonly certificates = new Map<string | undefined, HostCertificate>();
  private readonly annotations: ReadonlyMap<string, SourceIngress['annotations']>;

  constructor(
    private readonly sources: readonly SourceIngress[],
    private readonly without: ReadonlySet<string>,
    private readonly names: Names,
    private readonly options: TranslateOptions,
  ) {
    this.names.free(LISTENERS, HTTP_SECTION);
    this.annotations = new Map(sources.map(({ ingress, annotations }) => [ingress.key, annotations]));
  }

  translate(model: RoutingModel): Translation {
    const { hosts, refused } = hostsOf(model);
    for (const { routes, why } of refused) {
      for (const owner of new Set(routes.flatMap(ownerOf))) {
        this.refuse(owner, why);
      }
    }
    const parts = hosts.flatMap((host) => this.partsOf(host));
    const { routes, owners } = this.routesOf(parts);
    const { gateway, gatewayClass } = this.options;
    const used = new Set(parts.flatMap(({ sections }) => sections));
    const certificates = [...this.certificates.values()].filter(({ section }) => used.has(section));
    const namespaces = new Set([...owners.values()].map(namespaceOf));
    const references = certificates.map(
      ({ secret }): Reference => ({
        from: { kind: 'Gateway', namespace: gateway.namespace },
        to: { kind: 'Secret', ...secret },
      }),
    );
    const grants = grantObjects([...references, ...parts.flatMap(backendReferences)], this.names);
    const objects =
      routes.length === 0 ? [] : [gatewayObject(gateway, gatewayClass, certificates, namespaces), ...grants, ...routes];
    this.refuseSharedListeners(parts, certificates);
    return { objects, ownerOf: owners, reasons: listsOf(this.reasons), remarks: listsOf(this.remarks) };
  }

  private partsOf(host: Host): Part[] {
    const parts: Part[] = [];
    for (const owner of new Set(host.routes.flatMap(ownerOf))) {
      if (!this.without.has(owner)) {
        parts.push(...this.partsOfIngress(host, owner));
      }
    }
    return parts;
  }

  private partsOfIngress(host: Host, owner: string): Part[] {
    const routes = host.routes.filter((route) => ownerOf(route)[0] === owner);
    const section = this.sectionFor(host, owner);
    const http = this.chainsOf(routes, 'http', owner);
    const https = section === undefined ? [] : this.chainsOf(routes, 'https', owner);
    if (section !== undefined || !host.tls) {
      this.refuseDeadEnds(routes, owner, section === undefined ? ['http'] : ['http', 'https']);
    }
    const part = (sections: readonly string[], chains: readonly RuleChain[], suffix = ''): Part[] => {
      const redirects = chains.flat().every(({ backendRefs }) => backendRefs === undefined);
      return chains.length === 0 ? [] : [{ owner, host, sections, suffix: redirects ? '-redirect' : suffix, chains }];
    };
    if (section === undefined) {
      return part([HTTP_SECTION], http);
    }
    if (JSON.stringify(http) === JSON.stringify(https)) {
      return part([HTTP_SECTION, section], http);
    }
    const isAlone = host.routes.every((route) => [owner, undefined].includes(ownerOf(route)[0]));
    return [...part([section], https), ...part([HTTP_SECTION], isAlone ? withoutRepeats(http) : http, '-http')];
  }

  private chainsOf(routes: readonly Route[], scheme: Scheme, owner: string): readonly RuleChain[] {
    const namespace = namespaceOf(owner);
    const text = (name: string) => this.annotations.get(owner)?.get(name)?.trim() || undefined;
    const options: RuleOptions = {
      regularExpressions: this.options.allowRegularExpressions === true,
      rewriteTarget: text('rewrite-target'),
      upstreamVhost: text('upstream-vhost'),
      namespace,
      filters: this.options.filters.get(owner) ?? [],
    };
    return routes.flatMap((route): RuleChain[] => {
      const canary = route.decisions.find(
        ({ by }) => by !== undefined && this.without.has(`${by.ref.namespace}/${by.ref.name}`),
      );
      if (canary?.by !== undefined) {
        this.refuse(owner, `its canary ${canary.by.ref.namespace}/${canary.by.ref.name} cannot be taken over`);
      }
      const rules = rulesOf(route, scheme, options);
      if ('why' in rules) {
        this.refuse(owner, `${placeOf(route)}: ${rules.why}`);
        return [];
      }
      const { target } = this.options;
      for (const lacking of target === undefined ? [] : lackingIn(rules.chain, target)) {
        this.refuse(owner, `${placeOf(route)}: ${lacking}`);
      }
      for (const untold of target === undefined ? [] : untoldIn(rules.chain, target)) {
        this.remarks.set(owner, (this.remarks.get(owner) ?? new Set()).add(untold));
      }
      return rules.chain.length === 0 ? [] : [rules.chain];
    });
  }

  /** Refuses routes whose requests would never come to a backend, though they do now: such as are redirected for ever. */
  private refuseDeadEnds(routes: readonly Route[], owner: string, schemes: readonly Scheme[]): void {
    for (const route of routes) {
      if (SCHEMES.some((scheme) => sends(route, scheme)) && !schemes.some((scheme) => sends(route, scheme))) {
        this.refuse(
          owner,
          `${placeOf(route)}: every request would be redirected to HTTPS, for which there is no listener, so that none comes to a Service. Where TLS ends at a load balancer in front, give --tls-terminated-upstream; else a tls section, or --default-certificate NAMESPACE/NAME`,
        );
      }
    }
  }

  /**
   * Refuses routes of listeners whose hosts others have too, where the target does not keep them apart: what the narrower one
   * does not take may come to the wider one.
   */
  private refuseSharedListeners(parts: readonly Part[], certificates: readonly HostCertificate[]): void {
    const { target } = this.options;
    if (target === undefined || target.conformance.features.has('GatewayHTTPListenerIsolation')) {
      return;
    }
    for (const { owner, host, sections } of parts) {
      const wide = certificates.find(({ section }) => sections.includes(section));
      const narrow = certificates.find(
        ({ section, hostname }) =>
          section !== wide?.section && hostname !== undefined && isWithin(hostname, host.hostname),
      );
      if (wide !== undefined && narrow !== undefined) {
        this.refuse(
          owner,
          `${host.hostname ?? 'every host'}: the listener ${narrow.section} is for a part of its hosts, and ${target.implementation} does not keep listeners apart (GatewayHTTPListenerIsolation)`,
        );
      }
    }
  }

  /** The listener for HTTPS to a host; `undefined` where there is none. */
  private sectionFor({ hostname, tls }: Host, owner: string): string | undefined {
    const { defaultCertificate, forwardedTls } = this.options;
    const secret = tls && hostname !== undefined ? secretFor(hostname, this.sources) : undefined;
    if (hostname !== undefined && secret !== undefined) {
      return this.listenerFor(hostname, secret, owner);
    }
    if (defaultCertificate !== undefined && forwardedTls === undefined) {
      return this.listenerFor(undefined, defaultCertificate, owner);
    }
    if (tls) {
      this.refuse(
        owner,
        `no secretName of a TLS section is for ${hostname ?? 'every host'}; ingress-nginx serves its own certificate; --default-certificate NAMESPACE/NAME gives one`,
      );
    }
    return undefined;
  }

  private listenerFor(hostname: string | undefined, secret: ObjectName, owner: string): string | undefined {
    const known = this.certificates.get(hostname);
    if (known === undefined && this.certificates.size >= MOST_LISTENERS - 1) {
      const what = hostname ?? 'the default certificate';
      this.refuse(owner, `a Gateway has ${MOST_LISTENERS} listeners at most, and ${what} would need one more`);
      return undefined;
    }
    const wanted = hostname === undefined ? 'https' : `https-${hostname.replace(/^\*/, 'wildcard')}`;
    const section = known?.section ?? this.names.free(LISTENERS, wanted);
    this.certificates.set(hostname, { section, hostname, secret });
    return section;
  }

  /** HTTPRoutes of the same Ingress with the same rules are one. */
  private routesOf(parts: readonly Part[]) {
    const groups = new Map<string, Part[]>();
    for (const part of parts) {
      const isEveryHost = part.host.hostname === undefined;
      const key = JSON.stringify([part.owner, part.suffix, part.sections.length, isEveryHost, part.chains]);
      const group = groups.get(key);
      if (group === undefined || group.length >= MOST) {
        groups.set(group === undefined ? key : `${key} ${groups.size}`, [part]);
      } else {
        group.push(part);
      }
    }
    const owners = new Map<string, string>();
    const routes = [...groups.values()].flatMap((group) => {
      const [{ owner, chains, suffix }] = group as [Part, ...Part[]];
      const namespace = namespaceOf(owner);
      const sections = [...new Set(group.flatMap((part) => part.sections))];
      const hostnames = group.flatMap(({ host }) => host.hostname ?? []);
      return chunksOf(chains).map((rules) => {
        const name = this.names.free(`HTTPRoute ${namespace}`, `${owner.slice(namespace.length + 1)}${suffix}`);
        owners.set(`${namespace}/${name}`, owner);
        return routeObject({ namespace, name }, this.options.gateway, sections, hostnames, rules);
      });
    });
    return { routes, owners };
  }

  private refuse(owner: string, why: string): void {
    this.reasons.set(owner, (this.reasons.get(owner) ?? new Set()).add(why));
  }
}

/** Whether all hosts of one hostname are of another, wider one. */
function isWithin(hostname: string, wider: string | undefined): boolean {
  return (
    wider === undefined ||
    (wider !== hostname && wider.startsWith('*') && hostname.replace(/^\*/, 'x').endsWith(wider.slice(1)))
  );
}

function listsOf(sets: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, readonly string[]> {
  return new Map([...sets].map(([owner, texts]) => [owner, [...texts]]));
}

function placeOf({ rule }: Route): string {
  return `${rule?.ref.host ?? 'every host'}${rule?.ref.path ?? '/'}`;
}

function ownerOf({ rule }: Route): string[] {
  return rule === undefined ? [] : [`${rule.ref.namespace}/${rule.ref.name}`];
}

function namespaceOf(key: string): string {
  return key.slice(0, key.indexOf('/'));
}

/** Rules in lists that an HTTPRoute can hold; those of a chain stay together as far as they can. */
function chunksOf(chains: readonly RuleChain[]): readonly (readonly object[])[] {
  const chunks: object[][] = [];
  for (const chain of chains) {
    const last = chunks.at(-1);
    if (last !== undefined && last.length + chain.length <= MOST) {
      last.push(...chain);
    } else {
      chunks.push([...chain]);
    }
  }
  return chunks;
}

function backendReferences({ owner, chains }: Part): Reference[] {
  const namespace = namespaceOf(owner);
  return chains.flat().flatMap(({ backendRefs = [] }) =>
    (backendRefs as readonly { readonly name: string; readonly namespace?: string }[]).map(
      (ref): Reference => ({
        from: { kind: 'HTTPRoute', namespace },
        to: { kind: 'Service', namespace: ref.namespace ?? namespace, name: ref.name },
      }),
    ),
  );
}
