import type { Explainer } from '../explain';
import { type Backend, type Pod, portKey, type Service, type ServicePort } from '../model';
import { peerText } from '../peer';
import type { Port } from '../ports';
import type { Model } from '../read/read';
import type { Exposure } from '../types';
import type { Controllers } from './controllers';
import type { Entrance } from './entrances';
import { Reach, type Reached } from './reach';
import { type Selected, ServicePods } from './service-pods';

/**
 * Follows every way into the cluster over a Service to pods, and asks the policies about its last step.
 *
 * @param attached only ways that are taken, and that may go to their Service
 */
export function exposuresOf(
  {
    backends,
    services,
    owners,
    sets,
    ofProxies,
  }: Pick<Model, 'backends' | 'services' | 'owners' | 'sets' | 'ofProxies'>,
  controllers: Controllers,
  explainer: Explainer,
  attached = false,
): readonly Exposure[] {
  const byName = new Map(services.map((service) => [`${service.namespace}/${service.name}`, service]));
  const pods = new ServicePods(owners, services);
  const reach = new Reach(explainer, sets, ofProxies);
  const asked = attached ? backends.filter(({ refused }) => refused === undefined) : backends;
  return asked.flatMap((backend) => {
    const entrance = controllers.for(backend);
    const service = byName.get(`${backend.namespace}/${backend.service}`);
    if (service === undefined) {
      return [nowhere(backend, entrance, missingService(backend.namespace, backend.service))];
    }
    const selected = pods.of(service);
    return selected.length === 0
      ? [nowhere(backend, entrance, selectsNothing(service), service)]
      : selected.map((one) => exposure(backend, entrance, service, one));
  });

  function exposure(backend: Backend, entrance: Entrance, service: Service, { owner, pods: own }: Selected): Exposure {
    const { workload } = owner;
    const servicePort = servicePortOf(backend, service);
    const leads = own.flatMap((pod) => {
      const port = servicePort === undefined ? undefined : portOf(servicePort, pod);
      return port === undefined ? [] : [{ port, ...reach.ask(entrance, pod, port, peerText(workload)) }];
    });
    const best: (Reached & { readonly port: Port }) | undefined =
      leads.find(({ reachable }) => reachable) ?? leads.find(({ reachable }) => reachable === null) ?? leads[0];
    const way = best ?? { reachable: false, why: leadsNowhere(backend, service, servicePort) };
    return rowOf(backend, entrance, { ...way, to: workload, port: best?.port.port ?? null }, servicePort);
  }
}

function rowOf(
  backend: Backend,
  { from: _, ...controller }: Entrance,
  { to, port, reachable, why }: Pick<Exposure, 'to' | 'port' | 'reachable' | 'why'>,
  found: ServicePort | undefined,
): Exposure {
  const { via, host, path, service, refused, unsure } = backend;
  // What the policies close is closed, whoever serves it.
  const isUnsure = unsure !== undefined && reachable !== false;
  const asked = typeof backend.port === 'object' ? backend.port.target : backend.port;
  return {
    via,
    host,
    path,
    service,
    servicePort: found === undefined || typeof asked === 'string' ? (asked ?? null) : found.port,
    to,
    port,
    protocol: found?.protocol ?? backend.protocol,
    controller,
    reachable: refused !== undefined ? false : isUnsure ? null : reachable,
    why: refused ?? (isUnsure ? unsure : why),
  };
}

/** Why a way leads to no pod whose Service may be in other manifests. */
export function missingService(namespace: string, name: string): string {
  return `Service ${namespace}/${name} is not among the manifests`;
}

/** A way that leads to no pod of the manifests. */
function nowhere(backend: Backend, entrance: Entrance, why: string, service?: Service): Exposure {
  // Where its endpoints are somebody else's business, they may be anywhere; so may those of a Service that other manifests have.
  const reachable = service !== undefined && service.elsewhere === undefined ? false : null;
  const port = service && servicePortOf(backend, service);
  return rowOf(backend, entrance, { to: null, port: null, reachable, why }, port);
}

function selectsNothing({ namespace, name, selector, elsewhere }: Service): string {
  const labels = [...selector].map(([key, value]) => `${key}=${value}`).join(', ');
  return `Service ${namespace}/${name} ${elsewhere ?? `selects no pod of the manifests (${labels})`}`;
}

/** The port of a Service that a way asks for. A number may stand for several protocols, of which only one is meant. */
function servicePortOf({ port, protocol }: Backend, { ports }: Service): ServicePort | undefined {
  const fitting = ports.filter(
    (one) =>
      port === undefined ||
      (typeof port === 'object' ? one.target === port.target : port === one.port || port === one.name),
  );
  return fitting.find((one) => one.protocol === protocol);
}

/** The port that a Service leads to at a pod: a number, or what the pod calls so. */
function portOf({ protocol, target }: ServicePort, pod: Pod): Port | undefined {
  const port = typeof target === 'number' ? target : pod.targetPorts.get(portKey(protocol, target));
  return port === undefined ? undefined : { protocol, port };
}

function leadsNowhere(backend: Backend, service: Service, found: ServicePort | undefined): string {
  const { port, protocol } = backend;
  const { namespace, name, ports } = service;
  const asked = typeof port === 'object' ? `that leads to ${port.target}` : (port ?? 'at all');
  const other = ports.find((one) => servicePortOf({ ...backend, protocol: one.protocol }, service) === one);
  return found === undefined
    ? `Service ${namespace}/${name} has no port ${asked}${other === undefined ? '' : ` of ${protocol}, only of ${other.protocol}`}`
    : `Service ${namespace}/${name} leads to port ${found.target}, and no container port of the pods has that name`;
}
