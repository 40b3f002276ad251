import { shownArgument } from './arguments';
import type { Expect } from './expect';
import { asking, type Call, type MatcherContext, type MatcherResult, Unanswerable } from './failure';
import { given } from './given';
import { Manifests } from './manifests';
import { connectivityText, routesText } from './snapshots';

interface SnapshotMatchers {
  toMatchSnapshot(hint?: string): void;
}

/** The snapshot matchers. The comparison is left to the `toMatchSnapshot` of the runner, with all that it knows of `--ci` and `-u`. */
export function snapshotMatchers(expect: Expect) {
  const matcher = (name: string, textOf: (subject: unknown) => string) =>
    function (this: MatcherContext, subject: unknown, hint?: string): MatcherResult {
      const call: Call = { context: this, matcher: name, given: hint === undefined ? '' : shownArgument(hint) };
      const ask = () => {
        if (this.isNot) {
          throw new Unanswerable('a snapshot can only be met; leave out "not"');
        }
        if (hint !== undefined && typeof hint !== 'string') {
          throw new Unanswerable(`the hint is ${shownArgument(hint)}; give a text, or leave it out`);
        }
        return textOf(given(subject));
      };
      return asking(call, ask, (text) => {
        // This matcher and the one inside count as one assertion.
        const { assertionCalls, numPassingAsserts } = expect.getState();
        (expect(text) as SnapshotMatchers).toMatchSnapshot(...(hint === undefined ? [] : [hint]));
        expect.setState({ assertionCalls, numPassingAsserts });
        return { pass: true, message: () => '' };
      });
    };
  return {
    toMatchConnectivitySnapshot: matcher('toMatchConnectivitySnapshot', connectivityOf),
    toMatchRoutingSnapshot: matcher('toMatchRoutingSnapshot', routingOf),
  };
}

/** @throws Unanswerable for manifests that say nothing of connections */
export function connectivityOf(subject: unknown): string {
  const cluster = Manifests.of(subject).cluster();
  if (cluster.workloads.length === 0) {
    throw new Unanswerable('there is no workload in the manifests, and so no connection');
  }
  return connectivityText(cluster);
}

/** @throws Unanswerable for manifests that cannot be used */
export function routingOf(subject: unknown): string {
  return routesText(Manifests.of(subject).routes());
}
