import { ALL, and, EMPTY, NOTHING, not, type One, or, type Regular, repeated, then } from './expression';

/**
 * Whether a set holds the text without characters.
 *
 * @param atStart whether nothing stands before
 * @param atEnd whether nothing follows
 */
export function holdsEmpty(of: Regular, atStart: boolean, atEnd: boolean): boolean {
  switch (of.kind) {
    case 'nothing':
    case 'one':
      return false;
    case 'empty':
    case 'repeated':
      return true;
    case 'start':
      return atStart;
    case 'end':
      return atEnd;
    case 'then':
      return holdsEmpty(of.first, atStart, atEnd) && holdsEmpty(of.rest, atStart, atEnd);
    case 'or':
      return of.all.some((part) => holdsEmpty(part, atStart, atEnd));
    case 'and':
      return of.all.every((part) => holdsEmpty(part, atStart, atEnd));
    case 'not':
      return !holdsEmpty(of.of, atStart, atEnd);
  }
}

/**
 * What may follow a character (Brzozowski's derivative). Behind the first one, see `beyondStart`.
 *
 * @param atStart whether the character is the first of the text
 * @see https://doi.org/10.1145/321239.321249
 */
export function after(of: Regular, code: number, atStart: boolean): Regular {
  switch (of.kind) {
    case 'nothing':
    case 'empty':
    case 'start':
    case 'end':
      return NOTHING;
    case 'one':
      return of.members[code] === 1 ? EMPTY : NOTHING;
    case 'then': {
      const beyond = then(after(of.first, code, atStart), of.rest);
      return holdsEmpty(of.first, atStart, false) ? or(beyond, after(of.rest, code, atStart)) : beyond;
    }
    case 'or':
      return or(...of.all.map((part) => after(part, code, atStart)));
    case 'and':
      return and(...of.all.map((part) => after(part, code, atStart)));
    case 'not':
      return of === ALL ? ALL : not(after(of.of, code, atStart));
    case 'repeated':
      return then(after(of.of, code, atStart), repeated(of.of));
  }
}

/** What a set holds once something stands before: nothing can be at the start any more. */
export function beyondStart(of: Regular): Regular {
  switch (of.kind) {
    case 'start':
      return NOTHING;
    case 'then':
      return then(beyondStart(of.first), beyondStart(of.rest));
    case 'or':
      return or(...of.all.map(beyondStart));
    case 'and':
      return and(...of.all.map(beyondStart));
    case 'not':
      return of === ALL ? ALL : not(beyondStart(of.of));
    case 'repeated':
      return repeated(beyondStart(of.of));
    default:
      return of;
  }
}

/** Collects the sets of characters that an expression tells apart. */
export function onesOf(of: Regular, into: Set<One>, seen = new Set<Regular>()): void {
  if (seen.has(of)) {
    return;
  }
  seen.add(of);
  switch (of.kind) {
    case 'one':
      into.add(of);
      break;
    case 'then':
      onesOf(of.first, into, seen);
      onesOf(of.rest, into, seen);
      break;
    case 'or':
    case 'and':
      for (const part of of.all) {
        onesOf(part, into, seen);
      }
      break;
    case 'not':
    case 'repeated':
      onesOf(of.of, into, seen);
  }
}
