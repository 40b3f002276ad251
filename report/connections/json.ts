import type { Peer, Ports } from '../../analysis/connectivity';
import { jsonText } from '../json';
import { once } from '../once';
import { warningsOf } from '../warnings';
import type { ConnectionsAnswer } from './answer';
import { rowsText } from './rows';

/** The answer as JSON, one member of a list on each line. */
export function* connectionsJson({
  workloads,
  connections,
  rows,
  exposures,
  unseen = [],
  inVain = [],
  doubtful = [],
  warnings = [],
}: ConnectionsAnswer): Generator<string> {
  yield '{\n';
  yield* list('workloads', workloads, jsonText);
  yield ',\n';
  yield* connectionList({ connections, rows });
  yield ',\n';
  yield* list('unseen', unseen, jsonText);
  yield ',\n';
  yield* list('exposures', exposures, jsonText);
  yield ',\n';
  yield* list('inVain', inVain, jsonText);
  yield ',\n';
  // Of more pairs than are looked at one by one, nobody has asked.
  yield* doubtful === 'many' ? ['  "undecided": null'] : list('undecided', doubtful, jsonText);
  yield ',\n';
  yield* list('warnings', warningsOf(warnings), jsonText);
  yield '\n}\n';
}

function* list<Member>(name: string, members: Iterable<Member>, text: (member: Member) => string): Generator<string> {
  yield `  ${JSON.stringify(name)}: [`;
  let separator = '\n';
  for (const member of members) {
    yield `${separator}    ${text(member)}`;
    separator = ',\n';
  }
  yield separator === '\n' ? ']' : '\n  ]';
}

/** The list of connections. Each but the first begins with what ends the line before. */
function* connectionList(answer: Pick<ConnectionsAnswer, 'connections' | 'rows'>): Generator<string> {
  yield '  "connections": [';
  const text = once(jsonText as (value: object | string) => string);
  const head = (from: Peer) => `,\n    {"from":${text(from)},"to":`;
  const tail = (to: Peer, ports: Ports) => [text(to), ',"ports":', text(ports), '}'].join('');
  let isEmpty = true;
  for (const some of rowsText(answer, { head, tail })) {
    yield isEmpty ? some.slice(1) : some;
    isEmpty = false;
  }
  yield isEmpty ? ']' : '\n  ]';
}
