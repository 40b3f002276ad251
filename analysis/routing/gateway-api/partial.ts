import type { Condition, Contest, Decision, PathMatch, Route } from '../model';
import { type Pattern, patternOf } from '../pattern';
import type { Contender } from './contests';
import type { CompiledMatch } from './matches';

/**
 * What a match takes where an implementation finds regular expressions in a part of a text, as nginx does; Envoy asks for the whole of it.
 * `undefined` for one that takes the same requests either way.
 */
export interface Partial {
  readonly path: PathMatch;
  readonly conditions: readonly Condition[];
}

/** The same match, with its regular expressions found anywhere. */
export function partialOf(path: PathMatch, conditions: readonly Condition[]): Partial | undefined {
  let isOther = false;
  const anywhere = (pattern: Pattern): Pattern => {
    const [, inner] = /^\^\(\?:(.*)\)\$$/s.exec(pattern.source) ?? [];
    isOther ||= inner !== undefined;
    return inner === undefined ? pattern : patternOf(inner, pattern.ignoreCase);
  };
  const found = {
    path: path.kind === 'pattern' ? { ...path, pattern: anywhere(path.pattern) } : path,
    conditions: conditions.map((condition) =>
      'value' in condition && condition.value.is === 'like'
        ? { ...condition, value: { ...condition.value, pattern: anywhere(condition.value.pattern) } }
        : condition,
    ),
  };
  return isOther ? found : undefined;
}

interface Doubt {
  readonly contest: Contest;
  readonly match: CompiledMatch;
}

/** Of more expressions at one host, it is not looked which of them lead to the same place. */
const MANY = 64;

/**
 * Matches that may take requests which later ones get, or nobody, where an implementation finds their regular expressions in a part of a
 * text.
 */
export class Partials {
  private readonly doubts: Doubt[] = [];

  /** What contests a match, besides those after which it comes. */
  contesting({ match }: Contender): readonly Contest[] {
    if (this.doubts.length === 0) {
      return [];
    }
    const isMany = this.doubts.length > MANY;
    return this.doubts.filter((doubt) => isMany || !doubt.match.leadsAs(match)).map(({ contest }) => contest);
  }

  /** Takes a match down, for those that come after it. */
  add({ match }: Contender): void {
    const { partial } = match;
    if (partial !== undefined) {
      this.doubts.push({ contest: { ...partial, note: noteOf(match) }, match });
    }
  }

  /** What becomes of requests that nobody takes else. */
  rest(): readonly Route[] {
    return this.doubts.map(({ contest: { path, conditions, note } }) => ({
      path,
      conditions,
      decisions: NOBODY,
      rule: undefined,
      notes: [note],
    }));
  }
}

const NOBODY: readonly Decision[] = [
  { when: [], outcome: { kind: 'not-found' }, reason: 'no rule takes the request', by: undefined, rule: undefined },
];

function noteOf({ route, match: { path, pathType, expressions } }: CompiledMatch): string {
  const what = `${pathType} ${path} of ${route.manifest.kind} ${route.key}`;
  return `it cannot be said whether ${what} takes the request: ${expressions.join(', ')} is found in a part of it, and implementations that ask for the whole, as Envoy does, do not count that`;
}
