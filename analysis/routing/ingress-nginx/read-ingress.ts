import type { Manifest } from '../../manifest';
import { isPortName, isServiceName, isSubdomain, PORT_NAME, SERVICE_NAME } from '../../manifest/names';
import { shown } from '../../manifest/value';
import { createdAt } from '../created';
import { Cursor } from '../cursor';
import { checkHost } from '../host-check';
import type { Findings } from '../problems';
import type { BackendRef, Ingress, IngressPath, IngressRule, IngressTls, PathType } from './ingress';

/**
 * Reads an Ingress with the checks of an API server. What it would refuse is reported and left out.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/service-resources/ingress-v1/
 */
export function readIngress(manifest: Manifest, findings: Findings): Ingress {
  const { namespace = 'default', name, annotations } = manifest;
  const spec = Cursor.of(manifest, findings, 'spec').mapping();
  const backend = spec.get('defaultBackend');
  const rules = spec.get('rules').items();
  if (!backend.isGiven && rules.length === 0) {
    spec.wrong('bad-shape', 'gives neither rules nor a defaultBackend; give one of them');
  }
  const className = spec.get('ingressClassName').text();
  if (className !== undefined && !isSubdomain(className)) {
    spec
      .get('ingressClassName')
      .refused('bad-class', `is ${shown(className)}; give the name of an IngressClass, in lower case`);
  }
  const annotated = annotations.get('kubernetes.io/ingress.class');
  // An API server takes both where they are the same.
  if (className !== undefined && annotated !== undefined && annotated !== className) {
    const message = `is ${shown(className)}, and the annotation kubernetes.io/ingress.class ${shown(annotated)}; give one of them`;
    spec.get('ingressClassName').wrong('bad-class', message);
  }
  return {
    manifest,
    namespace,
    name,
    key: `${namespace}/${name}`,
    className,
    created: createdAt(manifest),
    defaultBackend: backend.isGiven ? readBackend(backend) : undefined,
    rules: rules.map(readRule),
    tls: spec.get('tls').items().map(readTls),
  };
}

function readRule(item: Cursor): IngressRule {
  const rule = item.mapping();
  const host = rule.get('host');
  const text = host.text();
  const http = rule.get('http');
  if (text !== undefined && text !== '') {
    checkHost(host, text, { wildcard: true });
  }
  if (!http.isGiven) {
    return { host: text || undefined, paths: undefined, at: rule.at };
  }
  const paths = http.mapping().get('paths');
  const items = paths.items();
  if (items.length === 0) {
    paths.wrong('bad-shape', 'holds no path; give at least one, or leave out "http"');
  }
  return { host: text || undefined, paths: items.flatMap(readPath), at: rule.at };
}

function readTls(tls: Cursor): IngressTls {
  const hosts = tls.mapping().get('hosts').items();
  tls.get('secretName').text();
  return {
    hosts: hosts.flatMap((host) => {
      const text = host.text();
      if (text !== undefined) {
        checkHost(host, text, { wildcard: true });
      }
      return text ?? [];
    }),
  };
}

function readPath(item: Cursor): IngressPath[] {
  const type = item.mapping().get('pathType');
  const { value } = type;
  const field = item.get('path');
  const path = field.text() ?? '';
  const backend = item.get('backend');
  if (!backend.isGiven) {
    backend.wrong('bad-backend', 'is missing; give a service with its port');
    return [];
  }
  const read = readBackend(backend);
  if (value !== 'Exact' && value !== 'Prefix' && value !== 'ImplementationSpecific') {
    const what = value === undefined || value === null ? 'is missing' : `is ${JSON.stringify(value)}`;
    type.wrong('bad-path-type', `${what}; give Exact, Prefix or ImplementationSpecific`);
    return [];
  }
  return checkPath(field, path, value) && read !== undefined
    ? [{ path, pathType: value, backend: read, at: item.at }]
    : [];
}

function checkPath(field: Cursor, path: string, type: PathType): boolean {
  const shown = `is ${JSON.stringify(path)}`;
  if (type === 'ImplementationSpecific' && path === '') {
    return true;
  }
  if (!path.startsWith('/')) {
    field.wrong('bad-path', `${path === '' ? 'is missing' : shown}; begin it with "/"`);
    return false;
  }
  const forbidden =
    type === 'ImplementationSpecific'
      ? undefined
      : (['//', '/./', '/../', '%2f', '%2F'].find((part) => path.includes(part)) ??
        ['/..', '/.'].find((end) => path.endsWith(end)));
  if (forbidden !== undefined) {
    field.wrong('bad-path', `${shown}; a path of type ${type} holds no "${forbidden}"`);
    return false;
  }
  return true;
}

function readBackend(field: Cursor): BackendRef | undefined {
  const backend = field.mapping();
  const service = backend.get('service');
  const resource = backend.get('resource');
  if (service.isGiven === resource.isGiven) {
    backend.wrong(
      'bad-backend',
      `gives ${service.isGiven ? 'a service and a resource' : 'no service'}; give a service`,
    );
    return undefined;
  }
  if (resource.isGiven) {
    return { service: undefined, at: backend.at };
  }
  const name = service.mapping().get('name');
  const port = service.get('port').mapping();
  const number = port.get('number');
  const portName = port.get('name').text();
  const text = name.text();
  if (text === undefined || text === '') {
    name.wrong('bad-backend', 'is missing; give the name of a Service');
    return undefined;
  }
  if (!isServiceName(text)) {
    name.refused('bad-backend', `is ${shown(text)}; ${SERVICE_NAME}`);
  }
  if (portName && !isPortName(portName)) {
    port.get('name').refused('bad-backend', `is ${shown(portName)}; ${PORT_NAME}`);
  }
  if (number.isGiven === (portName !== undefined && portName !== '')) {
    port.wrong('bad-backend', number.isGiven ? 'gives a number and a name; give one' : 'gives neither number nor name');
    return undefined;
  }
  if (number.isGiven && !isPort(number.value)) {
    number.wrong('bad-backend', `is ${JSON.stringify(number.value)}; give a number from 1 to 65535`);
    return undefined;
  }
  return { service: text, port: number.isGiven ? (number.value as number) : (portName as string), at: backend.at };
}

function isPort(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 65535;
}
