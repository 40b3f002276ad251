import { undecidedWhy } from '../diff/because';
import { requestText } from '../diff/text';
import type { PullRequestAnswer } from './answer';
import { type Block, folded } from './blocks';
import { code, place, reasons, words } from './inline';
import { openCount } from './verdict';

/** What the answer leaves open, and what it takes as given. */
export function openBlocks(answer: PullRequestAnswer): readonly Block[] {
  const { connections, routes, notes, link } = answer;
  const rows = [
    ...connections.undecided.map((one) => `- ${reasons([one], link)}; ${undecidedWhy(one)}\n`),
    ...(routes?.undecided ?? []).map(
      ({ what, request, before, after }) =>
        `- ${words(what)}, e.g. ${code(requestText(request))}${sides(before, after)}\n`,
    ),
    ...notes.map(({ file, line, message }) => `- ${at(place(link, file, line))}${words(message)}\n`),
  ];
  const assumed = (routes?.assumed ?? []).map((what) => `- ${words(what)}\n`);
  const accepted = (routes?.accepted ?? []).map(
    ({ name, request }) => `- ${code(name)}, e.g. ${code(requestText(request))}\n`,
  );
  return [
    ...(rows.length === 0 ? [] : [folded(`${openCount(answer)} not decided`, '', rows)]),
    ...(assumed.length === 0
      ? []
      : [folded('Taken as the same, since both sides say it in the same words', '', assumed)]),
    ...(accepted.length === 0 ? [] : [folded('Accepted differences', '', accepted)]),
  ];
}

function sides(before: readonly string[], after: readonly string[]): string {
  const text = (notes: readonly string[]) =>
    notes.length === 0 ? 'nothing is left open' : notes.map(words).join('; ');
  return before.join() === after.join() ? '' : `. Before: ${text(before)}. After: ${text(after)}`;
}

function at(where: string): string {
  return where === '' ? '' : `${where}: `;
}
