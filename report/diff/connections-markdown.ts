import type { ChangedObject, ConnectivityComparison } from '../../analysis';
import { markdownHead, markdownRow, markdownText } from '../markdown';
import { connectionsVerdict, peersText, portsChange } from './connections-text';

/** What a change does to connections, for a comment on a pull request: the verdict first, then a table. */
export function* connectionsDiffMarkdown(comparison: ConnectivityComparison): Generator<string> {
  yield `**${markdownText(connectionsVerdict(comparison))}**\n`;
  if (comparison.connections.length > 0) {
    const rows = comparison.connections.map((one) => [
      one.change,
      peersText(one.from),
      peersText(one.to),
      portsChange(one),
      one.because.map(changedText).join('; '),
    ]);
    yield `\n${markdownHead(['change', 'from', 'to', 'ports', 'because'])}${rows.map(markdownRow).join('')}`;
  }
  if (comparison.undecided.length > 0) {
    yield `\nNot evaluated, and changed: ${comparison.undecided.map((one) => markdownText(changedText(one))).join('; ')}\n`;
  }
}

function changedText({ object, change, file, line }: ChangedObject): string {
  return `${object} ${change} (${line > 0 ? `${file}:${line}` : file})`;
}
