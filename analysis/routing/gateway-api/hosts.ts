import type { Path } from '../../manifest';
import type { Contest, Route, VirtualHost } from '../model';
import type { Findings } from '../problems';
import { type Contender, contestsOf, unsettled } from './contests';
import { bySpecificity, coveringNames, hostNameOf } from './hostnames';
import { type Port, titleOf } from './listeners';
import type { CompiledMatch } from './matches';
import type { GatewayListener, HttpRoute } from './objects';
import { grpcRank, type Order } from './orders';
import { Partials } from './partial';
import { byRank } from './precedence';

/** Matches that one hostname of one route brings to a host of a listener. */
export interface Claim {
  readonly written: string;
  /** How long the longest host is that the route has at the listener. */
  readonly longest: number;
  readonly matches: readonly CompiledMatch[];
}

/** The claims on the hosts of a listener, by host, the oldest route first. */
export type Claims = ReadonlyMap<string, readonly Claim[]>;

interface Candidate extends Contender {
  /** What else cannot be decided. */
  doubts: readonly string[];
}

/** Matches in order of precedence, and what contests them. */
interface Ordered {
  readonly candidates: readonly Candidate[];
  readonly contests: ReadonlyMap<Contender, readonly Contest[]>;
  /** What becomes of requests that none of them takes for sure. */
  readonly rest: readonly Route[];
}

/** The routes of one name of a host. */
interface Listed {
  readonly routes: readonly Route[];
  /** What becomes of requests that none of these takes for sure; nothing where one takes all. */
  readonly rest: readonly Route[];
  readonly takesAll: boolean;
}

/** Makes virtual hosts of listeners. */
export class Hosts {
  private readonly noted = new Set<string>();

  constructor(
    private readonly order: Order,
    private readonly findings: Findings,
  ) {}

  /**
   * The virtual hosts of a port in order of precedence. Each request belongs to the listener with the most specific
   * hostname; there, routes with the most specific hostname come first, and what none of them takes goes on to less
   * specific ones, or what else the order of the implementation says.
   */
  of(port: Port, claimsOf: (listener: GatewayListener) => Claims): readonly VirtualHost[] {
    const taken = new Set<string>();
    return port.listeners.flatMap((listener) => {
      const claims = claimsOf(listener);
      // Where no route has them, the hosts of the listener are its own all the same.
      const names = [...new Set([...claims.keys(), listener.hostname])].sort(bySpecificity);
      const ordered = new Map(names.map((host) => [host, this.ordered(this.claimsAt(host, claims))]));
      const fallen = new Map<string, Listed>();
      return names.flatMap((host): VirtualHost[] => {
        if (taken.has(host)) {
          return [];
        }
        taken.add(host);
        const routes = listener.protocol === 'TLS' ? [passedOn(listener)] : this.routesOf(host, ordered, port, fallen);
        const tls = port.scheme === 'https';
        return [{ name: hostNameOf(host), listener: titleOf(listener), tls, routes }];
      });
    });
  }

  /** What is one list for a host: its own claims, and in a flat order those of all hostnames that cover it. */
  private claimsAt(host: string, claims: Claims): readonly Claim[] {
    const names = this.order.hosts === 'flat' ? [host, ...coveringNames(host)] : [host];
    return names.flatMap((name) => claims.get(name) ?? []);
  }

  /** @param fallen what hosts give that are tried after more specific ones, by name; made once */
  private routesOf(
    host: string,
    ordered: ReadonlyMap<string, Ordered>,
    port: Port,
    fallen: Map<string, Listed>,
  ): readonly Route[] {
    const own = this.listed(ordered.get(host), port, undefined);
    if (own.takesAll || this.order.hosts !== 'each') {
      return own.routes.concat(own.rest);
    }
    const routes = [...own.routes];
    const rest = [...own.rest];
    for (const name of coveringNames(host)) {
      const listed = fallen.get(name) ?? this.listed(ordered.get(name), port, name);
      fallen.set(name, listed);
      routes.push(...listed.routes);
      if (listed.takesAll) {
        return routes;
      }
      rest.push(...listed.rest);
    }
    return rest.length === 0 ? routes : [...routes, ...rest];
  }

  /** The routes of one name, up to the one that takes everything; with a note where a more specific name comes first. */
  private listed(ordered: Ordered | undefined, port: Port, fallen: string | undefined): Listed {
    if (ordered === undefined || ordered.candidates.length === 0) {
      return NOTHING;
    }
    const { candidates, contests, rest } = ordered;
    const through = fallen === undefined ? undefined : fallenThrough(fallen);
    const routes: Route[] = [];
    const last = candidates.findIndex((candidate) => {
      const { match, written, doubts } = candidate;
      const all = through === undefined ? doubts : [...doubts, through];
      routes.push(...match.routesFor(written, port, all, contests.get(candidate)));
      return match.takesAll;
    });
    if (last >= 0) {
      this.noteBehind(candidates.slice(last + 1), (candidates[last] as Candidate).match);
    }
    return last < 0 ? { routes, rest, takesAll: false } : { routes, rest: [], takesAll: true };
  }

