import { type Exposure, isExternal, peerText } from '../analysis/connectivity';
import { missingService } from '../analysis/connectivity/exposure/exposures';
import { exposedPlace } from '../report/connections/exposures';
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
      const undecided = [...asked.ways, ...asked.possible].some((way) => way.reachable === null);
      // What nobody can tell is neither exposed nor not: `not` fails as well then.
      return {
        pass: open.length > 0 || (undecided && this.isNot === true),
        message: () => exposuresText(call, asked, open),
      };
    },
  );
}

interface Asked {
  readonly label: string;
  /** The ways from outside to the workload, whether open or closed, and to all workloads. */
  readonly ways: readonly Exposure[];
  readonly all: readonly Exposure[];
  /** Ways over Services of its namespace that are not among the manifests: they may lead to it. */
  readonly possible: readonly Exposure[];
}

function ask(subject: unknown, workload: Peer): Asked {
  const cluster = Manifests.of(subject).cluster();
  const [peer, ...more] = new PeerNames(cluster).all('the workload', workload);
  if (peer === undefined || more.length > 0 || isExternal(peer)) {
    throw new Unanswerable(`the workload is ${shownArgument(workload)}; give one workload`);
  }
  const all = cluster.exposures();
  const own = peerText(peer);
  const possible = all.filter(({ to, service, why }) => to === null && why === missingService(peer.namespace, service));
  return { label: peerLabel(peer), ways: all.filter(({ to }) => to !== null && peerText(to) === own), all, possible };
}

function exposuresText(call: Call, { label, ways, all, possible }: Asked, open: readonly Exposure[]): string {
  const undecided = [...ways, ...(call.context.isNot ? possible : [])].filter(({ reachable }) => reachable === null);
  if (open.length > 0 || (call.context.isNot && undecided.length > 0)) {
    const received = `${open.length === 1 ? 'a way is' : `${open.length} ways are`} open`;
    const unknown = `${undecided.length === 1 ? 'a way is' : `${undecided.length} ways are`} not decided`;
    return message(
      call,
      `${label} is not exposed by an Ingress, route or Service`,
      open.length > 0 ? received : unknown,
      (open.length > 0 ? open : undecided).map(exposureText),
    );
  }
  const expected = `${label} is exposed by an Ingress, route or Service`;
  if (ways.length > 0) {
    const received =
      undecided.length > 0 ? 'of no way it is known that it is open' : 'every way from outside to it is closed';
    return message(call, expected, received, ways.map(exposureText));
  }
  const others = [...new Set(all.flatMap(({ to }) => (to === null ? [] : [peerText(to)])))];
  const instead =
    others.length === 0
      ? 'No Ingress, route or Service leads from outside to any workload.'
      : ['Ingresses, routes and Services lead to:', ...others].join('\n  ');
  const broken = all.filter(({ to }) => to === null).map(exposureText);
  return message(call, expected, 'no Ingress, route or Service leads from outside to it', [instead, ...broken]);
}

function exposureText({ via, host, path, service, servicePort, port, protocol, reachable, why, controller }: Exposure) {
  return [
    `${printable(exposedPlace({ via, host, path, servicePort }))} by ${via.kind} ${via.namespace}/${via.name}, Service ${service}, ${port === null ? 'no port' : `${protocol} ${port}`}`,
    `  ${reachable === null ? 'not decided' : reachable ? 'open  ' : 'closed'}  ${why}`,
    `  from    ${controller.text}`,
  ].join('\n');
}
