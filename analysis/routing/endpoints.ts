import { PortSets } from '../connectivity/engine/port-sets';
import { type Selected, ServicePods } from '../connectivity/exposure/service-pods';
import { type PodOwner, portKey, type Service, type ServicePort } from '../connectivity/model';
import { peerText, type Workload } from '../connectivity/peer';
import { isOperated, type OperatorPods, operatorPods } from '../connectivity/read/operators';
import { isWorkload } from '../connectivity/read/owners';
import { readService } from '../connectivity/read/service';
import { readWorkloads, workloadKey } from '../connectivity/read/workloads';
import type { Manifest } from '../manifest';
import { isMapping } from '../manifest/value';

/** What keeps requests from the pods behind a Service. */
export interface Lack {
  /** Whether there is no pod to go to: requests are answered 503. If not, something may still bring pods. */
  readonly isSure: boolean;
  /** In words, e.g. `Service shop/web selects no pod of the manifests (app=wbe)`. */
  readonly why: string;
  /** What else may be so, as a note of the answer; left out for nothing. */
  readonly note?: string;
}

/** The status of requests to a Service without endpoints, for ingress-nginx and for Gateways. */
export const NO_ENDPOINTS = 503;

/**
 * Says of Services whether pods stand behind them. Where no workload of a Service's namespace is among the manifests, its
 * pods are taken as there: they are kept elsewhere.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule
 */
export class Endpoints {
  private readonly known = new Map<string, Lack | undefined>();
  private read: Read | undefined;

  constructor(private readonly manifests: readonly Manifest[]) {}

  /**
   * Why requests to a port of a Service reach no pod; `undefined` where they do, as far as can be seen.
   *
   * @param key `namespace/name`
   * @param port its number
   */
  lackOf(key: string, port: number): Lack | undefined {
    const id = `${key}:${port}`;
    if (!this.known.has(id)) {
      this.read ??= readAll(this.manifests);
      this.known.set(id, lackOf(this.read, key, port));
    }
    return this.known.get(id);
  }

  /** The workloads whose pods a Service selects, in words; none where it selects none or leads elsewhere. */
  workloadsOf(key: string): readonly string[] {
    this.read ??= readAll(this.manifests);
    const service = this.read.services.get(key);
    return service === undefined ? [] : this.read.pods.of(service).map(({ owner }) => peerText(owner.workload));
  }
}

/** Whether a manifest tells something of the pods behind Services: whoever compares routes gives all of these. */
export function tellsOfEndpoints(manifest: Manifest): boolean {
  return isWorkload(manifest) || isOperated(manifest) || scaled(manifest) !== undefined;
}

interface Read {
  /** Those whose namespace has workloads. */
  readonly services: ReadonlyMap<string, Service>;
  readonly pods: ServicePods;
  /** The workloads without replicas, by their keys, with what scales them. */
  readonly empty: ReadonlyMap<string, string | undefined>;
  readonly operated: readonly OperatorPods[];
}

function readAll(manifests: readonly Manifest[]): Read {
  // What is wrong with these is for who asks for connections.
  const owners: readonly PodOwner[] = readWorkloads(
    manifests,
    { sets: new PortSets(), hostIsNode: false, unnumbered: [] },
    [],
  );
  const namespaces = new Set(owners.map(({ workload }) => workload.namespace));
  // Nothing is said of Services whose namespace has no workload.
  const services = manifests
    .filter(({ kind, group, namespace = 'default' }) => kind === 'Service' && group === '' && namespaces.has(namespace))
    .map((manifest) => readService(manifest, []));
  return {
    services: new Map(services.map((service) => [`${service.namespace}/${service.name}`, service])),
    pods: new ServicePods(owners, services),
    empty: emptyOf(manifests),
    operated: manifests.filter(isOperated).map(operatorPods),
  };
}

