import { objectRef } from '../../check/finding';
import { type DoubtfulPair, isExternal, peerText, type Workload } from '../../connectivity';
import type { Manifest } from '../../manifest';
import { sortedText } from '../../routing/sorted-text';
import { type Changes, labelsOf, type Reasons } from './because';
import type { ChangedObject } from './change';
import type { ConnectivitySide } from './side';

/** So many pairs are compared one by one; of more, the policies with blocks are. */
const MOST_PAIRS = 40_000;

/**
 * The changed objects by which pairs hang otherwise than before on what manifests cannot tell, such as whether an ipBlock
 * matches pods: under another network plugin, the two sides are not the same.
 */
export function changedDoubts(
  sides: readonly [ConnectivitySide, ConnectivitySide],
  changes: Changes,
  reasons: Reasons,
): readonly ChangedObject[] {
  const [was, is] = sides.map(({ cluster }) => cluster.doubtful({}, MOST_PAIRS));
  const differing = was === undefined || is === undefined ? undefined : [...without(was, is), ...without(is, was)];
  if (differing === undefined ? blocksOf(sides[0]) === blocksOf(sides[1]) : differing.length === 0) {
    return [];
  }
  const selecting = differing === undefined ? [] : selectingOf(differing, sides, reasons);
  const policies = sides.flatMap(({ manifests }) =>
    manifests.filter(isPolicy).flatMap((manifest) => {
      const { kind, namespace, name } = objectRef(manifest);
      return changes.of(kind, namespace, name) ?? [];
    }),
  );
  const workloads = (differing ?? [])
    .flatMap(({ from, to }) => [from, to])
    .filter((peer): peer is Workload => !isExternal(peer));
  if (selecting.length > 0) {
    return [...selecting, ...policies.filter(({ object }) => /^\w+NetworkSet /.test(object))];
  }
  return policies.length > 0 ? policies : labelsOf(changes, workloads);
}

/** So many pairs are asked for the policies that select their ends. */
const MOST_ASKED = 1_000;

/** The changed policies that select an end of these pairs. */
function selectingOf(
  pairs: readonly DoubtfulPair[],
  sides: readonly ConnectivitySide[],
  reasons: Reasons,
): readonly ChangedObject[] {
  if (pairs.length > MOST_ASKED) {
    return [];
  }
  const common = sides.map(({ cluster }) => new Set(cluster.workloads.map(peerText)));
  const found = pairs.flatMap(({ from, to }) =>
    ([[from, 'egress'] as const, [to, 'ingress'] as const] as const).flatMap(([peer, direction]) =>
      !isExternal(peer) && common.every((names) => names.has(peerText(peer))) ? reasons.of(peer, direction) : [],
    ),
  );
  return [...new Map(found.map((one) => [one.object, one])).values()];
}

function isPolicy({ kind }: Manifest): boolean {
  return /Network(?:Policy|Set)$/.test(kind);
}

function without(pairs: readonly DoubtfulPair[], others: readonly DoubtfulPair[]): readonly DoubtfulPair[] {
  const known = new Set(others.map(textOf));
  return pairs.filter((pair) => !known.has(textOf(pair)));
}

function textOf({ from, to, doubts }: DoubtfulPair): string {
  return `${peerText(from)} ${peerText(to)} ${JSON.stringify(doubts)}`;
}

/** What the policies of a side say, whatever they are called; of a NetworkPolicy only blocks and labels of namespaces leave doubts. */
function blocksOf({ manifests }: ConnectivitySide): string {
  return manifests
    .filter(isPolicy)
    .filter(
      ({ apiVersion, object }) =>
        !/^(?:networking\.k8s\.io|extensions)\//.test(apiVersion) ||
        /"(?:ipBlock|namespaceSelector)"/.test(JSON.stringify(object.spec) ?? ''),
    )
    .map(({ kind, namespace, object }) => `${kind} ${namespace} ${sortedText(object.spec)}`)
    .sort()
    .join('\n');
}
