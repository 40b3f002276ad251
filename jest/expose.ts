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
  return asking(
    call,
    () => ask(subject, workload),
    (asked) => {
      const open = asked.ways.filter(({ reachable }) => reachable);
      return { pass: open.length > 0, message: () => exposuresText(call, asked, open) };
    },
  );
}

interface Asked {
  readonly label: string;
  /** The ways from Ingresses and HTTPRoutes to the workload, whether open or closed, and to all workloads. */
  readonly ways: readonly Exposure[];
  readonly all: readonly Exposure[];
}

function ask(subject: unknown, workload: Peer): Asked {
  const cluster = Manifests.of(subject).cluster();
  const [peer, ...more] = new PeerNames(cluster).all('the workload', workload);
  if (peer === undefined || more.length > 0 || isExternal(peer)) {
    throw new Unanswerable(`the workload is ${shownArgument(workload)}; give one workload`);
  }
  const all = cluster.exposures();
  const own = peerText(peer);
  return { label: peerLabel(peer), ways: all.filter(({ to }) => peerText(to) === own), all };
}

function exposuresText(call: Call, { label, ways, all }: Asked, open: readonly Exposure[]): string {
  if (open.length > 0) {
    const received = `${open.length === 1 ? 'a way is' : `${open.length} ways are`} open`;
    return message(call, `${label} is not exposed by an Ingress or HTTPRoute`, received, open.map(exposureText));
  }
  const expected = `${label} is exposed by an Ingress or HTTPRoute`;
  if (ways.length > 0) {
    return message(
      call,
      expected,
      'the policies close every way that an Ingress or HTTPRoute makes',
      ways.map(exposureText),
    );
  }
  const others = [...new Set(all.map(({ to }) => peerText(to)))];
  const instead =
    others.length === 0
      ? 'No Ingress or HTTPRoute leads to any workload.'
      : ['Ingresses and HTTPRoutes lead to:', ...others].join('\n  ');
  return message(call, expected, 'no Ingress or HTTPRoute leads to it', [instead]);
}

function exposureText({ via, host, path, service, port, protocol, reachable, why, controller }: Exposure): string {
  return [
    `${printable(`${host ?? '*'}${path}`)} by ${via.kind} ${via.namespace}/${via.name}, Service ${service}, ${port === null ? 'no port' : `${protocol} ${port}`}`,
    `  ${reachable ? 'open  ' : 'closed'}  ${why}`,
    `  from    ${controller.text}`,
  ].join('\n');
}
