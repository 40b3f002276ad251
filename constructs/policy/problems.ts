import { type Check, listOf, recordOf } from '../fields';
import { labels, type Problems, selector, shown } from '../values';
import { type IPeer, Peer } from './peer';
import { PolicyPort } from './policy-port';

/** What is wrong with the other end of a connection. */
export function peerProblems(what: string, value: unknown): Problems {
  const peer = (Object(value) as Partial<IPeer>).peer;
  return peer instanceof Peer
    ? peer._problems(what)
    : [`${what} is ${shown(value)}; give an ExposedService, a DefaultDenyNamespace or a Peer such as Peer.workload(…)`];
}

/** What is wrong with ports that a policy opens. */
export const portsProblems: Check = listOf(
  (what, value) =>
    value instanceof PolicyPort
      ? value._problems(what)
      : [`${what} is ${shown(value)}; give a PolicyPort such as PolicyPort.tcp(80)`],
  '[PolicyPort.tcp(80)]',
);

/** What is wrong with labels, none of which is fine. */
export const labelProblems: Check = recordOf(labels);

/** What is wrong with labels that select Pods. */
export const selectorProblems: Check = recordOf(selector);
