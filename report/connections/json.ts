import type { Connection } from '../../analysis/connectivity';
import { jsonText } from '../json';
import { once } from '../once';
import { warningsOf } from '../warnings';
import type { ConnectionsAnswer } from './answer';

/** The answer as JSON, one member of a list on each line. */
export function* connectionsJson({
  workloads,
  connections,
  exposures,
  unseen = [],
  inVain = [],
  doubtful = [],
  warnings = [],
}: ConnectionsAnswer): Generator<string> {
  yield '{\n';
  yield* list('workloads', workloads, jsonText);
  yield ',\n';
  yield* list('connections', connections, connectionWriter());
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

/** Millions of connections have the same ends and ports, which are written once. */
function connectionWriter(): (connection: Connection) => string {
  const text = once(jsonText as (value: object | string) => string);
  return ({ from, to, ports }) => `{"from":${text(from)},"to":${text(to)},"ports":${text(ports)}}`;
}
