import type { ChangedObject, Peer } from '../../analysis';
import { peerLabel } from '../peers';
import { printable } from '../printable';
import { placeOf } from '../problems';
import type { Link } from './answer';

/** So many peers are named in a cell. */
const MOST_PEERS = 4;
/** So many reasons. */
const MOST_REASONS = 3;

/** A text as code: Markdown finds nothing to do in it, and nobody is mentioned by it. */
export function code(text: string): string {
  const line = printable(text);
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const pad = /^[`\s]|[`\s]$/.test(line) || line === '' ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** Words of which some are names: whatever Markdown would read as its own is taken from them. */
export function words(text: string): string {
  return printable(text)
    .replace(/[\\`*_{}[\]<>#|~&!]/g, '\\$&')
    .replace(/@(?=\w)/g, '@\u200b');
}

/** Peers by name, and how many more there are. */
export function peers(all: readonly Peer[]): string {
  const named = all.slice(0, all.length > MOST_PEERS + 1 ? MOST_PEERS : MOST_PEERS + 1);
  const more = all.length - named.length;
  return `${named.map((peer) => code(peerLabel(peer))).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** A place as a link where there is one. */
export function place(link: Link | undefined, file: string, line: number, text?: string): string {
  const { text: shown, url } = link?.(file, line) ?? { text: placeOf(file, line), url: undefined };
  if (shown === '') {
    return text === undefined ? '' : code(text);
  }
  if (url === undefined) {
    return text === undefined ? code(shown) : `${code(text)} (${code(shown)})`;
  }
  return `[${code(text ?? shown)}](${url})`;
}

/** The objects that a change comes from, each with its place. */
export function reasons(because: readonly ChangedObject[], link: Link | undefined): string {
  const named = because.slice(0, because.length > MOST_REASONS + 1 ? MOST_REASONS : because.length);
  const more = because.length - named.length;
  const texts = named.map(({ object, change, file, line }) => {
    const what = change === 'changed' ? 'changed' : `is ${change}`;
    return `${place(link, file, line, object)} ${what}`;
  });
  return `${texts.join('; ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** A row of a table: a pipe would end its cell, within code too. */
export function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replace(/(?<!\\)\|/g, '\\|').replace(/[\r\n]+/g, ' ')).join(' | ')} |\n`;
}

/** The head of a table. */
export function head(names: readonly string[]): string {
  return `${row(names)}|${' --- |'.repeat(names.length)}\n`;
}
