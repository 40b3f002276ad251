import type { Findings } from '../problems';
import type { BackendRef, Ingress, IngressPath } from './ingress';
import { isOrderKnown } from './order';
import { DEFAULT_SERVER, type Location, type Server } from './servers';
import { type Annotated, type Upstream, upstreamName } from './upstreams';

/** A server with what canaries look for in it. */
interface Indexed {
  readonly server: Server;
  /** The first location of an upstream, by its place. */
  readonly firstOf: ReadonlyMap<string, number>;
  readonly byPath: ReadonlyMap<string, readonly { readonly location: Location; readonly place: number }[]>;
}

/**
 * Hangs canaries on the upstreams of the locations whose host, path and path type are theirs. A canary that finds none is
 * dropped, with all that other rules wanted of its upstream.
 */
export class Canaries {
  private readonly indexed = new Map<string, Indexed>();
  /** The locations whose host, path and type a canary has. */
  private readonly meant = new Set<Location>();

  constructor(
    private readonly upstreams: Map<string, Upstream>,
    private readonly servers: ReadonlyMap<string, Server>,
    private readonly findings: Findings,
  ) {}

  /** Hangs all canaries, in the order of their Ingresses. */
  merge(ingresses: readonly Annotated[]): void {
    const canaries = ingresses.filter(({ annotations }) => annotations.canary !== undefined);
    if (canaries.length === ingresses.length) {
      for (const { ingress } of canaries) {
        this.alone(ingress, [], 'there is no main Ingress at all');
      }
      return;
    }
    for (const { ingress } of canaries) {
      this.mergeDefault(ingress);
      for (const rule of ingress.rules) {
        if (rule.paths === undefined) {
          const message = 'a canary with a rule without paths makes the controller crash; give it paths';
          this.findings.problem(ingress.manifest, rule.at, 'bad-configuration', message);
        }
        for (const path of rule.paths ?? []) {
          this.mergePath(ingress, rule.host, path);
        }
      }
    }
    for (const main of this.upstreams.values()) {
      this.noteSecond(main);
    }
    for (const server of this.servers.values()) {
      this.noteShared(server);
    }
  }

  /** A default backend of a canary goes to every path of the default server. */
  private mergeDefault(ingress: Ingress): void {
    const { defaultBackend } = ingress;
    const alternative = this.alternative(ingress, defaultBackend);
    if (alternative === undefined) {
      return;
    }
    let merged = false;
    for (const location of this.servers.get(DEFAULT_SERVER)?.locations ?? []) {
      const main = this.upstreams.get(location.upstream);
      if (location.upstream === alternative.name) {
        this.isMain(ingress, defaultBackend as BackendRef, alternative);
        return;
      }
      merged = (main !== undefined && this.hang(main, alternative, ingress, location)) || merged;
    }
    if (!merged) {
      this.drop(ingress, defaultBackend as BackendRef, alternative, 'no main Ingress serves requests of every host');
    }
  }

  private mergePath(ingress: Ingress, host: string | undefined, path: IngressPath): void {
    const alternative = this.alternative(ingress, path.backend);
    if (alternative === undefined) {
      return;
    }
    const indexed = this.index(host ?? DEFAULT_SERVER);
    if (indexed === undefined) {
      this.withoutHost(ingress, host, path, alternative);
      return;
    }
    const end = indexed.firstOf.get(alternative.name) ?? Number.POSITIVE_INFINITY;
    const type = path.pathType === 'Exact' ? 'Exact' : 'Prefix';
    const text = path.path === '' ? '/' : path.path;
    const found = indexed.byPath.get(text) ?? [];
    let merged = false;
    for (const { location, place } of found) {
      const main = this.upstreams.get(location.upstream);
      if (place < end && location.pathType === type && main !== undefined) {
        merged = this.hang(main, alternative, ingress, location) || merged;
      }
    }
    if (end !== Number.POSITIVE_INFINITY) {
      this.isMain(ingress, path.backend, alternative);
      return;
    }
    if (!merged) {
      this.drop(
        ingress,
        path.backend,
        alternative,
        whyAlone(
          host,
          text,
          type,
          found.map(({ location }) => location),
        ),
      );
    }
  }

  /** A canary joins no host that no main has. What is a main backend elsewhere is then served like a rule without host. */
  private withoutHost(
    ingress: Ingress,
    host: string | undefined,
    { path, at }: IngressPath,
    { name, policy, ingress: first }: Upstream,
  ): void {
    if (policy !== undefined) {
      this.alone(ingress, at, `no main Ingress has the host ${host}`);
      return;
    }
    const message = `no main Ingress has the host ${host}: as ${name} is a main backend of Ingress ${first.key}, the path ${path === '' ? '/' : path} is served under every host that no other rule has`;
    this.findings.note(ingress.manifest, at, 'shared-service', message);
  }

