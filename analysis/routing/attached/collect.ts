import { isWorkload } from '../../connectivity/read/owners';
import { deliveriesOf } from '../../delivery/deliveries';
import type { Manifest } from '../../manifest';
import { tellsOfRequests } from '../../manifest/request-kinds';
import { isMapping } from '../../manifest/value';
import { Endpoints } from '../endpoints';
import { GATEWAY_GROUP, type Gateway } from '../gateway-api/objects';
import type { StreamRoute } from '../gateway-api/streams';
import type { RoutingModel, WeightedBackend } from '../model';
import { nameOf } from '../problems';
import { sortedText } from '../sorted-text';
import { gatewaySettings } from './gateway';
import { type AttachedObject, attachedObject } from './object';
import { References } from './references';
import { endpointsText, isEndpoints, serviceText, tellingLabels } from './service-text';
import { targetsOf, targetsText } from './targets';

/** Kinds that are read, or that others are compared by. */
const ROUTES = new Set(['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute']);
const READ = new Set([
  ...ROUTES,
  'Gateway',
  'GatewayClass',
  'ListenerSet',
  'ReferenceGrant',
  'Ingress',
  'IngressClass',
]);

/** The fields of a Gateway that name certificates: which one is shown says nothing of where requests go. */
const CERTIFICATES: ReadonlySet<string> = new Set(['certificateRefs']);

/**
 * Everything among manifests that may change what becomes of requests in ways that are not evaluated: policies and other
 * objects for gateways and meshes, what filters name, what these name in turn, the Services to which routes lead, and what a
 * Gateway says besides.
 *
 * @param gateway that which is served; `undefined` for an ingress controller
 * @param streams the connections that it passes on
 */
export function attachedObjects(
  manifests: readonly Manifest[],
  model: RoutingModel,
  gateway: Gateway | undefined,
  streams: readonly StreamRoute[] = [],
): readonly AttachedObject[] {
  const collector = new Collector(manifests);
  collector.addPolicies(gateway);
  collector.addNamed(gateway);
  collector.addBackends(model, streams);
  collector.addNamespaces();
  collector.addDeliveries();
  return [...collector.found.values(), ...(gateway === undefined ? [] : gatewaySettings(gateway, manifests))];
}

/**
 * The policies among them, which answers name; without what is only compared, which takes most of the time.
 *
 * @param gateway that which is served; `undefined` for an ingress controller
 */
export function attachedPolicies(
  manifests: readonly Manifest[],
  gateway: Gateway | undefined,
): readonly AttachedObject[] {
  const collector = new Collector(manifests);
  collector.addPolicies(gateway);
  collector.addDeliveries();
  return [...collector.found.values()].filter(({ isPolicy }) => isPolicy);
}

class Collector {
  readonly found = new Map<Manifest, AttachedObject>();
  private readonly references: References;
  private readonly endpoints: Endpoints;
  private slices: readonly Manifest[] | undefined;

  constructor(private readonly manifests: readonly Manifest[]) {
    this.references = new References(manifests);
    this.endpoints = new Endpoints(manifests);
  }

  addPolicies(gateway: Gateway | undefined): void {
    for (const manifest of this.manifests) {
      if (READ.has(manifest.kind) && (manifest.group === GATEWAY_GROUP || manifest.group === 'networking.k8s.io')) {
        continue;
      }
      const targets = targetsOf(manifest, this.manifests);
      const isElsewhere = (target: { kind: string; namespace: string; name: string }) =>
        target.kind === 'Gateway' && gateway !== undefined && `${target.namespace}/${target.name}` !== gateway.key;
      if (targets !== undefined && !(targets.length > 0 && targets.every(isElsewhere))) {
        const why = targets.length === 0 ? 'is attached to nothing' : `is attached to ${targetsText(targets)}`;
        this.add(attachedObject(manifest, why, { targets, isPolicy: true }), manifest);
      } else if (targets === undefined && tellsOfRequests(manifest.group, manifest.kind) && !isOfPackets(manifest)) {
        const why = 'is for gateways or meshes';
        this.add(attachedObject(manifest, why, { isPolicy: true }), manifest);
      }
    }
  }

  /** What routes, the Gateway and its class, and Ingresses name. */
  addNamed(gateway: Gateway | undefined): void {
    for (const manifest of this.manifests) {
      if (ROUTES.has(manifest.kind) && manifest.group === GATEWAY_GROUP) {
        this.addAll(this.references.namedBy(manifest, filtersOf(manifest)), manifest);
        const others = this.references.namedBy(manifest, backendsOf(manifest)).filter(({ kind }) => kind !== 'Service');
        this.addAll(others, manifest);
      } else if (manifest.kind === 'Ingress' && gateway === undefined) {
        this.addAll(this.references.namedByAnnotations(manifest), manifest);
      }
    }
    if (gateway !== undefined) {
      const { manifest, className } = gateway;
      const { spec } = manifest.object;
      const declared = this.manifests.find(({ kind, name }) => kind === 'GatewayClass' && name === className);
      this.addAll(this.references.namedBy(manifest, spec, CERTIFICATES), manifest);
      this.addAll(declared === undefined ? [] : this.references.namedBy(declared, declared.object.spec), declared);
    }
  }

