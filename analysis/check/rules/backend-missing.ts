import type { Manifest } from '../../manifest';
import { listIn } from '../../manifest/lists';
import { isNear } from '../../manifest/near';
import { surelyOf } from '../../routing/gateway-api/backend-kinds';
import { type BackendRef, backendRefs, type OtherRef, otherRefs, servicesByName, spareRefs } from '../facts/backends';
import type { Facts } from '../facts/facts';
import { nearestTo } from '../facts/nearest';
import { mayMeanOperated } from '../facts/operators';
import { asksForGivenLabel } from '../facts/outside';
import type { ServiceFacts } from '../facts/services';
import { defineRule, type Found, type Related } from '../rule';

/** What the findings of `backend-missing` hold. */
export interface BackendMissing {
  /** `Service`, or another kind of backends. */
  readonly kind: string;
  /** `NAMESPACE/NAME`. */
  readonly service: string;
  /**
   * What is not there: the Service or other object, the port, a port of the route's protocol, or pods behind it; or that the kind
   * takes no requests.
   */
  readonly missing: 'service' | 'port' | 'protocol' | 'pods' | 'kind';
  readonly port: number | string | undefined;
  /** What the port has to be of. */
  readonly protocol: 'TCP' | 'UDP';
  /** What is there instead: names of Services that come near, or the ports of the Service. */
  readonly candidates: readonly string[];
}

/** An Ingress or route that leads to a Service or port that is not there, or to a Service that selects nothing. */
export const rule = defineRule({
  code: 'backend-missing',
  severity: 'error',
  reads: ['Ingress', 'HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute', 'Service', 'workloads'],
  *check(facts: Facts): Generator<Found<BackendMissing>> {
    const byName = facts.once(servicesByName);
    for (const ref of [...facts.once(backendRefs), ...spareRefs(facts)]) {
      const service = byName.get(`${ref.namespace}/${ref.service}`);
      const found = service === undefined ? noService(facts, ref) : wrongService(facts, ref, service);
      if (found !== undefined) {
        yield found;
      }
    }
    for (const ref of facts.once(otherRefs)) {
      const sure = surelyOf(ref, ref.name);
      if (sure === 'no-backend') {
        yield otherFound(ref, 'kind', []);
      } else if (sure === 'object' && !othersIn(facts, ref).some(({ name }) => name === ref.name)) {
        yield noObject(facts, ref);
      }
    }
  },
});

function noService(facts: Facts, ref: BackendRef): Found<BackendMissing> {
  const around = facts.servicesIn(ref.namespace);
  const elsewhere = (facts.once(servicesOfName).get(ref.service) ?? []).filter(
    ({ namespace }) => namespace !== ref.namespace,
  );
  const near = [...around.filter(({ name }) => isNear(name, ref.service)), ...elsewhere];
  return {
    ...foundAt(
      ref,
      'service',
      near.map(({ namespace, name }) => `${namespace}/${name}`),
    ),
    // A single file of a chart names Services that stand in others.
    ...(near.length > 0 || around.length > 0 ? severityOf(ref) : { severity: 'info' }),
    related: near.slice(0, 1).map(({ manifest }) => ({ role: 'nearest', manifest, path: ['metadata', 'name'] })),
  };
}

function othersIn(facts: Facts, { group, kind, namespace }: OtherRef): readonly Manifest[] {
  return facts.of(`${group}/${kind}`).filter((one) => (one.namespace ?? 'default') === namespace);
}

/** An object of another kind that is not there; others of its kind are often made by somebody else. */
function noObject(facts: Facts, ref: OtherRef): Found<BackendMissing> {
  const near = othersIn(facts, ref).filter(({ name }) => isNear(name, ref.name));
  return {
    ...otherFound(
      ref,
      'service',
      near.map(({ name }) => `${ref.namespace}/${name}`),
    ),
    severity: near.length > 0 ? 'warning' : 'info',
    related: near.slice(0, 1).map((manifest) => ({ role: 'nearest', manifest, path: ['metadata', 'name'] })),
  };
}

function otherFound(
  { manifest, path, kind, namespace, name }: OtherRef,
  missing: 'service' | 'kind',
  candidates: readonly string[],
): Found<BackendMissing> {
  const args = {
    kind,
    service: `${namespace}/${name}`,
    missing,
    port: undefined,
    protocol: 'TCP',
    candidates,
  } as const;
  return { manifest, path: [...path, missing === 'kind' ? 'kind' : 'name'], args };
}

function wrongService(facts: Facts, ref: BackendRef, service: ServiceFacts): Found<BackendMissing> | undefined {
  const { ports, type, selector, workloads, namespace } = service;
  const related: readonly Related[] = [{ role: 'because', manifest: service.manifest, path: ['spec'] }];
  const there = ports.filter(({ port, name }) => ref.port === port || (ref.port === name && name !== undefined));
  const isServed = there.some(({ protocol }) => protocol === ref.protocol);
  if (ref.port !== undefined && type !== 'ExternalName' && !isServed) {
    const names = ports
      .filter(({ protocol }) => there.length === 0 || protocol === ref.protocol)
      .map(({ port, name }) => (name === undefined ? `${port}` : `${port} (${name})`));
    return { ...foundAt(ref, there.length === 0 ? 'port' : 'protocol', names), related };
  }
  if (selector === undefined || workloads.length > 0 || asksForGivenLabel(selector)) {
    return undefined;
  }
  const near = nearestTo(selector, facts.pods.in(namespace));
  // Where nothing comes near, the pods may be elsewhere, and the Service itself has a finding.
  return near === undefined || mayMeanOperated(facts, selector, new Set([namespace]))
    ? undefined
    : { ...foundAt(ref, 'pods', []), ...severityOf(ref), related };
}

/** Few requests come to a Service that answers while another one does not. */
function severityOf({ isSpare }: BackendRef): { readonly severity?: 'warning' } {
  return isSpare === true ? { severity: 'warning' } : {};
}

function foundAt(
  { manifest, path, namespace, service, port, protocol, isSpare }: BackendRef,
  missing: BackendMissing['missing'],
  candidates: readonly string[],
): Found<BackendMissing> {
  return {
    manifest,
    path: isSpare === true ? path : [...path, missing === 'port' || missing === 'protocol' ? 'port' : 'name'],
    args: { kind: 'Service', service: `${namespace}/${service}`, missing, port, protocol, candidates },
  };
}

/** The Services of all namespaces by their bare name, for `facts.once`. */
function servicesOfName({ services }: Facts): ReadonlyMap<string, readonly ServiceFacts[]> {
  const found = new Map<string, ServiceFacts[]>();
  for (const service of services) {
    listIn(found, service.name).push(service);
  }
  return found;
}