  /** The upstream of a canary's backend; undefined where there is none, or it was dropped with an earlier rule. */
  private alternative(ingress: Ingress, backend: BackendRef | undefined): Upstream | undefined {
    if (backend?.service === undefined) {
      return undefined;
    }
    const found = this.upstreams.get(upstreamName(ingress.namespace, backend));
    if (found === undefined) {
      const message = `the canary ${backend.service} was dropped with another rule that has no main; this one does nothing`;
      this.findings.note(ingress.manifest, backend.at, 'canary-without-main', message);
    }
    return found;
  }

  private drop(ingress: Ingress, backend: BackendRef, alternative: Upstream, why: string): void {
    this.upstreams.delete(alternative.name);
    this.alone(ingress, backend.at, why);
  }

  private alone(ingress: Ingress, at: BackendRef['at'], why: string): void {
    const message = `a canary without main does nothing: ${why}`;
    this.findings.note(ingress.manifest, at, 'canary-without-main', message);
  }

  private isMain(ingress: Ingress, backend: BackendRef, { name }: Upstream): void {
    const message = `the canary's Service and port (${name}) are themselves the main backend of a path of this host`;
    this.findings.note(ingress.manifest, backend.at, 'shared-service', message);
  }

  /** Hangs a canary on the upstream of a location; false where that takes none. */
  private hang(main: Upstream, alternative: Upstream, ingress: Ingress, location: Location): boolean {
    if (main.name === alternative.name || main.policy !== undefined) {
      return false;
    }
    this.meant.add(location);
    if (!main.alternatives.some(({ upstream }) => upstream === alternative.name)) {
      main.alternatives.push({ upstream: alternative.name, ingress });
    }
    return true;
  }

  private noteSecond({ name, alternatives: [first, ...others] }: Upstream): void {
    const canary = first === undefined ? undefined : this.upstreams.get(first.upstream);
    if (first !== undefined && canary !== undefined && 'missing' in canary.backend) {
      const message = `${canary.backend.missing}; the main backend of this canary gets all requests`;
      this.findings.note(first.ingress.manifest, [], 'no-service', message);
    }
    for (const other of others) {
      const known = first !== undefined && isOrderKnown(first.ingress, other.ingress);
      const order = known ? '' : ' (taken as made at the same time)';
      const message = `${name} has a canary already, of Ingress ${first?.ingress.key}${order}; this one gets nothing`;
      this.findings.note(other.ingress.manifest, [], 'second-canary', message);
    }
  }

  /** Notes paths that a canary takes requests of without having been asked to. */
  private noteShared({ locations }: Server): void {
    for (const location of locations) {
      const { owner, written, upstream } = location;
      const [first] = this.upstreams.get(upstream)?.alternatives ?? [];
      if (first !== undefined && owner !== undefined && !this.meant.has(location)) {
        const where = `${written.host ?? 'every host'}${written.path}`;
        const message = `${where} shares its Service with another path; the canary ${first.ingress.key} of that takes its requests too`;
        this.findings.note(owner.ingress.manifest, written.at, 'shared-service', message);
      }
    }
  }

  private index(host: string): Indexed | undefined {
    const server = this.servers.get(host);
    let indexed = this.indexed.get(host);
    if (indexed === undefined && server !== undefined) {
      indexed = indexOf(server);
      this.indexed.set(host, indexed);
    }
    return indexed;
  }
}

function whyAlone(host: string | undefined, path: string, type: string, same: readonly Location[]): string {
  const where = `${host ?? 'every host'}${path}`;
  const [other] = same;
  if (other === undefined || other.isDefault) {
    return `no main Ingress has the path ${where}`;
  }
  if (other.pathType !== type) {
    return `${where} is of type ${other.written.pathType} in Ingress ${other.owner?.ingress.key}, and of ${type} here`;
  }
  return `${where} of Ingress ${other.owner?.ingress.key} takes no canary`;
}

function indexOf(server: Server): Indexed {
  const firstOf = new Map<string, number>();
  const byPath = new Map<string, { location: Location; place: number }[]>();
  for (const [place, location] of server.locations.entries()) {
    if (!firstOf.has(location.upstream)) {
      firstOf.set(location.upstream, place);
    }
    const same = byPath.get(location.path) ?? [];
    same.push({ location, place });
    byPath.set(location.path, same);
  }
  return { server, firstOf, byPath };
}
