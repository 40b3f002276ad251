import { jsonText } from '../json';
import type { ProbeAnswer } from './answer';

/** What a probe measured as JSON. */
export function* probeJson({ url, sample, groups, comparison }: ProbeAnswer): Generator<string> {
  const { planned, answered, failed, failures, milliseconds, end } = sample;
  const answer = {
    url,
    requests: {
      planned,
      answered,
      failed,
      failures: [...failures].map(([why, count]) => ({ why, count })),
      seconds: Math.round(milliseconds) / 1000,
      end,
    },
    groups: groups.map(({ group, count, share, interval, origin }) => ({
      group,
      count,
      share,
      interval,
      from: origin,
    })),
    comparison:
      comparison === undefined
        ? null
        : {
            verdict: comparison.verdict,
            test: comparison.fit?.test ?? null,
            p: comparison.fit?.p ?? null,
            significance: comparison.significance,
            expected: comparison.rows.map(({ label, expected, count, share, interval }) => ({
              from: label,
              expected,
              count,
              share,
              interval,
            })),
            unmapped: comparison.unmapped.map(({ group, count, why }) => ({ group, count, why })),
          },
  };
  yield `${jsonText(answer, 2)}\n`;
}
