import type { Manifest, Problem } from './manifest';
import { isDnsLabel, isPortName, PORT_NAME } from './names';
import { isMapping, shown } from './value';

/**
 * What an API server refuses of the workloads and IngressClasses among some manifests and no answer about the network rests on,
 * beyond the form of each field: containers, selectors, replicas, schedules. It is tolerable.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/
 */
export function refusedWorkloads(manifests: readonly Manifest[]): readonly Problem<'bad-workload'>[] {
  return manifests.flatMap((manifest) => {
    const { group, kind, object, source, namespace, name } = manifest;
    const found = RULES.get(`${group}/${kind}`)?.(isMapping(object.spec) ? object.spec : {}) ?? [];
    const place = kind === 'IngressClass' ? name : `${namespace ?? 'default'}/${name}`;
    return found.map(({ path, message }) => ({
      code: 'bad-workload' as const,
      severity: 'tolerable' as const,
      file: source.file,
      line: source.lineOf(['spec', ...path]),
      message: `${kind} ${place}: ${['spec', ...path].reduce(placed, '')} ${message}`,
    }));
  });
}

type Spec = Readonly<Record<string, unknown>>;

interface Mistake {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

const placed = (before: string, step: string | number): string =>
  typeof step === 'number' ? `${before}[${step}]` : before === '' ? step : `${before}.${step}`;

const RULES: ReadonlyMap<string, (spec: Spec) => readonly Mistake[]> = new Map([
  ['/Pod', (spec: Spec) => pod(spec, [])],
  ['apps/Deployment', (spec: Spec) => [...replicas(spec), ...selector(spec), ...template(spec)]],
  ['apps/ReplicaSet', (spec: Spec) => [...replicas(spec), ...selector(spec), ...template(spec)]],
  ['apps/StatefulSet', (spec: Spec) => [...replicas(spec), ...selector(spec), ...serviceName(spec), ...template(spec)]],
  ['apps/DaemonSet', (spec: Spec) => [...selector(spec), ...template(spec)]],
  ['batch/Job', (spec: Spec) => job(spec, [])],
  [
    'batch/CronJob',
    (spec: Spec) => [...schedule(spec), ...job(at(spec, 'jobTemplate', 'spec'), ['jobTemplate', 'spec'])],
  ],
  ['networking.k8s.io/IngressClass', controller],
]);

/** The mapping at the end of a way; an empty one where there is none. */
function at(spec: Spec, ...way: readonly string[]): Spec {
  return way.reduce((here: Spec, key) => (isMapping(here[key]) ? (here[key] as Spec) : {}), spec);
}

function template(spec: Spec, before: readonly string[] = []): readonly Mistake[] {
  return pod(at(spec, 'template', 'spec'), [...before, 'template', 'spec']);
}

function job(spec: Spec, before: readonly string[]): readonly Mistake[] {
  const { restartPolicy } = at(spec, 'template', 'spec');
  const path = [...before, 'template', 'spec', 'restartPolicy'];
  const isRight = restartPolicy === 'Never' || restartPolicy === 'OnFailure';
  return [
    ...(isRight ? [] : [{ path, message: `is ${shown(restartPolicy)}; give Never or OnFailure` }]),
    ...template(spec, before),
  ];
}

function replicas({ replicas: value }: Spec): readonly Mistake[] {
  const isRight = value === undefined || value === null || (Number.isInteger(value) && (value as number) >= 0);
  return isRight ? [] : [{ path: ['replicas'], message: `is ${shown(value)}; give an integer from 0` }];
}

function selector({ selector: value }: Spec): readonly Mistake[] {
  const { matchLabels, matchExpressions, ...others } = isMapping(value) ? value : {};
  const [other] = Object.keys(others);
  if (other !== undefined) {
    return [{ path: ['selector', other], message: 'is no field of a selector; give matchLabels' }];
  }
  const isFilled = [matchLabels, matchExpressions].some(
    (part) => typeof part === 'object' && part !== null && Object.keys(part).length > 0,
  );
  const what =
    value === undefined || value === null ? 'is missing' : isMapping(value) ? 'is empty' : `is ${shown(value)}`;
  return isFilled ? [] : [{ path: ['selector'], message: `${what}; give the labels of the template` }];
}

function serviceName({ serviceName: value }: Spec): readonly Mistake[] {
  const isRight = value === undefined || value === null || typeof value === 'string';
  return isRight ? [] : [{ path: ['serviceName'], message: `is ${shown(value)}; give the name of a Service` }];
}

function schedule({ schedule: value }: Spec): readonly Mistake[] {
  const isRight =
    typeof value === 'string' && (/^@(\w+|every .+)$/.test(value) || value.trim().split(/\s+/).length >= 5);
  return isRight ? [] : [{ path: ['schedule'], message: `is ${shown(value)}; give five fields such as "0 3 * * *"` }];
}

function controller({ controller: value }: Spec): readonly Mistake[] {
  const isRight = typeof value === 'string' && /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?\/\S+$/.test(value);
  const message = `is ${shown(value)}; give a domain, "/" and a name, such as "k8s.io/ingress-nginx"`;
  return isRight ? [] : [{ path: ['controller'], message }];
}

/** Containers and the names of their ports. A mistake of form in them is told by who reads them. */
function pod({ containers }: Spec, before: readonly (string | number)[]): readonly Mistake[] {
  const path = [...before, 'containers'];
  if (containers === undefined || containers === null || (Array.isArray(containers) && containers.length === 0)) {
    const what = Array.isArray(containers) ? 'is empty' : 'is missing';
    return [{ path, message: `${what}; give at least one, with a name and an image` }];
  }
  const names = new Set<unknown>();
  return (Array.isArray(containers) ? containers : []).filter(isMapping).flatMap((container, index) => {
    const { name, image, ports } = container;
    const isTaken = names.has(name);
    names.add(name);
    return [
      ...(typeof name === 'string' && isDnsLabel(name)
        ? isTaken
          ? [
              {
                path: [...path, index, 'name'],
                message: `is ${shown(name)}, as of another container; give each its own`,
              },
            ]
          : []
        : [{ path: [...path, index, 'name'], message: `is ${shown(name)}; give a name in lower case` }]),
      ...(typeof image === 'string' && image !== ''
        ? []
        : [{ path: [...path, index, 'image'], message: `is ${shown(image)}; give an image` }]),
      ...portNames(ports, [...path, index, 'ports']),
    ];
  });
}

function portNames(ports: unknown, path: readonly (string | number)[]): readonly Mistake[] {
  const names = new Set<unknown>();
  return (Array.isArray(ports) ? ports : []).flatMap((port, index): readonly Mistake[] => {
    const name = isMapping(port) ? port.name : undefined;
    if (typeof name !== 'string' || name === '') {
      return [];
    }
    const isTaken = names.has(name);
    names.add(name);
    const at = [...path, index, 'name'];
    return isTaken
      ? [{ path: at, message: `is ${shown(name)}, as of another port; give each its own` }]
      : isPortName(name)
        ? []
        : [{ path: at, message: `is ${shown(name)}; ${PORT_NAME}` }];
  });
}
