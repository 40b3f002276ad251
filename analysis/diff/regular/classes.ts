import { after, beyondStart, bytesOf, holdsEmpty } from './derivative';
import { type Bytes, NOTHING, type Regular } from './expression';

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
  const start: State = { text: '', domain, live: liveOf([...sets.entries()]) };
  const seen = new Set([keyOf(start)]);
  const queue = [start];
  const rests = new Map<number, Regular>();
  // Many states share what is left of a set.
  const restOf = (set: Regular, code: number) => {
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
      const rest = next(state.domain, code);
      work += state.live.length + 1;
      if (work > MOST_WORK) {
        return { classes: [...classes.values()], isComplete: false };
      }
      if (rest === NOTHING) {
        continue;
      }
      const live = liveOf(state.live.map(([place, set]) => [place, next(set, code)]));
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

function liveOf(sets: readonly (readonly [number, Regular])[]): State['live'] {
  return sets.filter(([, set]) => set !== NOTHING);
}

function keyOf({ text, domain, live }: State): string {
  // Before the first character, expressions mean more than behind it.
  return `${text === '' ? '^' : ''}${domain.id} ${live.map(([place, { id }]) => `${place}:${id}`).join(' ')}`;
}

/** One character for each set of characters that no expression tells apart. */
function alphabetOf(expressions: readonly Regular[]): readonly number[] {
  const sets = new Set<Bytes>();
  const seen = new Set<Regular>();
  for (const expression of expressions) {
    bytesOf(expression, sets, seen);
  }
  const all = [...sets];
  const found = new Map<string, number>();
  for (const code of PREFERRED) {
    const signature = all.map((set) => ((set >> BigInt(code)) & 1n).toString()).join('');
    if (!found.has(signature)) {
      found.set(signature, code);
    }
  }
  return [...found.values()];
}
