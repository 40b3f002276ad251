import type { WordedFinding } from '../check/worded';
import type { Link, PullRequestAnswer } from './answer';
import { type Block, table } from './blocks';
import { code, head, place, row, words } from './inline';

const ORDER = ['error', 'warning', 'info'];

/** Findings that were not there before, the gravest first. */
export function findingBlocks({ findings, link }: PullRequestAnswer): readonly Block[] {
  const added = [...(findings?.added ?? [])].sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
  return added.length === 0
    ? []
    : [
        table(
          '**New findings**',
          head(['', 'Object', 'What is wrong', 'What to do']),
          added.map((one) => findingRow(one, link)),
        ),
      ];
}

function findingRow(
  { severity, object, source, message, advice, rule }: WordedFinding,
  link: Link | undefined,
): string {
  return row([
    severity,
    place(link, source.file, source.line, object),
    `${words(message)} (${code(rule)})`,
    words(advice),
  ]);
}
