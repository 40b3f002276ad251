import { listIn } from '../manifest/lists';
import type { Cluster } from './cluster';
import type { AskedService } from './explanation';
import { isExternal, peerText, type Workload } from './peer';
import { includesPort, type Port } from './ports';
import type { ConnectionGroup } from './types';

/** A workload, and ports of Services that are open at it where the ports of pods to which they lead are not. */
export interface OpenInVain {
  readonly workload: Workload;
  readonly services: readonly AskedService[];
}

/**
 * Finds where policies open the number of a Service in place of that of its pods: it reads as open, and nobody gets through.
 *
 * @param connections of the cluster, one by one or many at once
 */
export function openInVain(cluster: Cluster, connections: Iterable<ConnectionGroup>): readonly OpenInVain[] {
  const leads = otherPorts(cluster);
  const found = new Map<Workload, Map<string, AskedService>>();
  for (const { from, to, ports } of leads.size === 0 ? [] : connections) {
    for (const target of ports === 'all' ? [] : to) {
      const isSuspect = ({ port, target: number }: Lead) => includesPort(ports, port) && !includesPort(ports, number);
      const source = from.find((peer) => peer !== target);
      if (isExternal(target) || source === undefined || !(leads.get(peerText(target)) ?? []).some(isSuspect)) {
        continue;
      }
      for (const service of cluster.explain(source, target).services ?? []) {
        const known = found.get(target) ?? new Map<string, AskedService>();
        found.set(target, known.set(`${service.service} ${service.port.protocol} ${service.port.port}`, service));
      }
    }
  }
  return [...found].map(([workload, services]) => ({ workload, services: [...services.values()] }));
}

interface Lead {
  readonly port: Port;
  readonly target: Port;
}

/** By workload: ports of its Services that lead to other numbers. */
function otherPorts(cluster: Cluster): ReadonlyMap<string, readonly Lead[]> {
  const found = new Map<string, Lead[]>();
  for (const { workload, ports } of cluster.services().flatMap((service) => service.leads)) {
    for (const lead of ports) {
      if (lead.port.port !== lead.target.port) {
        listIn(found, peerText(workload)).push(lead);
      }
    }
  }
  return found;
}
