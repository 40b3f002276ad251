import { jsonText } from '../json';
import type { ConnectionsAnswer } from './answer';

/** The answer as JSON, one member of a list on each line. */
export function* connectionsJson({ workloads, connections, exposures }: ConnectionsAnswer): Generator<string> {
  yield '{\n';
  yield* list('workloads', workloads);
  yield ',\n';
  yield* list('connections', connections);
  yield ',\n';
  yield* list('exposures', exposures);
  yield '\n}\n';
}

function* list(name: string, members: Iterable<object>): Generator<string> {
  yield `  ${JSON.stringify(name)}: [`;
  let separator = '\n';
  for (const member of members) {
    yield `${separator}    ${jsonText(member)}`;
    separator = ',\n';
  }
  yield separator === '\n' ? ']' : '\n  ]';
}
