import type { Pod, PodOwner, Policy } from '../model';
import type { OrderedPolicy } from '../tiers';
import { keysOf } from './peer-groups';
import type { PortSet } from './port-sets';

/** Pods without repetitions, and what each owner has of them. */
export interface Archetypes {
  readonly pods: readonly Pod[];
  /** By owner: its pods, as places in `pods`, in ascending order. */
  readonly ofOwner: readonly (readonly number[])[];
}

/** Leaves of every pod what policies ask for, and of pods that are then the same, one. */
export function archetypesOf(
  owners: readonly PodOwner[],
  policies: readonly Policy[],
  ordered: readonly OrderedPolicy[],
): Archetypes {
  const labelKeys = keysOf(policies, ordered).pods;
  const portKeys = new Set<string>();
  for (const { ingress = [], egress = [] } of [...policies, ...ordered]) {
    for (const { ports } of [...ingress, ...egress]) {
      for (const name of ports.names) {
        portKeys.add(name);
      }
    }
  }
  const pods: Pod[] = [];
  const ids = new Map<string, number>();
  const ofOwner = owners.map((owner) => {
    const own = new Set<number>();
    for (const pod of owner.pods) {
      const namedPorts = pod.onNode ? [] : [...pod.namedPorts].filter(([key]) => portKeys.has(key)).sort();
      const key = keyOf(pod, labelKeys, namedPorts);
      let id = ids.get(key);
      if (id === undefined) {
        id = pods.push({ ...pod, namedPorts: new Map(namedPorts) }) - 1;
        ids.set(key, id);
      }
      own.add(id);
    }
    return [...own].sort((a, b) => a - b);
  });
  return { pods, ofOwner };
}

function keyOf(
  { namespace, labels, onNode, held }: Pod,
  labelKeys: ReadonlySet<string>,
  namedPorts: readonly [string, PortSet][],
): string {
  const place = held === undefined ? '' : ` ${held.id}`;
  if (onNode) {
    return `node${place}`;
  }
  // Neither names nor labels hold a space or a line end.
  let key = `${namespace}${place}\n`;
  for (const [label, value] of [...labels].filter(([name]) => labelKeys.has(name)).sort()) {
    key += `${label} ${value}\n`;
  }
  for (const [name, ports] of namedPorts) {
    key += `${name} ${ports} named\n`;
  }
  return key;
}
