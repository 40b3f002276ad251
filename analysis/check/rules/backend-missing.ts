import { listIn } from '../../manifest/lists';
import { isNear } from '../../manifest/near';
import { type BackendRef, backendRefs, servicesByName } from '../facts/backends';
import type { Facts } from '../facts/facts';
import { nearestTo } from '../facts/nearest';
import { mayMeanOperated } from '../facts/operators';
import { asksForGivenLabel } from '../facts/outside';
import type { ServiceFacts } from '../facts/services';
import { defineRule, type Found, type Related } from '../rule';

/** What the findings of `backend-missing` hold. */
export interface BackendMissing {
  /** `NAMESPACE/NAME`. */
  readonly service: string;
  /** What is not there: the Service, the port, a port of the route's protocol, or pods behind it. */
  readonly missing: 'service' | 'port' | 'protocol' | 'pods';
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
    for (const ref of facts.once(backendRefs)) {
      const service = byName.get(`${ref.namespace}/${ref.service}`);
      const found = service === undefined ? noService(facts, ref) : wrongService(facts, ref, service);
      if (found !== undefined) {
        yield found;
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
    ...(near.length > 0 || around.length > 0 ? {} : { severity: 'info' }),
    related: near.slice(0, 1).map(({ manifest }) => ({ role: 'nearest', manifest, path: ['metadata', 'name'] })),
  };
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
    : { ...foundAt(ref, 'pods', []), related };
}

function foundAt(
  { manifest, path, namespace, service, port, protocol }: BackendRef,
  missing: BackendMissing['missing'],
  candidates: readonly string[],
): Found<BackendMissing> {
  return {
    manifest,
    path: [...path, missing === 'port' || missing === 'protocol' ? 'port' : 'name'],
    args: { service: `${namespace}/${service}`, missing, port, protocol, candidates },
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
