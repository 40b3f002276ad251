import { listIn } from '../../manifest/lists';
import { literalOf } from '../literal';
import type { Condition, Contest, PathMatch } from '../model';
import type { CompiledMatch } from './matches';
import type { HttpMatch } from './objects';
import { type Order, SPECIFIED } from './orders';
import type { Partial } from './partial';
import { byRank, isOrderKnown, type Rank } from './precedence';

/** A match of a route at a host, as one of several that may take a request. */
export interface Contender {
  /** The hostname of the route that is in question; empty for none. */
  readonly written: string;
  readonly match: CompiledMatch;
  readonly rank: Rank;
}

/**
 * Finds the matches of a host that requests may take instead of an earlier one, since it is not settled which comes first.
 *
 * @param ordered in the order in which they are taken
 */
export function contestsOf(ordered: readonly Contender[], order: Order): ReadonlyMap<Contender, readonly Contest[]> {
  const found = new Map<Contender, Contest[]>();
  if (ordered.length < 2) {
    return found;
  }
  eachPair(ordered, order, (first, second) => {
    if (first.match.leadsAs(second.match)) {
      return;
    }
    const note = unsettled(first, second, order) ?? decidedBy(first, second, order);
    if (note !== undefined && mayMeet(first, second)) {
      listIn(found, first).push({ ...reachOf(second), note });
    }
  });
  return found;
}

/** Visits the pairs that may be unsettled: all of them only where hostnames or regular expressions are in question. */
function eachPair(
  ordered: readonly Contender[],
  order: Order,
  visit: (first: Contender, second: Contender) => void,
): void {
  const isMixed =
    order.hosts !== 'merged' &&
    ordered.some(({ written }) => written === '') &&
    ordered.some(({ written }) => written !== '');
  if (!isMixed && !ordered.some(isExpression) && new Set(ordered.map(placeOf)).size === ordered.length) {
    return;
  }
  const byPlace = new Map<string, Contender[]>();
  ordered.forEach((one, index) => {
    if (isMixed || isExpression(one)) {
      ordered.forEach((other, place) => {
        if (place > index) {
          visit(one, other);
        } else if (place < index && !isMixed && !isExpression(other)) {
          visit(other, one);
        }
      });
    } else {
      listIn(byPlace, placeOf(one)).push(one);
    }
  });
  for (const group of byPlace.values()) {
    group.forEach((one, index) => {
      for (const other of group.slice(index + 1)) {
        visit(one, other);
      }
    });
  }
}

function isExpression({ match: { match } }: Contender): boolean {
  return match.pathType === 'RegularExpression';
}

/** The type and the path of a match, without a slash at its end. */
function placeOf({ match: { match } }: Contender): string {
  return `${match.pathType} ${match.path.replace(/(.)\/$/, '$1')}`;
}

/** Why it is open which of two matches comes first that take the same request; `undefined` where it is settled. */
export function unsettled(first: Contender, second: Contender, order: Order): string | undefined {
  const [one, other] = [first.match, second.match];
  const either = `${textOf(second)} takes the request before ${textOf(first)}`;
  const isHostless = (first.written === '') !== (second.written === '');
  if (isHostless && order.hosts !== 'merged' && order.hosts !== 'flat' && byRank(first.rank, second.rank) >= 0) {
    return `it cannot be said whether ${either}: one has no hostname, the other the listener's, which is implementation-specific`;
  }
  const isOrdered = first.written !== second.written && order.hosts !== 'merged';
  if (isOrdered) {
    return undefined;
  }
  if (!order.knowsExpressions && (isExpression(first) || isExpression(second))) {
    if (one.match.pathType !== 'Exact') {
      const why =
        order.name === undefined
          ? 'the specification does not order regular expressions'
          : `releases of ${order.name} differ`;
      return `it cannot be said whether ${either}: ${why}, so it is implementation-specific`;
    }
  }
  if (byRank(first.rank, second.rank) !== 0) {
    return undefined;
  }
  if (order.isByName) {
    return isFirstBySpecification(one, other)
      ? undefined
      : `it cannot be said whether ${either}: ${order.name} takes the first by name, the specification another one`;
  }
  if (order.hosts === 'flat') {
    return `it cannot be said whether ${either}: both have the same priority in ${order.name}, which is implementation-specific`;
  }
  return isOrderKnown(one.route, other.route)
    ? undefined
    : `it cannot be said whether ${either}: both ask for as much, and the older route gets it; taken as made at one time`;
}

