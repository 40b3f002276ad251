import type { Connection, ConnectionPart, ConnectionRow, Peer, Ports } from '../../analysis/connectivity';
import type { ConnectionsAnswer } from './answer';

/** So many connections are written at once, so that a source with very many does not fill the memory. */
const AT_ONCE = 4096;

/** How a connection is written: what stands before the other end, and what comes then. */
export interface ConnectionForm {
  readonly head: (from: Peer) => string;
  readonly tail: (to: Peer, ports: Ports) => string;
}

/**
 * Connections one behind the other. Of millions, thousands of sources have the same other ends, which are written once:
 * then only the source is put between them.
 */
export function* rowsText(
  { connections, rows }: Pick<ConnectionsAnswer, 'connections' | 'rows'>,
  { head, tail }: ConnectionForm,
): Generator<string> {
  const known = new WeakMap<ConnectionPart, readonly (readonly string[])[]>();
  for (const { from, parts } of rows ?? singles(connections)) {
    const before = head(from);
    for (const part of parts) {
      let tails = known.get(part);
      if (tails === undefined) {
        tails = tailsOf(part, tail);
        known.set(part, tails);
      }
      for (const some of tails) {
        yield before + some.join(before);
      }
    }
  }
}

function tailsOf({ to, ports }: ConnectionPart, tail: ConnectionForm['tail']): readonly (readonly string[])[] {
  const all = to.map((peer, at) => tail(peer, ports[at] as Ports));
  return all.length <= AT_ONCE
    ? [all]
    : Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, part) =>
        all.slice(part * AT_ONCE, (part + 1) * AT_ONCE),
      );
}

function* singles(connections: Iterable<Connection>): Generator<ConnectionRow> {
  for (const { from, to, ports } of connections) {
    yield { from, parts: [{ to: [to], ports: [ports] }] };
  }
}
