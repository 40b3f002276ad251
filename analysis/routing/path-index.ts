import { listIn } from '../manifest/lists';
import { allHold, pathMatches } from './conditions';
import { literalOf } from './literal';
import type { Route } from './model';
import type { Pattern } from './pattern';
import type { ParsedRequest } from './request';

interface Place {
  readonly route: Route;
  /** Its place in the order of precedence. */
  readonly place: number;
}

/** A route that might come before the one that was found, and the regular expression that would have to tell. */
export interface OpenRoute {
  readonly route: Route;
  readonly pattern: Pattern;
}

export interface RouteMatch {
  readonly route: Route | undefined;
  readonly open: readonly OpenRoute[];
}

/**
 * Finds the route of a request by look-ups. Regular expressions are found by the text that they begin with, and those that
 * begin with the same are tried one by one.
 */
export class PathIndex {
  private readonly exact = new Map<string, Place[]>();
  private readonly prefixes = new Map<string, Place[]>();
  private readonly elements = new Map<string, Place[]>();
  /** By the text that they begin with. */
  private readonly patterns = new Map<string, Place[]>();
  /** The same for those that take it in any case: in lower case. */
  private readonly caseless = new Map<string, Place[]>();
  /** The lengths of prefixes, each once. */
  private readonly lengths: readonly number[];
  /** The lengths of texts that regular expressions begin with. */
  private readonly literals: readonly number[];

  constructor(routes: readonly Route[]) {
    const lengths = new Set<number>();
    const literals = new Set<number>();
    for (const [place, route] of routes.entries()) {
      const { path } = route;
      if (path.kind === 'pattern') {
        const literal = literalOf(path.pattern);
        listIn(path.pattern.ignoreCase ? this.caseless : this.patterns, literal).push({ route, place });
        literals.add(literal.length);
      } else if (path.kind === 'exact') {
        listIn(this.exact, path.path).push({ route, place });
      } else if (path.kind === 'prefix') {
        listIn(this.prefixes, path.path).push({ route, place });
        lengths.add(path.path.length);
      } else {
        listIn(this.elements, path.path.replace(/\/$/, '')).push({ route, place });
      }
    }
    this.lengths = [...lengths].sort((a, b) => b - a);
    this.literals = [...literals].sort((a, b) => b - a);
  }

  /** The first route that matches. */
  find(path: string, request: ParsedRequest): RouteMatch {
    const search = new Search(path, request);
    search.through(this.exact.get(path));
    for (const length of this.prefixes.size === 0 ? [] : this.lengths) {
      if (length <= path.length) {
        search.through(this.prefixes.get(path.slice(0, length)));
      }
    }
    if (this.elements.size > 0) {
      for (let end = path.length; end >= 0; end = end === 0 ? -1 : path.lastIndexOf('/', end - 1)) {
        search.through(this.elements.get(path.slice(0, end)));
      }
    }
    const lower = this.caseless.size === 0 ? '' : path.toLowerCase();
    for (const length of this.literals) {
      if (length <= path.length) {
        search.through(this.patterns.get(path.slice(0, length)));
        search.through(this.caseless.get(lower.slice(0, length)));
      }
    }
    return search.result();
  }
}

const NOTHING: readonly OpenRoute[] = [];

class Search {
  private best: Place | undefined;
  private open: (Place & OpenRoute)[] | undefined;

  constructor(
    private readonly path: string,
    private readonly request: ParsedRequest,
  ) {}

  /** Tries routes in their order, up to the first that matches. */
  through(places: readonly Place[] | undefined): void {
    if (places === undefined) {
      return;
    }
    for (const entry of places) {
      if (this.best !== undefined && this.best.place < entry.place) {
        return;
      }
      const { path, conditions } = entry.route;
      const here = pathMatches(path, this.path);
      const verdict = here === false ? false : allHold(conditions, this.request);
      if (verdict === true && here === true) {
        this.best = entry;
        return;
      }
      if (verdict !== false && here !== false) {
        this.open ??= [];
        this.open.push({ ...entry, pattern: here === true ? (verdict as Pattern) : here });
      }
    }
  }

  result(): RouteMatch {
    const before = this.best?.place ?? Number.POSITIVE_INFINITY;
    return {
      route: this.best?.route,
      open: this.open?.filter(({ place }) => place < before).sort((a, b) => a.place - b.place) ?? NOTHING,
    };
  }
}
