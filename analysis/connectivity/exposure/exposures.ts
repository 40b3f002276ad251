import { NONE } from '../engine/port-sets';
import type { Explainer } from '../explain';
import { type Backend, type Pod, type PodOwner, portKey, type Service, type ServicePort } from '../model';
import { peerText } from '../peer';
import { includesPort, type Port } from '../ports';
import type { Model } from '../read/read';
import type { Exposure } from '../types';
import { reason } from '../why';
import type { Controllers } from './controllers';

/** Follows every way from an Ingress or HTTPRoute over a Service to pods, and asks the policies about its last step. */
export function exposuresOf(
  { backends, services, owners, sets }: Pick<Model, 'backends' | 'services' | 'owners' | 'sets'>,
  controllers: Controllers,
  explainer: Explainer,
): readonly Exposure[] {
  const byName = new Map(services.map((service) => [`${service.namespace}/${service.name}`, service]));
  const byNamespace = new Map<string, PodOwner[]>();
  for (const owner of owners) {
    const own = byNamespace.get(owner.workload.namespace) ?? [];
    byNamespace.set(owner.workload.namespace, own);
    own.push(owner);
  }
  return backends.flatMap((backend) => {
    const service = byName.get(`${backend.namespace}/${backend.service}`);
    return service === undefined
      ? []
      : (byNamespace.get(service.namespace) ?? []).flatMap((owner) => {
          const pods = owner.pods.filter((pod) => isSelected(service, pod));
          return pods.length === 0 ? [] : [exposure(backend, service, owner, pods)];
        });
  });

  function exposure(backend: Backend, service: Service, { workload }: PodOwner, pods: readonly Pod[]): Exposure {
    const { pods: from, ...controller } = controllers.for(backend);
    const servicePort = service.ports.find(({ name, port }) => backend.port === port || backend.port === name);
    const leads = pods.flatMap((pod) => {
      const port = servicePort === undefined ? undefined : portOf(servicePort, pod);
      return port === undefined ? [] : from.map((source) => reached(source, pod, port));
    });
    const best = leads.find(({ reachable }) => reachable) ?? leads[0];
    return {
      via: backend.via,
      host: backend.host,
      path: backend.path,
      service: backend.service,
      to: workload,
      port: best?.port.port ?? null,
      protocol: servicePort?.protocol ?? 'TCP',
      controller,
      reachable: backend.refused === undefined && (best?.reachable ?? false),
      why:
        backend.refused ??
        (best === undefined
          ? leadsNowhere(backend, service, servicePort)
          : reason({ ...best, from: controller.text, to: peerText(workload), allowed: best.reachable })),
    };
  }

  function reached(source: Pod, target: Pod, port: Port) {
    const { egress, ingress, ports } = explainer.verdicts(source, target, port);
    return { egress, ingress, port, reachable: ports !== NONE && includesPort(sets.portsOf(ports), port) };
  }

  /** The port that a Service leads to at a pod: a number, or what the pod calls so. */
  function portOf({ protocol, target }: ServicePort, pod: Pod): Port | undefined {
    const port = typeof target === 'number' ? target : pod.targetPorts.get(portKey(protocol, target));
    return port === undefined ? undefined : { protocol, port };
  }
}

function isSelected({ selector }: Service, { labels }: Pod): boolean {
  return [...selector].every(([key, value]) => labels.get(key) === value);
}

function leadsNowhere({ port }: Backend, { namespace, name }: Service, found: ServicePort | undefined): string {
  return found === undefined
    ? `Service ${namespace}/${name} has no port ${port}`
    : `Service ${namespace}/${name} leads to port ${found.target}, and no container port of the pods has that name`;
}
