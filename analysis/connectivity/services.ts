import { ServicePods } from './exposure/service-pods';
import { type PodOwner, portKey, type Service } from './model';
import type { Workload } from './peer';
import type { Port } from './ports';

/** A Service of the manifests, and where it leads. */
export interface ServiceLead {
  readonly namespace: string;
  readonly name: string;
  /** Its own ports. */
  readonly ports: readonly Port[];
  /** Why nobody knows where it leads; left out for one that selects pods by labels. */
  readonly elsewhere?: string | undefined;
  /** The workloads whose pods it selects. */
  readonly leads: readonly {
    readonly workload: Workload;
    /** To which port of the pods each port leads; left out is one whose name no pod has. */
    readonly ports: readonly { readonly port: Port; readonly target: Port }[];
  }[];
}

/** Where the Services of some manifests lead. */
export function leadsOf(services: readonly Service[], owners: readonly PodOwner[]): readonly ServiceLead[] {
  const pods = new ServicePods(owners, services);
  return services.map((service) => ({
    namespace: service.namespace,
    name: service.name,
    ports: service.ports.map(({ protocol, port }) => ({ protocol, port })),
    ...(service.elsewhere === undefined ? {} : { elsewhere: service.elsewhere }),
    leads: pods.of(service).map(({ owner, pods: selected }) => ({
      workload: owner.workload,
      ports: service.ports.flatMap(({ protocol, port, target }) => {
        const numbers = new Set(
          selected.map((pod) => (typeof target === 'number' ? target : pod.targetPorts.get(portKey(protocol, target)))),
        );
        return [...numbers]
          .filter((number): number is number => number !== undefined)
          .map((number) => ({ port: { protocol, port }, target: { protocol, port: number } }));
      }),
    })),
  }));
}
