import { ApiObject, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { ClusterServicePort, IClusterService } from '../cluster-service';
import { resourceProblems } from '../container-resources';
import { changedLabel } from '../delivery/flagger';
import { deliveryProblems } from '../delivery/progressive-delivery';
import { Exposure } from '../exposure';
import { type Check, fields, fieldsWith, listOf } from '../fields';
import { image } from '../image';
import { selectorProblems } from '../policy/problems';
import { integer, namespace, oneOf, type Problems, port, record, serviceName, shown, text, urlPath } from '../values';
import {
  heldLabel,
  type IWorkload,
  namespaceNameOf,
  type WorkloadPort,
  workloadProblems as workloadCheck,
} from '../workload';
import { besideProblems, containerProblems, deploymentProblems } from './deployment-settings';
import { PodSecurity } from './pod-security';
import {
  backendPort,
  PortProtocol,
  portNameProblems,
  protocolExposureProblems,
  protocolProblems,
  togetherProblems,
} from './ports';
import type { ExposedServiceProps } from './props';

const SOURCES = ['image', 'workload', 'service', 'existing'] as const;
type Source = (typeof SOURCES)[number];

const OF_POD_TEMPLATE = [
  'replicas',
  'command',
  'args',
  'env',
  'resources',
  'readinessPath',
  'security',
  'container',
  'deployment',
] as const;
const OF_IMAGE = [...OF_POD_TEMPLATE, 'delivery'] as const;
const OF_SERVICE = ['name', 'port', 'servicePort', 'protocol', 'portName', 'ports', 'labels'] as const;

/** Settings that don't go with a source. */
const FOREIGN: { readonly [source in Source]: readonly (keyof ExposedServiceProps)[] } = {
  image: [],
  workload: OF_POD_TEMPLATE,
  service: [...OF_SERVICE, ...OF_IMAGE],
  existing: [...OF_SERVICE, 'namespace', ...OF_IMAGE],
};

const REASONS: { readonly [source in Source]: string } = {
  image: '',
  workload: 'the workload says it',
  service: 'the Service is there already',
  existing: 'the Service is there already',
};

/** What is wrong with a Service that something else made. */
export const existingProblems = fieldsWith(['name', 'port', 'targetPort', 'podLabels'], {
  name: serviceName,
  port,
  targetPort: port,
  podLabels: selectorProblems,
  namespace,
});

const PROPS = fields({
  image,
  workload: workloadCheck,
  service: (what, value) =>
    Array.isArray((Object(value) as Partial<IClusterService>).ports)
      ? []
      : [`${what} is ${shown(value)}; give a Service of cdk8s-plus`],
  existing: existingProblems,
  exposure: exposureProblems,
  name: serviceName,
  namespace,
  port,
  servicePort: port,
  protocol: protocolProblems,
  portName: portNameProblems,
  ports: listOf(
    fieldsWith(['name', 'port'], {
      name: portNameProblems,
      port,
      servicePort: port,
      protocol: protocolProblems,
      exposure: portExposureProblems,
    }),
    '[{ name: "metrics", port: 9090 }]',
  ),
  labels: selectorProblems,
  replicas: (what, value) => integer(what, value, 0, 10_000),
  command: listOf(text, '["serve"]'),
  args: listOf(text, '["--verbose"]'),
  env,
  resources: resourceProblems as Check,
  readinessPath: urlPath,
  security: (what, value) => oneOf(what, value, Object.values(PodSecurity)),
  container: containerProblems,
  deployment: deploymentProblems,
  delivery: deliveryProblems,
});

/** What is wrong with the settings of a service; `id` is the name when there is none. */
export function problemsOf(scope: Construct, id: string, props: ExposedServiceProps): Problems {
  const problems = PROPS('', props);
  if (record('props', props).length > 0) {
    return problems;
  }
  const given = SOURCES.filter((source) => props[source] !== undefined);
  const [source] = given;
  if (source === undefined || given.length > 1) {
    const said = given.length === 0 ? 'nothing says what is exposed' : `${given.join(' and ')} are given`;
    return [`${said}; give one of ${SOURCES.join(', ')}`, ...problems];
  }
  const foreign = FOREIGN[source]
    .filter((key) => props[key] !== undefined)
    .map((key) =>
      key === 'delivery'
        ? `delivery is given with ${source}; a controller delivers a Deployment, give it as workload`
        : `${key} is given with ${source}; ${REASONS[source]}, leave it out`,
    );
  if (problems.length + foreign.length > 0) {
    return [...problems, ...foreign];
  }
  const { existing, service, exposure, name = existing?.name ?? service?.name ?? id } = props;
  return [
    ...sourceProblems(source, scope, id, props),
    ...portsProblems(props),
    ...(exposure ? protocolExposureProblems('exposure', props.protocol ?? PortProtocol.TCP, exposure) : []),
    ...(exposure ? routeNameProblems(name, exposure) : []),
    ...moreRouteProblems(name, props),
    ...besideProblems(name, props),
    ...deliveredProblems(props),
  ];
}

/** What is wrong with the ports beside each other. */
function portsProblems({
  port: number = 0,
  servicePort = number,
  protocol = PortProtocol.TCP,
  portName,
  ports,
}: ExposedServiceProps): Problems {
  if (ports === undefined) {
    return [];
  }
  const unnamed = portName === undefined ? ['portName is missing; a Service of several ports has to name each'] : [];
  const all = [{ name: portName, port: servicePort, targetPort: number, protocol }, ...ports.map(backendPort)];
  return [
    ...unnamed,
    ...togetherProblems(all),
    ...ports.flatMap((one, at) =>
      protocolExposureProblems(`ports[${at}].exposure`, one.protocol ?? PortProtocol.TCP, one.exposure),
    ),
  ];
}

/** What a controller that delivers the service can't do. */
function deliveredProblems({
  delivery,
  exposure,
  ports = [],
  labels = { app: '' },
  replicas,
  workload,
}: ExposedServiceProps): Problems {
  if (delivery === undefined) {
    return [];
  }
  const isFlaggers = delivery._engine.kind === 'flagger';
  const { kind } = workload === undefined ? { kind: 'Deployment' } : ApiObject.of(workload);
  const ofService = exposure?._parts.find((part) => part.service !== undefined && !part.isDefault);
  return [
    ...(kind === 'Deployment'
      ? []
      : [
          `delivery is given with the ${kind} ${workload?.node.path}; Argo Rollouts and Flagger deliver Deployments, leave it out`,
        ]),
    ...(ofService
      ? [
          `exposure is ${ofService.name}; delivery divides the requests of an Ingress or a Gateway, expose the service so`,
        ]
      : []),
    ...ports.flatMap((one, at) =>
      one.exposure && !isFlaggers
        ? [`ports[${at}].exposure is given; delivery divides the requests of the main port alone, leave it out`]
        : [],
    ),
    ...(isFlaggers ? (exposure?._parts ?? []) : [])
      .flatMap(({ ownSettings = [] }) => ownSettings)
      .map(
        (setting) =>
          `exposure.${setting} is given, and Flagger makes the HTTPRoute and the Services that it leads to; leave it out`,
      ),
    ...(isFlaggers && ports.length > 0
      ? ['ports are given; the Services that Flagger makes have one, leave them out']
      : []),
    ...(isFlaggers && workload === undefined && changedLabel(labels) === undefined
      ? [
          'labels have none by which Flagger tells workloads apart; give one of "app", "name" and "app.kubernetes.io/name"',
        ]
      : []),
    ...(isFlaggers && replicas === 0
      ? ['replicas is 0; Flagger runs the Pods that serve itself and takes 0 as 1, leave it out']
      : []),
  ];
}

/** What leads to several ports of one Service needs a name for each. */
function moreRouteProblems(name: string, { exposure, ports = [] }: ExposedServiceProps): Problems {
  const there = exposure?._parts.flatMap((part) => part.routeObject?.(name).object ?? []) ?? [];
  return ports.flatMap((one, at) => {
    const made = one.exposure?._parts.flatMap((part) => part.routeObject?.(name).object ?? []) ?? [];
    const problems = one.exposure ? routeNameProblems(name, one.exposure, there) : [];
    there.push(...made);
    return problems.map((problem) => `ports[${at}].${problem}`);
  });
}

/** What is wrong with the exposure of one port: what the Service is holds for all of them. */
function portExposureProblems(what: string, value: unknown): Problems {
  const problems = exposureProblems(what, value);
  const [part] = problems.length > 0 ? [] : (value as Exposure)._parts.filter(({ service }) => service !== undefined);
  return part === undefined
    ? problems
    : [`${what} is ${part.name}, which says what the Service is; give it as exposure of the whole`];
}

function sourceProblems(source: Source, scope: Construct, id: string, props: ExposedServiceProps): Problems {
  switch (source) {
    case 'image':
      return [...nameProblems(id, props), ...(props.port === undefined ? ['port is missing'] : [])];
    case 'workload':
      return [...nameProblems(id, props), ...workloadProblems(props.workload as IWorkload, scope, props)];
    case 'service':
      return [...serviceProblems(props.service as IClusterService, scope, props), ...madeProblems(props.exposure)];
    case 'existing':
      return madeProblems(props.exposure);
  }
}

/** What is wrong with an exposure. */
export function exposureProblems(what: string, value: unknown): Problems {
  if (!(value instanceof Exposure)) {
    return [`${what} is ${shown(value)}; give an Exposure such as Exposure.ingress({ host: 'shop.example.com' })`];
  }
  const problems = value._problems(what);
  if (problems.length > 0) {
    return problems;
  }
  const ofService = value._parts.filter((part) => part.service !== undefined).map((part) => part.name);
  return ofService.length > 1
    ? [`${what} joins ${ofService.join(' and ')}; a Service is one of them, make another ExposedService of it`]
    : [];
}

/** What is wrong with the names of what leads to a Service: by this exposure, and what is there already. */
export function routeNameProblems(service: string, exposure: Exposure, there: readonly string[] = []): Problems {
  const made = exposure._parts.flatMap((part) => part.routeObject?.(service) ?? []);
  const all = [...there, ...made.map(({ object }) => object)];
  return made
    .filter(({ object }) => all.indexOf(object) !== all.lastIndexOf(object))
    .map(({ object, setting }) => `exposure makes the ${object} a second time; give it another name, by ${setting}`);
}

/** What is wrong with an exposure of a Service that is there. */
export function madeProblems(exposure: Exposure | undefined): Problems {
  const ofService = exposure?._parts.find((part) => part.service !== undefined);
  return ofService === undefined || ofService.isDefault
    ? []
    : [`exposure is ${ofService.name}; the Service is there already, set its type where it is made`];
}

function nameProblems(id: string, props: ExposedServiceProps): Problems {
  return props.name === undefined ? serviceName('the name, taken from the id,', id) : [];
}

function workloadProblems(workload: IWorkload, scope: Construct, props: ExposedServiceProps): Problems {
  const { protocol = PortProtocol.TCP } = props;
  const ports = portsOf(workload, protocol);
  const [first] = ports;
  const problems = placeProblems('workload', workload, scope, props);
  if (props.port === undefined && (first === undefined || ports.length > 1)) {
    const named = first === undefined ? 'none' : ports.join(', ');
    problems.push(`port is missing, and the containers of ${workload.node.path} name ${named}; give one`);
  }
  const given = declaredPorts(workload).filter(({ number }) => number === props.port);
  if (given.length > 0 && !given.some((one) => protocolOf(one) === protocol)) {
    const protocols = given.map(protocolOf).join(', ');
    problems.push(`port is ${props.port}, which ${workload.node.path} has for ${protocols}; give one of ${protocol}`);
  }
  for (const [key, value] of Object.entries(props.labels ?? {})) {
    const held = heldLabel(workload, key);
    if (held !== undefined && held !== value) {
      problems.push(`labels: "${key}" is ${shown(value)}; the Pods of ${workload.node.path} have ${shown(held)}`);
    }
  }
  return problems;
}

/** The ports of a protocol that the containers of a workload name. */
export function portsOf(workload: IWorkload, protocol: PortProtocol): number[] {
  return declaredPorts(workload)
    .filter((one) => protocolOf(one) === protocol)
    .map(({ number }) => number);
}

function declaredPorts(workload: IWorkload): WorkloadPort[] {
  return workload.containers.flatMap(({ ports }) => ports);
}

function protocolOf({ protocol }: WorkloadPort): string {
  return protocol ?? 'TCP';
}

function serviceProblems(service: IClusterService, scope: Construct, props: ExposedServiceProps): Problems {
  const problems = placeProblems('service', service, scope, props);
  const [first]: readonly (ClusterServicePort | undefined)[] = service.ports;
  if (first === undefined) {
    problems.push(`service has no port; give ${service.node.path} one`);
  } else if (first.protocol !== undefined && first.protocol !== 'TCP') {
    problems.push(`service begins with a port of ${first.protocol}; give one of TCP first`);
  }
  return problems;
}

/** A chart gives its namespace to whatever has none, so a Service could end up apart from what it is made for. */
function placeProblems(
  what: string,
  made: IWorkload | IClusterService,
  scope: Construct,
  { namespace: given }: ExposedServiceProps,
): Problems {
  const own = namespaceNameOf(made);
  if (own !== undefined) {
    return given === undefined || given.name === own
      ? []
      : [`namespace is ${shown(given.name)}; the ${what} ${made.node.path} is in ${shown(own)}`];
  }
  const at = given?.name ?? Chart.of(scope).namespace;
  return at === undefined
    ? []
    : [
        `this would be in the namespace ${shown(at)}, and the ${what} ${made.node.path} is in a namespace that no manifest names; give it that namespace`,
      ];
}

function env(what: string, value: unknown): Problems {
  const problems = record(what, value);
  return problems.length > 0
    ? problems
    : Object.entries(value as object).flatMap(([name, held]) => [
        ...(/^[-._A-Za-z][-._A-Za-z0-9]*$/.test(name)
          ? []
          : [`${what}: the name is ${shown(name)}; use letters, digits, "_", "-" and ".", and no digit first`]),
        ...text(`${what}: ${shown(name)}`, held),
      ]);
}
