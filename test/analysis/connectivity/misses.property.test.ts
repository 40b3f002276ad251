import { Cluster, type Fault, isExternal, type Miss, type Peer, type Port } from '../../../analysis';
import fc from '../../helpers/random';
import { randomCluster } from './random-clusters';

const RUNS = process.env.NIGHTLY === '1' ? 5_000 : 60;

// biome-ignore lint/suspicious/noExplicitAny: manifests of any shape are changed here
type Any = any;

const PORTS: readonly (Port | undefined)[] = [undefined, { protocol: 'TCP', port: 80 }, { protocol: 'UDP', port: 53 }];

/** Takes a requirement out of a selector, however it is written. */
function without(selector: Any, { key, operator, wanted }: Extract<Fault, { key: string }>): void {
  const values = (given: readonly string[] | null | undefined) => [...new Set(given ?? [])].sort().join();
  if (operator === 'In' && wanted.length === 1 && (selector.matchLabels?.[key] ?? undefined) === wanted[0]) {
    delete selector.matchLabels[key];
  }
  selector.matchExpressions = selector.matchExpressions?.filter(
    (one: Any) => !(one.key === key && one.operator === operator && values(one.values) === wanted.join()),
  );
}

/** Changes manifests as a miss says; `false` where that is nothing that can be changed mechanically. */
function mend(objects: readonly Any[], { policy, direction, index, item, faults }: Miss, port: Port | undefined) {
  const isNamespaced = policy.kind === 'NetworkPolicy';
  const object = objects.find(
    ({ kind, metadata }) =>
      kind === policy.kind &&
      metadata.name === policy.name &&
      (!isNamespaced || (metadata.namespace ?? 'default') === policy.namespace),
  );
  const rule = object.spec[direction][index];
  const given = item === undefined ? undefined : rule[direction === 'ingress' ? 'from' : 'to'][item];
  // A peer of the admin tiers has its selectors one step further down.
  const peer =
    isNamespaced || given === undefined
      ? given
      : { podSelector: given.pods?.podSelector, namespaceSelector: given.namespaces ?? given.pods?.namespaceSelector };
  return faults.every((fault) => {
    switch (fault.kind) {
      case 'ports':
      case 'port-name':
      case 'service-port':
        if (port === undefined) {
          delete rule.ports;
          delete rule.protocols;
        } else if (isNamespaced) {
          rule.ports = [...rule.ports, { protocol: port.protocol, port: port.port }];
        } else if (rule.protocols === undefined) {
          rule.ports = [...rule.ports, { portNumber: { protocol: port.protocol, port: port.port } }];
        } else {
          const layer = { destinationPort: { number: port.port } };
          rule.protocols = [...rule.protocols, { [port.protocol.toLowerCase()]: layer }];
        }
        return true;
      case 'pod-label':
        without(peer.podSelector, fault);
        return true;
      case 'own-namespace':
        peer.namespaceSelector = { matchLabels: { 'kubernetes.io/metadata.name': fault.found } };
        return true;
      case 'namespace-label':
      case 'namespace-unknown':
        without(peer.namespaceSelector, fault);
        return true;
      case 'policy-label':
        without(object.spec.podSelector, fault);
        return true;
      default:
        return false;
    }
  });
}

/** The same peer in a cluster whose addresses may be divided otherwise. */
function there(cluster: Cluster, peer: Peer): Peer {
  return isExternal(peer) ? (cluster.find(peer.ipRange.slice(0, peer.ipRange.indexOf('-')))[0] as Peer) : peer;
}

test('a nearest miss is told of what is closed alone, and to change just what it says opens it', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(randomCluster, ({ objects, plain: { hostNetwork } }) => {
      const cluster = Cluster.from(objects, { hostNetwork });
      const peers = [...cluster.workloads.slice(0, 4), ...cluster.externals.slice(0, 1)];
      for (const from of peers) {
        for (const to of peers) {
          for (const port of 'ipRange' in from && 'ipRange' in to ? [] : PORTS) {
            const before = cluster.explain(from, to, port);
            for (const direction of ['ingress', 'egress'] as const) {
              const { outcome, nearest, denies } = before[direction];
              if (nearest === undefined) {
                continue;
              }
              expect(outcome).toBe('denied');
              expect(nearest.faults.length).toBeGreaterThan(0);
              const changed = structuredClone(objects) as Any[];
              // A rule of NetworkPolicies that is mended may open other ports than those that were denied before.
              const isLater = nearest.policy.kind === 'NetworkPolicy' && denies.length > 0;
              if (!isLater && mend(changed, nearest, port)) {
                const after = Cluster.from(changed, { hostNetwork });
                expect(after.problems).toEqual([]);
                const explained = after.explain(there(after, from), there(after, to), port);
                // Of a workload whose pods differ, one on the network of its node may be the one that is let through.
                expect(['allowed', 'unmatched', 'host-network']).toContain(explained[direction].outcome);
                for (const { kind } of [...nearest.faults, { kind: nearest.policy.kind }]) {
                  seen.set(kind, (seen.get(kind) ?? 0) + 1);
                }
              }
            }
          }
        }
      }
    }),
    { numRuns: RUNS },
  );
  for (const kind of [
    'ClusterNetworkPolicy',
    'ports',
    'port-name',
    'pod-label',
    'own-namespace',
    'namespace-label',
    'policy-label',
  ]) {
    expect([kind, (seen.get(kind) ?? 0) > 5]).toEqual([kind, true]);
  }
});

test('what the pods of a workload may do among themselves is what another workload of such pods may', () => {
  fc.assert(
    fc.property(randomCluster, ({ objects, plain: { hostNetwork } }) => {
      const cluster = Cluster.from(objects, { hostNetwork });
      const copied = objects.flatMap((object: Any) =>
        object.kind === 'Deployment'
          ? [object, { ...object, metadata: { ...object.metadata, name: `${object.metadata.name}-copy` } }]
          : [object],
      );
      const twice = Cluster.from(copied, { hostNetwork });
      const originals = cluster.workloads.filter(({ kind }) => kind === 'Deployment');
      for (const one of originals.filter(({ name }) => !copied.some((object: Any) => isOwned(object, name)))) {
        const copy = { ...one, name: `${one.name}-copy` };
        expect(cluster.explain(one, one).ports).toEqual(twice.ports(one, copy));
      }
    }),
    { numRuns: RUNS },
  );
});

/** Whether an object belongs to a workload, whose pods then are not all alike. */
function isOwned({ metadata }: Any, name: string): boolean {
  return (metadata.ownerReferences ?? []).some((owner: Any) => owner.name === name || owner.name.startsWith(name));
}
