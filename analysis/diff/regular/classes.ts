import { after, beyondStart, holdsEmpty, onesOf } from './derivative';
import { NOTHING, type One, type Regular } from './expression';

/** Texts that are in the same of some sets. */
export interface TextClass {
  /** The shortest of them. */
  readonly text: string;
  /** The sets that hold them, by their place. */
  readonly within: readonly number[];
}

export interface TextClasses {
  /** The shortest examples first. */
  readonly classes: readonly TextClass[];
  /** Whether these are all of them; there may be too much to look at. */
  readonly isComplete: boolean;
}

/** So much work at most: sets looked at, over all states. */
const MOST_WORK = 3_000_000;

/** Characters in the order in which examples take them. */
const PREFERRED = [
  ...'xabcdefghijklmnopqrstuvwyz0123456789-/_.=; ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  ...Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)),
].map((character) => character.charCodeAt(0));

/** What is left of the sets once some characters are read; sets that hold no more texts are left out. */
interface State {
  readonly text: string;
  readonly domain: Regular;
  readonly live: readonly (readonly [place: number, rest: Regular])[];
}

/** The classes of texts of a domain that some sets tell apart. */
export function textClasses(domain: Regular, sets: readonly Regular[]): TextClasses {
  const alphabet = alphabetOf([domain, ...sets]);
  const classes = new Map<string, TextClass>();
  const start: State = {
    text: '',
    domain,
    live: sets.flatMap((set, place) => (set === NOTHING ? [] : [[place, set] as const])),
  };
  const seen = new Set([keyOf(start)]);
  const queue = [start];
  const rests = new Map<number, Regular>();
  // Many states share what is left of a set.
  const restOf = (set: Regular, code: number) => {
    // Most that is left begins with a character.
    if (set.kind === 'then' && set.first.kind === 'one') {
      return set.first.members[code] === 1 ? set.rest : NOTHING;
    }
    const key = set.id * 256 + code;
    let rest = rests.get(key);
    if (rest === undefined) {
      rest = after(set, code, false);
      rests.set(key, rest);
    }
    return rest;
  };
  let work = 0;
  // The queue grows while it is gone through.
  for (const state of queue) {
    const atStart = state === start;
    if (holdsEmpty(state.domain, atStart, true)) {
      const within = state.live.filter(([, rest]) => holdsEmpty(rest, atStart, true)).map(([place]) => place);
      const key = within.join(' ');
      if (!classes.has(key)) {
        classes.set(key, { text: state.text, within });
      }
    }
    const next = (set: Regular, code: number) => (atStart ? beyondStart(after(set, code, true)) : restOf(set, code));
    for (const code of alphabet) {
      const rest = atStart ? next(state.domain, code) : restOfDomain(state.domain, code);
      work += state.live.length + 1;
      if (work > MOST_WORK) {
        return { classes: [...classes.values()], isComplete: false };
      }
      if (rest === NOTHING) {
        continue;
      }
      const live: [number, Regular][] = [];
      for (const [place, set] of state.live) {
        const left = next(set, code);
        if (left !== NOTHING) {
          live.push([place, left]);
        }
      }
      const following: State = { text: state.text + String.fromCharCode(code), domain: rest, live };
      const key = keyOf(following);
      if (!seen.has(key)) {
        seen.add(key);
        queue.push(following);
      }
    }
  }
  return { classes: [...classes.values()], isComplete: true };
}

const DOMAINS = new WeakMap<Regular, (Regular | undefined)[]>();

/** What is left of a domain, of which there are few: many hosts have the same. */
function restOfDomain(domain: Regular, code: number): Regular {
  const rests = DOMAINS.get(domain) ?? [];
  DOMAINS.set(domain, rests);
  rests[code] ??= after(domain, code, false);
  return rests[code];
}

function keyOf({ text, domain, live }: State): string {
  // Before the first character, expressions mean more than behind it.
  return `${text === '' ? '^' : ''}${domain.id} ${live.map(([place, { id }]) => `${place}:${id}`).join(' ')}`;
}

/** One character for each set of characters that no expression tells apart. */
function alphabetOf(expressions: readonly Regular[]): readonly number[] {
  const sets = new Set<One>();
  const seen = new Set<Regular>();
  for (const expression of expressions) {
    onesOf(expression, sets, seen);
  }
  // Each set divides the parts that those before it have made.
  const part = new Uint16Array(256);
  let count = 1;
  for (const { members } of sets) {
    const divided = new Map<number, number>();
    for (let code = 0; code < 256; code++) {
      const key = (part[code] as number) * 2 + (members[code] as number);
      const number = divided.get(key) ?? divided.size;
      divided.set(key, number);
      part[code] = number;
    }
    count = divided.size;
  }
  const found = new Map<number, number>();
  for (const code of PREFERRED) {
    const own = part[code] as number;
    if (!found.has(own)) {
      found.set(own, code);
    }
    if (found.size === count) {
      break;
    }
  }
  return [...found.values()];
}
