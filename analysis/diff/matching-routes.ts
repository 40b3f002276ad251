import { listIn } from '../manifest/lists';
import type { Contest, Route } from '../routing';
import { pathMatches } from '../routing/conditions';

/** Finds the routes that match a path, by look-ups; only regular expressions are tried one by one. */
export class MatchingRoutes {
  private readonly exact = new Map<string, number[]>();
  private readonly prefixes = new Map<string, number[]>();
  private readonly elements = new Map<string, number[]>();
  private readonly patterns: number[] = [];
  private readonly lengths: readonly number[];
  /** Routes that are contested, by what contests them. */
  private readonly split = new Map<Route, Map<string, readonly Route[]>>();

  constructor(private readonly routes: readonly Route[]) {
    const lengths = new Set<number>();
    for (const [place, { path }] of routes.entries()) {
      if (path.kind === 'pattern') {
        this.patterns.push(place);
      } else if (path.kind === 'exact') {
        listIn(this.exact, path.path).push(place);
      } else if (path.kind === 'prefix') {
        listIn(this.prefixes, path.path).push(place);
        lengths.add(path.path.length);
      } else {
        listIn(this.elements, path.path.replace(/\/$/, '')).push(place);
      }
    }
    this.lengths = [...lengths];
  }

  /** The routes in their order, up to the first that takes every request of the path. */
  of(path: string): readonly Route[] {
    const places = [...(this.exact.get(path) ?? [])];
    for (const length of this.lengths) {
      if (length <= path.length) {
        places.push(...(this.prefixes.get(path.slice(0, length)) ?? []));
      }
    }
    if (this.elements.size > 0) {
      for (let end = path.length; end >= 0; end = end === 0 ? -1 : path.lastIndexOf('/', end - 1)) {
        places.push(...(this.elements.get(path.slice(0, end)) ?? []));
      }
    }
    for (const place of this.patterns) {
      if (pathMatches((this.routes[place] as Route).path, path) === true) {
        places.push(place);
      }
    }
    const found = places.sort((a, b) => a - b).map((place) => this.routes[place] as Route);
    const last = found.findIndex(({ conditions }) => conditions.length === 0);
    return (last < 0 ? found : found.slice(0, last + 1)).flatMap((route) => this.contested(route, path));
  }

  /** A route, and before it what of its requests another one may take: the same, with a note. */
  private contested(route: Route, path: string): readonly Route[] {
    const here = (route.contests ?? []).filter((one) => pathMatches(one.path, path) !== false);
    if (here.length === 0) {
      return [route];
    }
    const key = here.map((one) => JSON.stringify(one)).join('\n');
    const known = this.split.get(route)?.get(key) ?? splitBy(route, here);
    this.split.set(route, (this.split.get(route) ?? new Map()).set(key, known));
    return known;
  }
}

function splitBy({ contests: _, ...route }: Route, contests: readonly Contest[]): readonly Route[] {
  const always = contests.filter(({ conditions }) => conditions.length === 0).map(({ note }) => note);
  const own = { ...route, notes: [...route.notes, ...new Set(always)] };
  const others = contests.filter(({ conditions }) => conditions.length > 0);
  return [
    ...others.map(({ conditions, note }) => ({
      ...own,
      conditions: [...own.conditions, ...conditions],
      notes: [...own.notes, note],
    })),
    own,
  ];
}
