import type { Manifest } from '../../manifest';
import { serviceMistakes } from '../../manifest/service-ports';
import type { Service, ServicePort } from '../model';
import { Field, type Problems } from './field';
import { readLabels } from './labels';
import { checkPortName, checkPortNumber, readServedProtocol } from './ports';

/**
 * Reads a Service.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/
 */
export function readService(manifest: Manifest, problems: Problems): Service {
  const spec = Field.of(manifest, problems).mappingAt('spec');
  const selector = readLabels(spec.get('selector'));
  const ports = spec
    .get('ports')
    .mappings('give a mapping with port')
    .flatMap((port) => readPort(port));
  for (const { path, message, isTolerable } of serviceMistakes(manifest.object.spec)) {
    Field.at(manifest, problems, path).report('bad-service', message, isTolerable ? 'tolerable' : 'error');
  }
  const isExternal = spec.get('type').value === 'ExternalName';
  const elsewhere = isExternal
    ? `leads to the name ${spec.get('externalName').value}`
    : selector.size === 0
      ? 'has no selector; its endpoints are not in the manifests'
      : undefined;
  const { namespace = 'default', name } = manifest;
  return { namespace, name, selector: isExternal ? new Map() : selector, ports, ...(elsewhere && { elsewhere }) };
}

function readPort(field: Field): ServicePort[] {
  const protocol = readServedProtocol(field.get('protocol'));
  const port = field.get('port');
  const target = field.get('targetPort');
  const name = field.get('name').value;
  if (!checkPortNumber(port)) {
    return [];
  }
  const isText = typeof target.value === 'string' && target.value !== '';
  // An API server takes 0 and the empty text for a target that was left out.
  const isGiven = target.isGiven && target.value !== 0 && target.value !== '';
  if (isGiven && !(isText ? checkPortName(target) : checkPortNumber(target))) {
    return [];
  }
  return [
    {
      name: typeof name === 'string' ? name : undefined,
      port: port.value as number,
      protocol,
      target: (isGiven ? target.value : port.value) as number | string,
    },
  ];
}
