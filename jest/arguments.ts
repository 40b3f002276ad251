import { isConstruct } from './constructs';
import { Unanswerable } from './failure';

/**
 * An argument as a person would write it; constructs by their path.
 *
 * @param deepest how many mappings or lists may stand in each other before `…` stands for them
 */
export function shownArgument(value: unknown, deepest = 3): string {
  if (typeof value === 'string') {
    return JSON.stringify(value);
  }
  if (typeof value !== 'object' || value === null) {
    return String(value);
  }
  if (isConstruct(value)) {
    return value.node.path || 'App';
  }
  if (deepest === 0) {
    return '…';
  }
  if (Array.isArray(value)) {
    return `[${value.map((item) => shownArgument(item, deepest - 1)).join(', ')}]`;
  }
  const members = Object.entries(value).map(([key, member]) => {
    const name = /^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key);
    return `${name}: ${shownArgument(member, deepest - 1)}`;
  });
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

/** Refuses what is no object, and members that nobody reads: a typing mistake would pass for a question. */
export function checkMembers(what: string, value: unknown, known: readonly string[], example: string): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Unanswerable(`${what} is ${shownArgument(value)}; give one such as ${example}`);
  }
  const unknown = Object.keys(value).filter((key) => !known.includes(key));
  if (unknown.length > 0) {
    throw new Unanswerable(`${what} has ${unknown.join(' and ')}; it may have ${known.join(', ')}`);
  }
}

/** One or several, as a list. */
export function listOf<Item>(given: Item | readonly Item[]): readonly Item[] {
  return Array.isArray(given) ? given : [given as Item];
}
