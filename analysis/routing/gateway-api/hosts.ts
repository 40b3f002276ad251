import type { Route, VirtualHost } from '../model';
import type { Findings } from '../problems';
import { bySpecificity, coveringNames, hostNameOf } from './hostnames';
import type { Port } from './listeners';
import type { CompiledMatch } from './matches';
import type { GatewayListener } from './objects';
import { byRank, isOrderKnown } from './precedence';

/** Matches that one hostname of one route brings to a host of a listener. */
export interface Claim {
  readonly written: string;
  readonly matches: readonly CompiledMatch[];
}

/** The claims on the hosts of a listener, by host, the oldest route first. */
export type Claims = ReadonlyMap<string, readonly Claim[]>;

interface Candidate {
  readonly written: string;
  readonly match: CompiledMatch;
  /** What else cannot be decided. */
  doubts: readonly string[];
}

/** Makes virtual hosts of listeners. */
export class Hosts {
  private readonly noted = new Set<string>();

  /** @param isEnvoy whether hostnames are kept apart, as Envoy does */
  constructor(
    private readonly isEnvoy: boolean,
    private readonly findings: Findings,
  ) {}

  /**
   * The virtual hosts of a port in order of precedence. Each request belongs to the listener with the most specific
   * hostname; there, routes with the most specific hostname come first, and what none of them takes goes on to less
   * specific ones.
   */
  of(port: Port, claimsOf: (listener: GatewayListener) => Claims): readonly VirtualHost[] {
    const taken = new Set<string>();
    return port.listeners.flatMap((listener) => {
      const claims = claimsOf(listener);
      const ordered = new Map<string, readonly Candidate[]>();
      for (const [host, all] of claims) {
        ordered.set(host, this.ordered(all));
      }
      // Where no route has them, the hosts of the listener are its own all the same.
      const names = [...new Set([...claims.keys(), listener.hostname])].sort(bySpecificity);
      return names.flatMap((host): VirtualHost[] => {
        if (taken.has(host)) {
          return [];
        }
        taken.add(host);
        const routes = listener.protocol === 'TLS' ? [passedOn(listener)] : this.routesOf(host, ordered, port);
        const tls = port.scheme === 'https';
        return [{ name: hostNameOf(host), listener: listener.name, tls, routes }];
      });
    });
  }

  private routesOf(host: string, ordered: ReadonlyMap<string, readonly Candidate[]>, port: Port): readonly Route[] {
    const routes: Route[] = [];
    for (const name of this.isEnvoy ? [host] : [host, ...coveringNames(host)]) {
      for (const { match, written, doubts } of ordered.get(name) ?? []) {
        routes.push(match.routeFor(written, port, name === host ? doubts : [...doubts, fallenThrough(name)]));
        if (match.takesAll) {
          return routes;
        }
      }
    }
    return routes;
  }

  /** Matches in order of precedence. Those that an earlier one takes everything from are noted. */
  private ordered(claims: readonly Claim[]): readonly Candidate[] {
    const candidates = claims
      .flatMap(({ written, matches }) => matches.map((match): Candidate => ({ written, match, doubts: [] })))
      .sort((a, b) => bySpecificity(a.written, b.written) || byRank(a.match.rank, b.match.rank));
    const first = new Map<string, Candidate>();
    return candidates.filter((candidate) => {
      const { signature } = candidate.match;
      const before = first.get(signature);
      if (before === undefined) {
        first.set(signature, candidate);
        return true;
      }
      this.noteClaimed(candidate, before);
      return false;
    });
  }

  /** Says that two matches are the same, and, where the manifests do not say which is older, that this decides. */
  private noteClaimed({ match, written }: Candidate, before: Candidate): void {
    const { route, match: own } = match;
    const first = before.match.route;
    const isOpen = before.written === written && !isOrderKnown(first, route);
    if (isOpen) {
      const note = `HTTPRoute ${route.key} asks for the same as ${first.key}; the older one gets it, taken as made at one time`;
      before.doubts = [...new Set([...before.doubts, note])];
    }
    const who = first === route ? 'an earlier match' : `HTTPRoute ${first.key}, which asks for the same`;
    const message = `${own.pathType} ${own.path} belongs to ${who}${isOpen ? ', unless this one is made first' : ''}`;
    const key = `${route.key} ${own.at.join('.')} ${message}`;
    if (!this.noted.has(key)) {
      this.noted.add(key);
      this.findings.note(route.manifest, own.at, 'claimed-twice', message);
    }
  }
}

function fallenThrough(name: string): string {
  const whose = name === '' ? 'routes for every host' : name;
  return `no rule of the more specific hostname takes the request, so one of ${whose} does; implementations that keep hostnames apart, as Envoy does, answer 404`;
}

/** What a listener does that sees no requests, only connections. */
function passedOn({ name, tls }: GatewayListener): Route {
  const what = tls?.mode === 'Passthrough' ? 'passes TLS on without reading it' : 'passes on what is inside of TLS';
  return {
    path: { kind: 'elements', path: '/' },
    conditions: [],
    decisions: [
      { when: [], outcome: { kind: 'not-found' }, reason: `listener ${name} ${what}`, by: undefined, rule: undefined },
    ],
    rule: undefined,
    notes: [`listener ${name} ${what}: a TLSRoute or TCPRoute decides, which is not read`],
  };
}
