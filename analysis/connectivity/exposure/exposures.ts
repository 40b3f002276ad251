import { NONE } from '../engine/port-sets';
import type { Explainer } from '../explain';
import { type Backend, type Pod, portKey, type Service, type ServicePort } from '../model';
import { peerText } from '../peer';
import { includesPort, type Port } from '../ports';
import type { Model } from '../read/read';
import type { Exposure } from '../types';
import { reason } from '../why';
import type { Controllers } from './controllers';
import { type Selected, ServicePods } from './service-pods';

/** Follows every way from an Ingress or HTTPRoute over a Service to pods, and asks the policies about its last step. */
export function exposuresOf(
  { backends, services, owners, sets }: Pick<Model, 'backends' | 'services' | 'owners' | 'sets'>,
  controllers: Controllers,
  explainer: Explainer,
): readonly Exposure[] {
  const byName = new Map(services.map((service) => [`${service.namespace}/${service.name}`, service]));
  const pods = new ServicePods(owners, services);
  return backends.flatMap((backend) => {
    const service = byName.get(`${backend.namespace}/${backend.service}`);
    return service === undefined ? [] : pods.of(service).map((selected) => exposure(backend, service, selected));
  });

  function exposure(backend: Backend, service: Service, { owner: { workload }, pods }: Selected): Exposure {
    const { pods: from, ...controller } = controllers.for(backend);
    // A number may stand for several protocols, of which requests come by TCP.
    const fitting = service.ports.filter(({ name, port }) => backend.port === port || backend.port === name);
    const servicePort = fitting.find(({ protocol }) => protocol === 'TCP') ?? fitting[0];
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

function leadsNowhere({ port }: Backend, { namespace, name }: Service, found: ServicePort | undefined): string {
  return found === undefined
    ? `Service ${namespace}/${name} has no port ${port}`
    : `Service ${namespace}/${name} leads to port ${found.target}, and no container port of the pods has that name`;
}
