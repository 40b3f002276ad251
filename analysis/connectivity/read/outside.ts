import type { Manifest } from '../../manifest';
import { parseCidr } from '../addresses';
import type { Backend, Service } from '../model';
import { Field, type Problems } from './field';

/**
 * The ways into the cluster that a Service makes by itself: one for each port of a Service of type LoadBalancer or NodePort,
 * or with external addresses.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types
 */
export function readOutside(manifest: Manifest, service: Service, problems: Problems): readonly Backend[] {
  const spec = Field.of(manifest, problems).mappingAt('spec');
  const type = spec.get('type').value;
  const externalIps = spec.get('externalIPs').items().length > 0;
  const isOpen = type === 'LoadBalancer' || type === 'NodePort';
  if (!isOpen && !(externalIps && type !== 'ExternalName')) {
    return [];
  }
  const { namespace, name } = service;
  const sources = spec.get('loadBalancerSourceRanges');
  const ranges = type === 'LoadBalancer' ? readRanges(sources) : [];
  const from = ranges.length > 0 ? ` from ${textsIn(sources).join(', ')}` : '';
  return service.ports.map(({ port, protocol }) => ({
    via: { kind: 'Service', namespace, name },
    source: manifest.source,
    outside: {
      by: [...(isOpen ? [`${type}${from}`] : []), ...(externalIps ? ['externalIPs'] : [])].join(' and '),
      // An external address knows no such ranges.
      ranges: ranges.length > 0 && !externalIps ? ranges : undefined,
      keepsClients: spec.get('externalTrafficPolicy').value === 'Local',
    },
    host: null,
    path: null,
    namespace,
    service: name,
    port,
    protocol,
  }));
}

/** The order of the list says nothing. */
function textsIn(field: Field): readonly string[] {
  return field
    .items()
    .map(({ value }) => `${value}`.trim())
    .sort();
}

function readRanges(field: Field) {
  return field.items().flatMap((item) => {
    const block =
      typeof item.value === 'string' ? parseCidr(item.value.trim()) : { advice: 'give a block of addresses' };
    if ('advice' in block) {
      item.wrong('bad-cidr', block.advice);
      return [];
    }
    return [block];
  });
}
