import { type Check, listOf } from '../fields';
import { labels, type Problems, record, selector, shown } from '../values';
import { type IPeer, Peer, type PodLabels } from './peer';
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
export const labelProblems: Check = ofRecord(labels);

/** What is wrong with labels that select Pods. */
export const selectorProblems: Check = ofRecord(selector);

function ofRecord(check: (what: string, value: PodLabels) => Problems): Check {
  return (what, value) => {
    const problems = record(what, value);
    return problems.length > 0 ? problems : check(what, value as PodLabels);
  };
}
