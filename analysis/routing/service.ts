import type { Manifest } from '../manifest';
import { serviceMistakes } from '../manifest/service-ports';
import { isMapping, shown } from '../manifest/value';
import { Cursor } from './cursor';
import type { Findings } from './problems';

/** A Service as far as routes lead to it. */
export interface Service {
  readonly ports: readonly ServicePort[];
  readonly isExternal: boolean;
}

export interface ServicePort {
  readonly name: string | undefined;
  readonly port: number;
  readonly target: string;
  /** Whether the target is a number, not the name of a port of the pods. */
  readonly hasNumber: boolean;
  readonly isTcp: boolean;
}

/** The Services of some manifests, by `namespace/name`. What an API server refuses of them is reported. */
export function servicesOf(manifests: readonly Manifest[], findings: Findings): ReadonlyMap<string, Service> {
  const services = new Map<string, Service>();
  for (const manifest of manifests) {
    if (manifest.kind === 'Service' && manifest.group === '') {
      services.set(`${manifest.namespace ?? 'default'}/${manifest.name}`, serviceOf(manifest));
      checkPorts(Cursor.of(manifest, findings, 'spec').mapping().get('ports'));
      for (const { path, message, isTolerable } of serviceMistakes(manifest.object.spec)) {
        findings[isTolerable ? 'tolerable' : 'problem'](manifest, path, 'bad-service', message);
      }
    }
  }
  return services;
}

/** Reports ports that are none: a route that leads to them would be told to lead nowhere, as if there were no mistake. */
function checkPorts(ports: Cursor): void {
  for (const item of ports.items()) {
    const { port, targetPort } = isMapping(item.value) ? item.value : {};
    if (!isMapping(item.value)) {
      item.wrong('bad-shape', `is ${shown(item.value)}; give a mapping with port`);
    } else if (!isPort(port)) {
      item.get('port').wrong('bad-service', `is ${shown(port)}; give an integer from 1 to 65535`);
    } else if (targetPort && typeof targetPort !== 'string' && !isPort(targetPort)) {
      item
        .get('targetPort')
        .wrong('bad-service', `is ${shown(targetPort)}; give an integer from 1 to 65535, or a name`);
    }
  }
}

function isPort(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 65535;
}

/** What is said of a Service that is taken as there. */
export function assumedNote(key: string): string {
  return `Service ${key} is not among the manifests; it is taken as there, with the port that is asked for`;
}

/** Which Services, and backends of other kinds, are taken as there though they are not among the manifests: `KIND NAMESPACE/NAME`. */
export type Assumption = (object: string) => boolean;

/** All of them, none, or some. */
export function assumptionOf(assumed: boolean | ReadonlySet<string>): Assumption {
  return typeof assumed === 'boolean' ? () => assumed : (object) => assumed.has(object);
}

/** Why a Service has not the port that was asked for. */
export function noPort(key: string, wanted: number | string, { ports }: Service): string {
  const known = ports.map(({ name, port }) => (name === undefined ? port : `${port} (${name})`));
  return `Service ${key} has no port ${wanted}${known.length === 0 ? '' : `; it has ${known.join(', ')}`}`;
}

function serviceOf({ object: { spec } }: Manifest): Service {
  const { ports, type } = isMapping(spec) ? spec : {};
  return {
    isExternal: type === 'ExternalName',
    ports: (Array.isArray(ports) ? ports : []).flatMap((port) => (isMapping(port) ? portOf(port) : [])),
  };
}

function portOf({ name, port, targetPort, protocol }: Readonly<Record<string, unknown>>): ServicePort[] {
  if (typeof port !== 'number') {
    return [];
  }
  const isText = typeof targetPort === 'string' && targetPort !== '';
  const target = isText || (typeof targetPort === 'number' && targetPort > 0) ? String(targetPort) : String(port);
  return [
    {
      name: typeof name === 'string' && name !== '' ? name : undefined,
      port,
      target,
      hasNumber: !isText,
      isTcp: protocol === undefined || protocol === null || protocol === 'TCP',
    },
  ];
}
