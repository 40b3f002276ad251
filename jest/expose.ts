import { type Exposure, isExternal, peerText } from '../analysis/connectivity';
import { peerLabel } from '../report/peers';
import { printable } from '../report/printable';
import { shownArgument } from './arguments';
import { asking, type Call, type MatcherContext, type MatcherResult, message, Unanswerable } from './failure';
import { Manifests } from './manifests';
import { PeerNames } from './peers';
import type { Peer } from './types';

export function toExpose(this: MatcherContext, subject: unknown, workload: Peer): MatcherResult {
  const call: Call = { context: this, matcher: 'toExpose', given: shownArgument(workload) };
  const { label, ways, others } = asking(call, () => ask(subject, workload));
  const open = ways.filter(({ reachable }) => reachable);
  return {
    pass: open.length > 0,
    message: () => {
      const isClosed = open.length === 0;
      const received = isClosed
        ? ways.length === 0
          ? 'no Ingress leads to it'
          : 'the policies close every way that an Ingress makes'
        : `${open.length === 1 ? 'a way is' : `${open.length} ways are`} open`;
      const paragraphs = (isClosed ? ways : open).map(exposureText);
      if (ways.length === 0) {
        paragraphs.push(
          others.length === 0
            ? 'No Ingress leads to any workload.'
            : `Ingresses lead to:\n  ${[...new Set(others.map(({ to }) => peerText(to)))].join('\n  ')}`,
        );
      }
      return message(call, `${label} is ${isClosed ? '' : 'not '}exposed by an Ingress`, received, paragraphs);
    },
  };
}

function ask(subject: unknown, workload: Peer) {
  const cluster = Manifests.of(subject).cluster();
  const [peer, ...more] = new PeerNames(cluster).all('the workload', workload);
  if (peer === undefined || more.length > 0 || isExternal(peer)) {
    throw new Unanswerable(`the workload is ${shownArgument(workload)}; give one workload`);
  }
  const exposures = cluster.exposures();
  const own = peerText(peer);
  return {
    label: peerLabel(peer),
    ways: exposures.filter(({ to }) => peerText(to) === own),
    others: exposures,
  };
}

function exposureText({ via, host, path, service, port, protocol, reachable, why, controller }: Exposure): string {
  return [
    `${printable(`${host ?? '*'}${path}`)} by ${via.kind} ${via.namespace}/${via.name}, Service ${service}, ${port === null ? 'no port' : `${protocol} ${port}`}`,
    `  ${reachable ? 'open  ' : 'closed'}  ${why}`,
    `  from    ${controller.text}`,
  ].join('\n');
}
