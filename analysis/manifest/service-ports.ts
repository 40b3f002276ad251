import type { Path } from './manifest';
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
  const { type, ports } = isMapping(spec) ? spec : {};
  const mistakes: Mistake[] = [];
  if (!TYPES.includes(type)) {
    const message = `spec.type is ${shown(type)}; give ClusterIP, NodePort, LoadBalancer or ExternalName`;
    mistakes.push({ path: ['spec', 'type'], message });
  }
  return [...mistakes, ...(Array.isArray(ports) ? portMistakes(ports) : [])];
}

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