function lackOf({ services, pods, empty, operated }: Read, key: string, wanted: number): Lack | undefined {
  const service = services.get(key);
  if (service === undefined || service.elsewhere !== undefined) {
    return undefined;
  }
  const selected = pods.of(service);
  if (selected.length === 0) {
    return selectsNothing(service, key, operated);
  }
  const running = selected.filter(({ owner }) => !empty.has(workloadKey(owner.workload)));
  if (running.length === 0) {
    return scaledToNothing(selected, key, empty);
  }
  const port = service.ports.find(({ port: number, protocol }) => number === wanted && protocol === 'TCP');
  const isNamed = port !== undefined && typeof port.target === 'string';
  return isNamed && !running.some((one) => hasPort(one, port)) ? unknownPort(running, key, port) : undefined;
}

function selectsNothing(service: Service, key: string, operated: readonly OperatorPods[]): Lack {
  const { namespace, selector } = service;
  const labels = [...selector].map(([name, value]) => `${name}=${value}`).join(', ');
  const why = `Service ${key} selects no pod of the manifests (${labels})`;
  const maker = operated.find(
    (one) =>
      one.namespace === namespace && [...selector].every(([name, value]) => (one.labels.get(name) ?? value) === value),
  );
  if (maker !== undefined) {
    const { kind, name } = maker.manifest;
    return { isSure: false, why: `${why}; the operator of ${kind} ${namespace}/${name} may make such pods` };
  }
  return {
    isSure: true,
    why,
    note: `it cannot be said whether pods that are not among the manifests have the labels: ${why}`,
  };
}

function scaledToNothing(
  selected: readonly Selected[],
  key: string,
  empty: ReadonlyMap<string, string | undefined>,
): Lack {
  const names = selected.map(({ owner }) => nameOf(owner.workload)).join(', ');
  const why = `Service ${key} leads to ${names}, with replicas: 0`;
  const scaler = selected.flatMap(({ owner }) => empty.get(workloadKey(owner.workload)) ?? [])[0];
  return scaler === undefined ? { isSure: true, why } : { isSure: false, why: `${why}, which ${scaler} may change` };
}

function hasPort({ pods }: Selected, { protocol, target }: ServicePort): boolean {
  return pods.some((pod) => pod.targetPorts.has(portKey(protocol, String(target))));
}

function unknownPort(running: readonly Selected[], key: string, { port, target }: ServicePort): Lack {
  const names = running.map(({ owner }) => nameOf(owner.workload)).join(', ');
  return {
    isSure: true,
    why: `port ${port} of Service ${key} leads to the port ${JSON.stringify(target)}, which no container of ${names} has`,
  };
}

function nameOf({ kind, namespace, name }: Workload): string {
  return `${kind} ${namespace}/${name}`;
}

/** The workloads with `replicas: 0`, and what may give them some. */
function emptyOf(manifests: readonly Manifest[]): ReadonlyMap<string, string | undefined> {
  const scalers = new Map<string, string>();
  for (const manifest of manifests) {
    const target = scaled(manifest);
    if (target !== undefined) {
      scalers.set(target, `${manifest.kind} ${manifest.namespace ?? 'default'}/${manifest.name}`);
    }
  }
  const isEmpty = ({ object: { spec } }: Manifest) => isMapping(spec) && spec.replicas === 0;
  const empty = manifests.filter((manifest) => isWorkload(manifest) && isEmpty(manifest));
  return new Map(empty.map((one) => [workloadKey(one), scalers.get(workloadKey(one))]));
}

/** The key of the workload that a HorizontalPodAutoscaler, a ScaledObject and the like scale. */
function scaled({ namespace, object: { spec } }: Manifest): string | undefined {
  const target = isMapping(spec) ? spec.scaleTargetRef : undefined;
  if (!isMapping(target) || typeof target.name !== 'string') {
    return undefined;
  }
  const kind = typeof target.kind === 'string' ? target.kind : 'Deployment';
  return workloadKey({ namespace, kind, name: target.name });
}
