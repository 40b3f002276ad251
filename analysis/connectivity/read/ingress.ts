import type { Manifest } from '../../manifest';
import { isMapping } from '../../manifest/value';
import type { Backend, IngressClass } from '../model';
import { Field, type Problems } from './field';
import { checkPortNumber } from './ports';

/**
 * Reads the ways from an Ingress to Services. A rule without paths means the default backend; a backend that is no
 * Service leads to no pod.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress/
 */
export function readIngress(manifest: Manifest, problems: Problems): readonly Backend[] {
  const spec = Field.of(manifest, problems).mappingAt('spec');
  const { namespace = 'default', name, annotations } = manifest;
  const className = spec.get('ingressClassName');
  const shared = {
    via: { kind: 'Ingress' as const, namespace, name },
    source: manifest.source,
    namespace,
    protocol: 'TCP' as const,
    className: typeof className.value === 'string' ? className.value : annotations.get('kubernetes.io/ingress.class'),
  };
  const fallback = readBackend(spec.get('defaultBackend'));
  const toDefault = (host: string | null) =>
    fallback === undefined ? [] : [{ ...shared, ...fallback, host, path: '/' }];
  const byRules = spec
    .get('rules')
    .mappings('give a mapping with host and http')
    .flatMap((rule) => {
      const host = readHost(rule.get('host'));
      const http = rule.get('http');
      return http.isGiven && http.checkMapping()
        ? http
            .get('paths')
            .mappings('give a mapping with path and backend')
            .flatMap((path) => {
              const backend = readBackend(path.get('backend'));
              return backend === undefined ? [] : [{ ...shared, ...backend, host, path: readPath(path.get('path')) }];
            })
        : toDefault(host);
    });
  return [...byRules, ...toDefault(null)];
}

function readHost(field: Field): string | null {
  if (field.isGiven && typeof field.value !== 'string') {
    field.wrong('bad-shape', 'give the name of a host');
  }
  return typeof field.value === 'string' && field.value !== '' ? field.value : null;
}

function readPath(field: Field): string {
  if (field.isGiven && typeof field.value !== 'string') {
    field.wrong('bad-shape', 'give a path such as "/"');
  }
  return typeof field.value === 'string' && field.value !== '' ? field.value : '/';
}

function readBackend(field: Field): { readonly service: string; readonly port: number | string } | undefined {
  field.checkMapping();
  const service = field.get('service');
  if (!service.isGiven || !service.checkMapping()) {
    return undefined;
  }
  const name = service.get('name');
  const port = service.mappingAt('port');
  const number = port.get('number');
  const portName = port.get('name');
  if (typeof name.value !== 'string') {
    name.wrong('bad-shape', 'give the name of a Service');
    return undefined;
  }
  if (typeof portName.value === 'string' && portName.value !== '') {
    return { service: name.value, port: portName.value };
  }
  return checkPortNumber(number) ? { service: name.value, port: number.value as number } : undefined;
}

/** Reads an IngressClass. */
export function readIngressClass({ name, annotations, object: { spec } }: Manifest): IngressClass {
  return {
    name,
    controller: isMapping(spec) && typeof spec.controller === 'string' ? spec.controller : '',
    isDefault: annotations.get('ingressclass.kubernetes.io/is-default-class') === 'true',
  };
}
