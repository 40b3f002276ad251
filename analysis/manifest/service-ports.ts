import type { Path } from './manifest';
import { isDnsLabel } from './names';
import { isMapping, shown } from './value';

/** Something that an API server refuses. */
export interface Mistake {
  readonly path: Path;
  /** With the place, the value and what would be right. */
  readonly message: string;
  /** Whether the Service can be understood all the same. */
  readonly isTolerable?: boolean;
}

const TYPES: readonly unknown[] = [undefined, null, '', 'ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'];

/**
 * What an API server refuses of the type and the ports of a Service, beyond the form of each value by itself: whatever asks
 * for a port by its name or number has to find one.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/
 */
export function serviceMistakes(spec: unknown): readonly Mistake[] {
  const { type, ports, clusterIP } = isMapping(spec) ? spec : {};
  const mistakes: Mistake[] = [];
  const refused = (field: string, message: string) =>
    mistakes.push({ path: ['spec', field], message: `spec.${field} ${message}`, isTolerable: true });
  if (type === 'ExternalName') {
    if (!isMapping(spec) || typeof spec.externalName !== 'string' || spec.externalName === '') {
      refused('externalName', 'is missing; give the name that this Service stands for');
    }
  } else if (clusterIP !== 'None' && (ports === undefined || ports === null || isEmpty(ports))) {
    refused('ports', `${isEmpty(ports) ? 'is empty' : 'is missing'}; give at least one, or clusterIP: None`);
  }
  if (typeof clusterIP !== 'string' ? clusterIP !== undefined && clusterIP !== null : !isAddress(clusterIP)) {
    refused('clusterIP', `is ${shown(clusterIP)}; give an address, None, or nothing`);
  }
  if (!TYPES.includes(type)) {
    const message = `spec.type is ${shown(type)}; give ClusterIP, NodePort, LoadBalancer or ExternalName`;
    mistakes.push({ path: ['spec', 'type'], message });
  }
  const hasNodePorts = type === 'NodePort' || type === 'LoadBalancer';
  return [
    ...mistakes,
    ...(Array.isArray(ports) ? [...portMistakes(ports), ...valueMistakes(ports, hasNodePorts)] : []),
  ];
}

function isEmpty(ports: unknown): boolean {
  return Array.isArray(ports) && ports.length === 0;
}

function isAddress(text: string): boolean {
  return text === '' || text === 'None' || /^\d+(\.\d+){3}$/.test(text) || /^[0-9a-f:.]*:[0-9a-f:.]*$/i.test(text);
}

/** What is wrong with ports by themselves. */
function valueMistakes(ports: readonly unknown[], hasNodePorts: boolean): readonly Mistake[] {
  return ports.flatMap((value, index): Mistake[] => {
    const { name, nodePort } = isMapping(value) ? value : {};
    const at = (field: string, message: string): Mistake => ({
      path: ['spec', 'ports', index, field],
      message: `spec.ports[${index}].${field} is ${message}`,
      isTolerable: true,
    });
    const isNamed = name !== undefined && name !== null && name !== '';
    return [
      ...(isNamed && !(typeof name === 'string' && isDnsLabel(name)) ? [at('name', `${shown(name)}; ${NAME}`)] : []),
      ...(nodePort && !hasNodePorts
        ? [at('nodePort', `${shown(nodePort)}; leave it out, or give type: NodePort`)]
        : []),
    ];
  });
}

const NAME = 'use 1 to 63 lower-case letters, digits and "-", with a letter or digit at both ends';

function portMistakes(ports: readonly unknown[]): readonly Mistake[] {
  const [names, numbers] = [new Map<string, number>(), new Map<string, number>()];
  return ports.flatMap((value, index): Mistake[] => {
    const { name, port, protocol } = isMapping(value) ? value : {};
    const path = ['spec', 'ports', index];
    const place = `spec.ports[${index}]`;
    const number = `${protocol || 'TCP'} ${port}`;
    const [sameName, sameNumber] = [names.get(String(name)), numbers.get(number)];
    const isNamed = typeof name === 'string' && name !== '';
    if (isNamed) {
      names.set(name, sameName ?? index);
    }
    numbers.set(number, sameNumber ?? index);
    if (!isNamed && ports.length > 1) {
      const message = `${place}.name is missing; with several ports, give each a name`;
      return [{ path: [...path, 'name'], message, isTolerable: true }];
    }
    if (isNamed && sameName !== undefined) {
      const message = `${place}.name is ${shown(name)}, and so is that of spec.ports[${sameName}]; give each its own`;
      return [{ path: [...path, 'name'], message }];
    }
    return sameNumber === undefined
      ? []
      : [{ path, message: `${place} is ${number}, and so is spec.ports[${sameNumber}]; leave one out` }];
  });
}