/**
 * That an implementation decides which of two matches comes first that take the same request, where the specification leaves
 * it open or puts the other one first; `undefined` where it says the same.
 */
function decidedBy(first: Contender, second: Contender, { name }: Order): string | undefined {
  if (name === undefined || first.written !== second.written) {
    return undefined;
  }
  const [one, other] = [first, second].map(({ match }) => match.match) as [HttpMatch, HttpMatch];
  const isOpen = [one, other].some(({ pathType }) => pathType === 'RegularExpression') && one.pathType !== 'Exact';
  const isReversed = !isOpen && byRank(SPECIFIED.rankOf(one, 0), SPECIFIED.rankOf(other, 0)) > 0;
  const why = isOpen
    ? 'which the specification does not order'
    : isReversed
      ? 'which the specification puts the other way round'
      : undefined;
  return why && `${name} takes the request by ${textOf(first)} before ${textOf(second)}, ${why}`;
}

/** Whether the specification puts one match before another that asks for as much; where it is open, by name. */
function isFirstBySpecification(one: CompiledMatch, other: CompiledMatch): boolean {
  if (one.route === other.route) {
    return one.place < other.place;
  }
  const [a, b] = [one, other].map(({ route }) => route.created ?? Number.POSITIVE_INFINITY) as [number, number];
  return a === b ? a !== Number.POSITIVE_INFINITY || one.route.key < other.route.key : a < b;
}

function textOf({ match: { route, match } }: Contender): string {
  return `${match.pathType} ${match.path} of ${route.manifest.kind} ${route.key}`;
}

/** All that a match may take, also where its regular expressions are found in a part of a text. */
function reachOf({ match }: Contender): Partial {
  return match.partial ?? { path: match.match.match, conditions: match.match.conditions };
}

/** Whether some request may take both matches; no only where it is sure. */
function mayMeet(one: Contender, other: Contender): boolean {
  const [a, b] = [one, other].map(reachOf) as [Partial, Partial];
  return (
    beginningsMeet(beginningOf(a.path), beginningOf(b.path)) &&
    !a.conditions.some((mine) => b.conditions.some((theirs) => areDisjoint(mine, theirs)))
  );
}

interface Beginning {
  readonly text: string;
  /** Whether paths end there. */
  readonly isWhole: boolean;
}

function beginningOf(path: PathMatch): Beginning {
  if (path.kind === 'pattern') {
    // What does not depend on case cannot be compared letter by letter, nor what may be found anywhere.
    const isBegun = !path.pattern.ignoreCase && path.pattern.source.startsWith('^');
    return { text: isBegun ? literalOf(path.pattern) : '', isWhole: false };
  }
  return { text: path.path.replace(/\/$/, ''), isWhole: path.kind === 'exact' };
}

function beginningsMeet(one: Beginning, other: Beginning): boolean {
  if (one.isWhole && other.isWhole) {
    return one.text === other.text;
  }
  return (
    (!one.isWhole && other.text.startsWith(one.text)) ||
    (!other.isWhole && one.text.startsWith(other.text)) ||
    // A whole path without its last slash may be shorter than the text with which a pattern begins.
    `${one.text}/` === other.text ||
    `${other.text}/` === one.text
  );
}

function areDisjoint(one: Condition, other: Condition): boolean {
  if (one.kind === 'method' && other.kind === 'method') {
    return one.method !== other.method;
  }
  return (
    'value' in one &&
    'value' in other &&
    one.kind === other.kind &&
    one.name === other.name &&
    one.value.is === 'equal' &&
    other.value.is === 'equal' &&
    one.value.text !== other.value.text
  );
}