  /** Says of regular expressions that they take nothing, since they come behind every path. */
  private noteBehind(candidates: readonly Candidate[], first: CompiledMatch): void {
    for (const {
      match: { route, match },
    } of candidates) {
      if (match.pathType === 'RegularExpression') {
        const what = `${match.pathType} ${match.path} takes no request: ${this.order.name} puts it behind PathPrefix / of ${first.route.manifest.kind} ${first.route.key}`;
        this.noteOnce(route, match.at, 'no-effect', what);
      }
    }
  }

  /** Matches in order of precedence. Those that an earlier one takes everything from are noted. */
  private ordered(claims: readonly Claim[]): Ordered {
    const { hosts, isByName } = this.order;
    const byHost = hosts === 'merged' || hosts === 'flat' ? () => 0 : bySpecificity;
    const byName = (one: string, other: string) => (isByName && one !== other ? (one < other ? -1 : 1) : 0);
    const kinds = new Set(claims.flatMap(({ matches }) => matches.map(({ route }) => route.manifest.kind)));
    const rankOf = kinds.has('GRPCRoute') ? grpcRank(this.order, kinds.size === 1) : this.order.rankOf;
    const doubts = kinds.size > 1 ? [MIXED] : [];
    const sorted = claims
      .flatMap(({ written, longest, matches }) =>
        matches.map((match): Candidate => {
          return { written, match, rank: rankOf(match.match, longest), doubts };
        }),
      )
      .sort((a, b) => byHost(a.written, b.written) || byRank(a.rank, b.rank) || byName(a.match.name, b.match.name));
    const first = new Map<string, Candidate>();
    const candidates = sorted.filter((candidate) => {
      const { signature } = candidate.match;
      const before = first.get(signature);
      if (before === undefined) {
        first.set(signature, candidate);
        return true;
      }
      this.noteClaimed(candidate, before);
      return false;
    });
    return { candidates, ...partiallyContested(candidates, contestsOf(candidates, this.order)) };
  }

  /** Says that two matches are the same, and, where it is open which of them comes first, that this decides. */
  private noteClaimed(candidate: Candidate, before: Candidate): void {
    const { route, match: own } = candidate.match;
    const first = before.match.route;
    const open = unsettled(before, candidate, this.order);
    if (open !== undefined && !candidate.match.leadsAs(before.match)) {
      before.doubts = [...new Set([...before.doubts, open])];
    }
    const who = first === route ? 'an earlier match' : `${first.manifest.kind} ${first.key}, which asks for the same`;
    const isOpen = open !== undefined;
    const message = `${own.pathType} ${own.path} belongs to ${who}${isOpen ? ', unless this one is made first' : ''}`;
    this.noteOnce(route, own.at, 'claimed-twice', message);
  }

  private noteOnce({ manifest, key }: HttpRoute, at: Path, code: 'claimed-twice' | 'no-effect', message: string): void {
    const id = `${manifest.kind} ${key} ${at.join('.')} ${message}`;
    if (!this.noted.has(id)) {
      this.noted.add(id);
      this.findings.note(manifest, at, code, message);
    }
  }
}

/** Adds what contests matches where an implementation finds regular expressions in a part of a text. */
function partiallyContested(
  candidates: readonly Candidate[],
  contests: ReadonlyMap<Contender, readonly Contest[]>,
): Pick<Ordered, 'contests' | 'rest'> {
  if (!candidates.some(({ match }) => match.partial !== undefined)) {
    return { contests, rest: [] };
  }
  const partials = new Partials();
  const all = new Map(contests);
  for (const candidate of candidates) {
    const more = partials.contesting(candidate);
    if (more.length > 0) {
      all.set(candidate, [...(contests.get(candidate) ?? []), ...more]);
    }
    partials.add(candidate);
  }
  return { contests: all, rest: partials.rest() };
}

const MIXED =
  'it cannot be said whether the Gateway takes the request: HTTPRoutes and GRPCRoutes share a hostname here, of which the specification lets it reject one kind';

const NOTHING: Listed = { routes: [], rest: [], takesAll: false };

const FALLEN_THROUGH =
  'it cannot be said whether a wider hostname gets the request: no rule of the more specific one takes it';

function fallenThrough(name: string): string {
  const whose = name === '' ? 'routes for every host' : `routes of ${name}`;
  return `${FALLEN_THROUGH}, so ${whose} come next; implementations that keep hostnames apart, as Envoy does, answer 404`;
}

/** Whether a note says that a wider host gets a request, which implementations may answer 404 instead. */
export function tellsOfWiderHost(note: string): boolean {
  return note.startsWith(FALLEN_THROUGH);
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
    notes: [
      `listener ${name} ${what}: a TLSRoute or TCPRoute decides where connections go, as the table of routes says`,
    ],
  };
}
