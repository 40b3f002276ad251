import { serviceText } from '../../analysis/connectivity';
import { peerLabel } from '../peers';
import { printable } from '../printable';
import type { Style } from '../style';
import { wrapped } from '../wrapped';
import type { ConnectionsAnswer } from './answer';
import { doubtfulLines } from './doubts';
import { exposedLines } from './exposed';
import { unseenLines } from './unseen';

/**
 * What stands beside connections: what may be open as well, what cannot be told, and what leads in from outside.
 *
 * @param width so many characters a line has; left out, as many as there are, so that programs find sentences on one line
 */
export function* besideText(
  {
    doubtful,
    unmet = [],
    inVain = [],
    exposures,
  }: Pick<ConnectionsAnswer, 'doubtful' | 'unmet' | 'inVain' | 'exposures'>,
  style: Style,
  width = Number.POSITIVE_INFINITY,
): Generator<string> {
  const lines = (head: string, texts: readonly string[]) =>
    texts.length === 0
      ? ''
      : `\n${style.bold(head)}\n${texts.map((text) => `${wrapped('  ', words(text), width, 2)}\n`).join('')}`;
  yield lines(
    'open, but not where Services lead:',
    [...inVain].flatMap(({ workload, services }) =>
      services.map((service) => `${peerLabel(workload)}: ${serviceText(service)}`),
    ),
  );
  yield lines('may also connect, if there are such pods:', unseenLines(unmet));
  yield lines('cannot be told from manifests alone:', doubtfulLines(doubtful));
  if (exposures.length > 0) {
    yield `\n${style.bold('exposed:')}\n`;
    yield* exposedLines(exposures, style, width);
  }
}

function words(text: string): readonly string[] {
  return printable(text).split(' ');
}