  /** The Services to which routes lead. */
  addBackends({ listeners }: RoutingModel, streams: readonly StreamRoute[]): void {
    const routes = new Set(listeners.flatMap(({ hosts }) => hosts.map((host) => host.routes)));
    const outcomes = [...routes].flatMap((all) => all.flatMap(({ decisions }) => decisions)).map((one) => one.outcome);
    const backends: readonly Pick<WeightedBackend, 'namespace' | 'service' | 'kind'>[] = [
      ...outcomes.flatMap((outcome) => (outcome.kind === 'backends' ? outcome.backends : [])),
      ...streams.flatMap((stream) => stream.backends),
    ];
    const names = new Set(
      backends.flatMap(({ namespace, service, kind }) => (kind === undefined ? [`${namespace}/${service}`] : [])),
    );
    for (const name of names) {
      const manifest = this.references.find('Service', ...(name.split('/') as [string, string]));
      if (manifest?.group === '') {
        this.found.set(manifest, this.serviceObject(manifest, 'requests go to', true));
      }
    }
  }

  /** Namespaces with labels that tell a mesh something. */
  addNamespaces(): void {
    for (const manifest of this.manifests) {
      const labels = manifest.kind === 'Namespace' ? tellingLabels(manifest.labels) : {};
      if (Object.keys(labels).length > 0) {
        const named = { ...attachedObject(manifest, 'a mesh looks at', { text: sortedText(labels) }) };
        this.found.set(manifest, { ...named, name: `Namespace ${manifest.name}` });
      }
    }
  }

  /**
   * What moves the weights of routes in steps: answers are of the time before the first, so that two sides may answer alike and
   * go other ways.
   */
  addDeliveries(): void {
    for (const { manifest, plan } of deliveriesOf(this.manifests)) {
      if (plan !== undefined) {
        this.found.set(manifest, attachedObject(manifest, 'moves requests in steps', { text: sortedText(plan) }));
      }
    }
  }

  private addAll(named: readonly Manifest[], by: Manifest | undefined): void {
    for (const manifest of named) {
      const isRead = READ.has(manifest.kind) || manifest.kind === 'Namespace' || isWorkload(manifest);
      if (!isRead && !this.found.has(manifest) && by !== undefined) {
        const why = `is named by ${nameOf(by)}`;
        const isService = manifest.kind === 'Service' && manifest.group === '';
        this.add(isService ? this.serviceObject(manifest, why, false) : attachedObject(manifest, why), manifest);
      }
    }
  }

  /** A Service, and whether pods stand behind it. */
  private serviceObject(manifest: Manifest, why: string, isBackend: boolean): AttachedObject {
    const { spec } = manifest.object;
    const ports = isMapping(spec) && Array.isArray(spec.ports) ? spec.ports.filter(isMapping) : [];
    const key = `${manifest.namespace ?? 'default'}/${manifest.name}`;
    const lacks = ports.flatMap(({ port }) => this.endpoints.lackOf(key, Number(port))?.why ?? []);
    this.slices ??= this.manifests.filter(isEndpoints);
    const text = [serviceText(manifest), ...endpointsText(manifest, this.slices), ...lacks].join('\n');
    return attachedObject(manifest, why, { text, isBackend });
  }

  /** Adds an object, and all that it names. */
  private add(object: AttachedObject, manifest: Manifest): void {
    this.found.set(manifest, object);
    if (manifest.kind !== 'Service' && manifest.kind !== 'Secret' && manifest.kind !== 'ConfigMap') {
      const { metadata: _, status: __, ...rest } = manifest.object;
      this.addAll(this.references.namedBy(manifest, rest), manifest);
    }
  }
}

/** Policies for connections, which are evaluated or named where connections are asked about. */
function isOfPackets({ kind }: Manifest): boolean {
  return kind.endsWith('NetworkPolicy');
}

function rulesOf({ object: { spec } }: Manifest): readonly Readonly<Record<string, unknown>>[] {
  const rules = isMapping(spec) ? spec.rules : undefined;
  return (Array.isArray(rules) ? rules : []).filter(isMapping);
}

function backendsOf(manifest: Manifest): readonly Readonly<Record<string, unknown>>[] {
  return rulesOf(manifest)
    .flatMap(({ backendRefs }) => (Array.isArray(backendRefs) ? backendRefs : []))
    .filter(isMapping);
}

function filtersOf(manifest: Manifest): readonly unknown[] {
  return [...rulesOf(manifest), ...backendsOf(manifest)].map(({ filters }) => filters);
}
