import { ciliumSelections } from '../facts/cilium';
import type { Facts } from '../facts/facts';
import { type Nearest, nearestTo } from '../facts/nearest';
import { mayMeanOperated } from '../facts/operators';
import { asksForGivenLabel } from '../facts/outside';
import type { PeerFacts } from '../facts/policies';
import { selectorText } from '../facts/selector-text';
import { type At, defineRule, type Found } from '../rule';

/** What the findings of `peer-selects-nothing` hold. */
export interface PeerSelectsNothing {
  readonly selector: string;
  /** The namespaces that the peer means, and that have workloads. */
  readonly namespaces: readonly string[];
  readonly nearest: Nearest | undefined;
}

/** An item of `from` or `to` that means no pod, although the workloads of its namespaces are among the manifests. */
export const rule = defineRule({
  code: 'peer-selects-nothing',
  severity: 'warning',
  reads: ['NetworkPolicy', 'Namespace', 'workloads'],
  *check(facts: Facts): Generator<Found<PeerSelectsNothing>> {
    for (const { manifest, rules } of facts.policies) {
      for (const peer of rules.flatMap(({ peers }) => peers ?? [])) {
        yield* ofPeer(facts, peer, { manifest, path: [...peer.path, 'podSelector'] });
      }
    }
    for (const peer of facts.once(ciliumSelections).peers) {
      yield* ofPeer(facts, peer, peer);
    }
  },
});

function* ofPeer(facts: Facts, peer: PeerFacts, { manifest, path }: At): Generator<Found<PeerSelectsNothing>> {
  const found = missed(facts, peer);
  if (found !== undefined) {
    const { selector, namespaces } = found;
    const near = nearestTo(selector, facts.pods.selectIn([], namespaces));
    yield {
      manifest,
      path,
      args: { selector: selectorText(selector), namespaces, nearest: near?.nearest },
      // With nothing that comes near, the pods may stand in other manifests.
      ...(near === undefined ? { severity: 'info' } : { related: [near.related] }),
    };
  }
}

function missed(facts: Facts, { pods: selector, namespaceNames, workloads }: PeerFacts) {
  if (selector === undefined || selector.length === 0 || asksForGivenLabel(selector)) {
    return undefined;
  }
  const namespaces = [...namespaceNames].filter((name) => facts.pods.in(name).length > 0);
  const isKnown = namespaces.length > 0 && namespaces.length === namespaceNames.size;
  const [some] = workloads();
  return isKnown && some === undefined && !mayMeanOperated(facts, selector, namespaceNames)
    ? { selector, namespaces }
    : undefined;
}
