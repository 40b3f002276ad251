import type { NamespaceLabels } from '../../connectivity/model';
import type { Manifest } from '../../manifest';
import { createdAt } from '../created';
import { Cursor } from '../cursor';
import { Findings, type NotServedReason } from '../problems';
import { keyOf } from './choose';
import { asksForLabels, isNamespaceSelected, labelsOfNamespaces } from './namespace-selected';
import { GATEWAY_GROUP, type Gateway, type GatewayListener } from './objects';
import { readListeners } from './read-gateway';

/** A ListenerSet that names a Gateway as its parent. */
interface ListenerSet {
  readonly manifest: Manifest;
  readonly namespace: string;
  /** `namespace/name`. */
  readonly key: string;
  /** The Gateway: `namespace/name`. */
  readonly gateway: string;
  readonly created: number;
  readonly listeners: readonly GatewayListener[];
}

/** The Gateways that ListenerSets name as their parents, by `namespace/name` of the ListenerSet; `undefined` for no Gateway. */
export type ParentsOfSets = ReadonlyMap<string, string | undefined>;

/** The ListenerSets of some manifests. */
function setsOf(manifests: readonly Manifest[]): readonly Manifest[] {
  return manifests.filter(({ kind, group }) => kind === 'ListenerSet' && group === GATEWAY_GROUP);
}

/** What ListenerSets name as their parents. What is wrong there is told by who reads the listeners. */
export function parentsOfSets(manifests: readonly Manifest[]): ParentsOfSets {
  return new Map(
    setsOf(manifests).map((manifest) => {
      const ref = Cursor.of(manifest, new Findings(), 'spec').get('parentRef');
      const [group, kind] = [ref.get('group').value ?? GATEWAY_GROUP, ref.get('kind').value ?? 'Gateway'];
      const { namespace = 'default' } = manifest;
      const name = ref.get('name').value;
      const isGateway = group === GATEWAY_GROUP && kind === 'Gateway' && typeof name === 'string';
      return [keyOf(manifest), isGateway ? `${ref.get('namespace').value || namespace}/${name}` : undefined];
    }),
  );
}

/** Adds the listeners of ListenerSets to their Gateways. */
export class ListenerSets {
  private readonly sets: readonly ListenerSet[];
  private readonly labels: NamespaceLabels;

  constructor(
    manifests: readonly Manifest[],
    private readonly findings: Findings,
  ) {
    const parents = parentsOfSets(manifests);
    this.sets = setsOf(manifests)
      .flatMap((manifest) => this.read(manifest, parents.get(keyOf(manifest))))
      .sort(
        (one, other) =>
          Number(one.created > other.created) - Number(one.created < other.created) || (one.key < other.key ? -1 : 1),
      );
    this.labels = labelsOfNamespaces(manifests);
  }

  /**
   * A Gateway with the listeners of the ListenerSets that it allows: its own first, then the oldest ListenerSet, then by
   * `namespace/name`. A ListenerSet that it does not allow is noted.
   *
   * @see https://gateway-api.sigs.k8s.io/geps/gep-1713/
   */
  addTo(gateway: Gateway): Gateway {
    const unsureSets = new Map<string, string>();
    const added = this.sets
      .filter((set) => set.gateway === gateway.key)
      .flatMap((set) => {
        const refusal = gateway.isAssumed ? undefined : this.whyNot(gateway, set.namespace);
        if (refusal !== undefined) {
          const adds = refusal.reason === 'namespace-unknown' ? 'may add no listener' : 'adds no listener';
          const message = `${adds} to the Gateway ${gateway.key}: ${refusal.why}`;
          this.findings.note(set.manifest, ['spec', 'parentRef'], 'not-served', message, refusal.reason);
          if (refusal.reason === 'namespace-unknown') {
            unsureSets.set(
              set.key,
              `the selector in allowedListeners of the Gateway ${gateway.key} ${asksForLabels(set.namespace)}`,
            );
          }
          return [];
        }
        return set.listeners;
      });
    return added.length + unsureSets.size === 0
      ? gateway
      : { ...gateway, listeners: [...gateway.listeners, ...added], unsureSets };
  }

  private whyNot(
    { allowed, namespace }: Gateway,
    own: string,
  ): { readonly why: string; readonly reason: NotServedReason } | undefined {
    if (allowed === 'None') {
      const why = 'its allowedListeners allow no ListenerSets, as they do where they are left out';
      return { why, reason: 'namespace' };
    }
    if (allowed === 'Same') {
      const why = `its allowedListeners allow ListenerSets of the namespace ${namespace} only`;
      return own === namespace ? undefined : { why, reason: 'namespace' };
    }
    const isSelected = allowed === 'All' || isNamespaceSelected(allowed, own, this.labels);
    if (isSelected === undefined) {
      return { why: `the selector of its allowedListeners ${asksForLabels(own)}`, reason: 'namespace-unknown' };
    }
    const why = `the selector of its allowedListeners does not select the namespace ${own}`;
    return isSelected ? undefined : { why, reason: 'namespace-selector' };
  }

  private read(manifest: Manifest, gateway: string | undefined): ListenerSet[] {
    const { namespace = 'default' } = manifest;
    const key = keyOf(manifest);
    const spec = Cursor.of(manifest, this.findings, 'spec').mapping();
    spec.get('parentRef').mapping().get('name').neededText('bad-parent', 'give the name of a Gateway');
    const owner = { manifest, namespace, key };
    const listeners = readListeners(spec.get('listeners'), manifest, this.findings).map((one) => ({ ...one, owner }));
    const created = createdAt(manifest) ?? Number.POSITIVE_INFINITY;
    return gateway === undefined ? [] : [{ manifest, namespace, key, gateway, created, listeners }];
  }
}
