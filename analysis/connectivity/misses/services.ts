import { listIn } from '../../manifest/lists';
import { type Pod, portKey, type Service } from '../model';
import { includesPort, type Port, type Ports } from '../ports';

/** The port of a Service, and the port of its pods to which it leads. */
export interface ServicePortRef {
  /** `namespace/name`. */
  readonly service: string;
  readonly port: Port;
  readonly target: Port;
}

/** Tells ports of Services from ports of pods: a policy knows only the latter. */
export class ServicePorts {
  private readonly byNamespace = new Map<string, Service[]>();

  constructor(services: readonly Service[]) {
    for (const service of services) {
      if (service.selector.size > 0) {
        listIn(this.byNamespace, service.namespace).push(service);
      }
    }
  }

  /** Where Services of a pod lead that have this port; empty where the number is one of the pod's own as well. */
  asked(pod: Pod, asked: Port): readonly ServicePortRef[] {
    const all = this.of(pod);
    const isOwn = pod.listens.has(`${asked.protocol}/${asked.port}`) || all.some(({ target }) => isSame(target, asked));
    return isOwn ? [] : all.filter(({ port }) => isSame(port, asked));
  }

  /** Ports of Services of a pod that are open, and where they lead is not, and that the pod has not itself. */
  openInVain(pod: Pod, open: Ports): readonly ServicePortRef[] {
    return open === 'all'
      ? []
      : this.of(pod).filter(
          ({ port, target }) =>
            includesPort(open, port) && !includesPort(open, target) && this.asked(pod, port).length > 0,
        );
  }

  /** A port of a Service among some that leads to this port of a pod, which has another number. */
  leadingTo(pod: Pod, wanted: Port, among: Ports): ServicePortRef | undefined {
    return this.of(pod).find(
      ({ port, target }) => isSame(target, wanted) && !isSame(port, wanted) && includesPort(among, port),
    );
  }

  private of(pod: Pod): readonly ServicePortRef[] {
    return (this.byNamespace.get(pod.namespace) ?? [])
      .filter(({ selector }) => [...selector].every(([key, value]) => pod.labels.get(key) === value))
      .flatMap(({ namespace, name, ports }) =>
        ports.flatMap(({ port, protocol, target }) => {
          const number = typeof target === 'number' ? target : pod.targetPorts.get(portKey(protocol, target));
          return number === undefined
            ? []
            : [
                {
                  service: `${namespace}/${name}`,
                  port: { protocol, port },
                  target: { protocol, port: number },
                },
              ];
        }),
      );
  }
}

function isSame(a: Port, b: Port): boolean {
  return a.protocol === b.protocol && a.port === b.port;
}
