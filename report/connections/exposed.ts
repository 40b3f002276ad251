import { type Exposure, peerText } from '../../analysis/connectivity';
import { printable } from '../printable';
import type { Style } from '../style';
import { wrapped } from '../wrapped';
import { exposedPlace } from './exposures';

/** What leads in from outside, for people: whether it does, from where to where, by what, and why. */
export function* exposedLines(exposures: readonly Exposure[], style: Style, width: number): Generator<string> {
  for (const exposure of exposures) {
    const { via, service, to, port, protocol, controller, reachable, why } = exposure;
    const end = to === null ? 'nothing' : `${peerText(to)}${port === null ? '' : `, ${protocol} ${port}`}`;
    const by = `${via.kind} ${via.namespace}/${via.name}`;
    const over = via.kind === 'Service' && via.name === service ? by : `${by}, Service ${service}`;
    const line = (first: string, text: string) => wrapped(first, printable(text).split(' '), width);
    const head = line(`  ${word(reachable).padEnd(3)} `, `${exposedPlace(exposure)} -> ${end}`);
    yield `${reachable === false ? style.red(head) : head}\n`;
    yield `${line(INDENT, `${over}, from ${controller.text}`)}\n`;
    yield `${line(INDENT, why)}\n`;
  }
}

const INDENT = '      ';

function word(reachable: boolean | null): string {
  return reachable === null ? 'not decided' : reachable ? 'yes' : 'no';
}
