import { type AddressRange, parseAddress, parseCidr } from '../../connectivity/addresses';
import { blocksOf } from '../../connectivity/networks';
import type { Manifest, Path } from '../../manifest';
import type { Facts } from '../facts/facts';
import { fieldOf, textOf } from '../facts/fields';
import type { PolicyFacts } from '../facts/policies';
import type { ServiceFacts } from '../facts/services';
import { defineRule, type Found } from '../rule';

/** What the findings of `ip-block-in-cluster` hold. */
export interface IpBlockInCluster {
  readonly cidr: string;
  readonly direction: 'ingress' | 'egress';
  /**
   * What the block holds: every address, the cluster IP of a Service, the address of a pod, or private addresses behind a
   * Service whose pods may see the address of a node instead of the client's.
   */
  readonly holds: 'everything' | 'cluster-ip' | 'pod' | 'clients';
  /** The object that has the address, `Service shop/web`. */
  readonly object: string | undefined;
}

/** An `ipBlock` of which network plugins think differently, as it holds addresses inside of the cluster. */
export const rule = defineRule({
  code: 'ip-block-in-cluster',
  severity: 'info',
  reads: ['NetworkPolicy', 'Service', 'Pod'],
  *check(facts: Facts): Generator<Found<IpBlockInCluster>> {
    const known = facts.once(addressesOf);
    for (const policy of facts.policies) {
      for (const { direction, peers = [] } of policy.rules) {
        for (const { block, path } of peers) {
          const range = block === undefined ? undefined : rangeOf(block.cidr);
          if (block === undefined || range === undefined) {
            continue;
          }
          const at = [...path, 'ipBlock', 'cidr'];
          const found = (what: IpBlockInCluster['holds'], other?: At): Found<IpBlockInCluster> => ({
            manifest: policy.manifest,
            path: at,
            args: { cidr: block.cidr, direction, holds: what, object: other?.text },
            related: other === undefined ? [] : [{ role: 'because', manifest: other.manifest, path: other.path }],
          });
          const excepted = block.except.flatMap((cidr) => rangeOf(cidr) ?? []);
          const inside = known.find(
            ({ address }) => holds(range, address) && !excepted.some((one) => holds(one, address)),
          );
          const behind = direction === 'ingress' && isPrivate(range) ? sharedService(facts, policy) : undefined;
          if (block.cidr.endsWith('/0')) {
            // Who takes private addresses away means those outside.
            if (!excepted.some(isPrivate)) {
              yield found('everything');
            }
          } else if (inside !== undefined) {
            yield found(inside.holds, inside);
          } else if (behind !== undefined) {
            yield found('clients', {
              manifest: behind.manifest,
              path: ['spec'],
              text: `Service ${behind.namespace}/${behind.name}`,
            });
          }
        }
      }
    }
  },
});

interface At {
  readonly manifest: Manifest;
  readonly path: Path;
  readonly text: string;
}

interface Address extends At {
  readonly address: bigint;
  readonly holds: 'cluster-ip' | 'pod';
}

/** The addresses of Services and pods that manifests show, for `facts.once`. */
function addressesOf(facts: Facts): readonly Address[] {
  const of = (manifest: Manifest, path: readonly string[], holds: Address['holds']): Address[] => {
    const written = textOf(fieldOf(manifest, ...path));
    const address = written === undefined || written === 'None' ? undefined : parseAddress(written);
    const text = `${manifest.kind} ${manifest.namespace ?? 'default'}/${manifest.name}`;
    return address === undefined ? [] : [{ manifest, path, text, address, holds }];
  };
  return [
    ...facts.of('/Service').flatMap((manifest) => of(manifest, ['spec', 'clusterIP'], 'cluster-ip')),
    ...facts.of('/Pod').flatMap((manifest) => of(manifest, ['status', 'podIP'], 'pod')),
  ];
}

function rangeOf(cidr: string): AddressRange | undefined {
  const block = parseCidr(cidr);
  return 'advice' in block ? undefined : block;
}

function holds({ start, end }: AddressRange, address: bigint): boolean {
  return start <= address && address < end;
}

const privateBlocks = blocksOf('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7');

function isPrivate({ start, end }: AddressRange): boolean {
  return privateBlocks().some((block) => block.start <= start && end <= block.end);
}

/** A load balancer or node port of which the pods of a policy may see the address of a node in the place of the client's. */
function sharedService(facts: Facts, { workloads, namespace }: PolicyFacts): ServiceFacts | undefined {
  return facts
    .servicesIn(namespace)
    .find(
      (service) =>
        (service.type === 'LoadBalancer' || service.type === 'NodePort') &&
        fieldOf(service.manifest, 'spec', 'externalTrafficPolicy').value !== 'Local' &&
        service.workloads.some((workload) => workloads.includes(workload)),
    );
}
