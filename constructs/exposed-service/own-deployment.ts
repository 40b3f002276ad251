import { isDeepStrictEqual } from 'node:util';
import { ApiObject, Size } from 'cdk8s';
import {
  type Container,
  type ContainerProps,
  type ContainerResources,
  Cpu,
  Deployment,
  type DeploymentProps,
  EnvValue,
  LabelSelector,
  Pod,
  type Protocol,
} from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import type { ContainerResources as OwnResources, ResourceAmounts } from '../container-resources';
import { keptObject } from '../kept/kept-objects';
import { patchable } from '../patchable';
import type { PodLabels } from '../policy/end';
import { billionths } from '../quantity';
import { PodSecurity, securityContext } from './pod-security';
import { type BackendPort, PortProtocol } from './ports';
import type { ExposedServiceProps } from './props';

/** The Pods that a Deployment is made for. */
export interface Pods {
  readonly name: string;
  readonly namespace: string | undefined;
  /** Those that the Deployment selects. */
  readonly labels: PodLabels;
  /** Those that others know the Pods by, where they have more or others. */
  readonly kept: PodLabels;
  readonly ports: readonly BackendPort[];
}

// biome-ignore lint/suspicious/noExplicitAny: a Kubernetes object is what its kind says it is
type Fields = any;

/**
 * The Deployment of a service, as cdk8s-plus has it, so that all of its methods are there. What cdk8s-plus fills in by itself is
 * left out unless somebody asked for it: it would keep ordinary images from starting, or say what an API server says anyway.
 */
export class OwnDeployment extends Deployment {
  /** The container of the image. */
  public readonly main: Container;

  private pattern: OwnDeployment | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly pods: Pods,
    private readonly settings: ExposedServiceProps,
  ) {
    super(scope, id, deploymentProps(pods, settings));
    this.select(LabelSelector.of({ labels: { ...pods.labels } }));
    this.main = this.addContainer(containerProps(pods, settings));
    const [first] = pods.ports;
    if (first?.protocol === PortProtocol.TCP) {
      // What a probe asks that names no port.
      Object.assign(this.main, { portNumber: first.targetPort });
    }
    const { apiObject } = this;
    patchable(apiObject);
    const written = apiObject.toJson.bind(apiObject);
    apiObject.toJson = () => this.pattern?.writtenFor(this) ?? keptObject(this.plain(written()));
  }

  /** Affinities, Services and policies of cdk8s-plus select the labels that are there, and not an address of cdk8s-plus. */
  public override toPodSelectorConfig() {
    const names = this.metadata.namespace === undefined ? undefined : { names: [this.metadata.namespace] };
    return { labelSelector: LabelSelector.of({ labels: { ...this.pods.kept } }), namespaces: names };
  }

  /** Has it written as another one is, also with what that one is given later; but for image, name and labels. */
  public follow(pattern: OwnDeployment): void {
    this.pattern = pattern;
  }

  public get isFollower(): boolean {
    return this.pattern !== undefined;
  }

  private writtenFor(other: OwnDeployment): Fields {
    const { metadata, spec, ...rest } = ApiObject.of(this).toJson();
    const { template } = spec;
    const [main, ...sidecars] = template.spec.containers;
    const labels = (held: Fields) => sorted({ ...held, ...other.pods.labels });
    return {
      ...rest,
      metadata: { ...metadata, name: other.name, labels: labels(metadata.labels) },
      spec: {
        ...spec,
        selector: { matchLabels: { ...other.pods.labels } },
        template: {
          ...template,
          metadata: { ...template.metadata, labels: labels(template.metadata.labels) },
          spec: {
            ...replaced(template.spec, this.pods.labels, other.pods.labels),
            containers: [{ ...main, name: other.main.name, image: other.main.image }, ...sidecars],
          },
        },
      },
    };
  }

  private plain(object: Fields): Fields {
    const { settings } = this;
    const { deployment = {} } = settings;
    const { metadata, spec, ...template } = object.spec.template;
    const { replicas: _, ...workload } = object.spec;
    const { [Pod.ADDRESS_LABEL]: __, ...labels } = metadata.labels;
    const containers = spec.containers.map((container: Fields) =>
      container.name === this.main.name
        ? mainContainer(container, this.pods.ports[0]?.targetPort ?? 0, settings)
        : container,
    );
    return {
      ...object,
      spec: sorted({
        ...without(workload, FILLED_IN_WORKLOAD, deployment),
        replicas: this.hasAutoscaler ? undefined : settings.replicas,
        template: {
          ...template,
          metadata: { ...metadata, labels },
          spec: { ...without(spec, FILLED_IN_POD, deployment), containers },
        },
      }),
    };
  }
}

/** What cdk8s-plus fills in by itself, each with the setting that asks for it; an API server fills in the same, or nothing. */
interface FilledIn {
  readonly field: string;
  readonly value: unknown;
  readonly setting: keyof DeploymentProps;
}

const FILLED_IN_WORKLOAD: readonly FilledIn[] = [
  { field: 'progressDeadlineSeconds', value: 600, setting: 'progressDeadline' },
  {
    field: 'strategy',
    value: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
    setting: 'strategy',
  },
];

const FILLED_IN_POD: readonly FilledIn[] = [
  { field: 'automountServiceAccountToken', value: false, setting: 'automountServiceAccountToken' },
  { field: 'dnsPolicy', value: 'ClusterFirst', setting: 'dns' },
  { field: 'restartPolicy', value: 'Always', setting: 'restartPolicy' },
  {
    field: 'securityContext',
    value: { fsGroupChangePolicy: 'Always', runAsNonRoot: true },
    setting: 'securityContext',
  },
  { field: 'setHostnameAsFQDN', value: false, setting: 'dns' },
  { field: 'terminationGracePeriodSeconds', value: 30, setting: 'terminationGracePeriod' },
];

/** What was changed by a method or a patch is no longer what cdk8s-plus fills in, and stays. */
function without(fields: Fields, filledIn: readonly FilledIn[], given: DeploymentProps): Fields {
  const isFilledIn = (key: string, held: unknown) =>
    filledIn.some(
      ({ field, value, setting }) => field === key && given[setting] === undefined && isDeepStrictEqual(held, value),
    );
  return Object.fromEntries(Object.entries(fields).filter(([key, held]) => !isFilledIn(key, held)));
}

function deploymentProps(
  { name, namespace, labels, kept }: Pods,
  { deployment = {} }: ExposedServiceProps,
): DeploymentProps {
  const { metadata = {}, podMetadata = {} } = deployment;
  return {
    ...deployment,
    metadata: { ...metadata, name, namespace, labels: { ...metadata.labels, ...labels } },
    podMetadata: { ...podMetadata, labels: { ...podMetadata.labels, ...kept, ...labels } },
    select: false,
  };
}

/** Lists that cdk8s-plus would add to are copied: they are whose who gave them. */
function containerProps({ name, ports }: Pods, settings: ExposedServiceProps): ContainerProps {
  const { image, command, args, resources, container = {} } = settings;
  const env = Object.entries(settings.env ?? {}).map(([key, value]) => [key, EnvValue.fromValue(value)] as const);
  return {
    ...container,
    name,
    image: image as string,
    command: command && [...command],
    args: args && [...args],
    ports: containerPorts(ports).map((port) => ({
      number: port.targetPort,
      name: port.name,
      protocol: port.protocol as string as Protocol,
    })),
    envVariables: { ...Object.fromEntries(env), ...container.envVariables },
    envFrom: [...(container.envFrom ?? [])],
    volumeMounts: [...(container.volumeMounts ?? [])],
    resources: resources === undefined ? {} : resourcesOf(resources),
  };
}

/** Two ports of a Service may lead to one of the container. */
function containerPorts(ports: readonly BackendPort[]): readonly BackendPort[] {
  const keyOf = ({ protocol, targetPort }: BackendPort) => `${protocol} ${targetPort}`;
  return ports.filter((port, at) => ports.findIndex((other) => keyOf(other) === keyOf(port)) === at);
}

/** For what else of cdk8s-plus asks the container, such as an autoscaler: in whole thousandths of cores and whole MiB. */
function resourcesOf({ requests = {}, limits = {} }: OwnResources): ContainerResources {
  const cpu = ({ cpu }: ResourceAmounts) => (cpu === undefined ? undefined : Cpu.millis(millis(cpu)));
  const memory = ({ memory }: ResourceAmounts) =>
    memory === undefined ? undefined : Size.mebibytes(mebibytes(memory));
  return {
    cpu: { request: cpu(requests), limit: cpu(limits) },
    memory: { request: memory(requests), limit: memory(limits) },
  };
}

const millis = (amount: string) => Math.ceil(Number(billionths(amount)) / 1e6);
const mebibytes = (amount: string) => Math.ceil(Number(billionths(amount)) / 1e9 / 2 ** 20);

/** Amounts as they were given, in the place of those that cdk8s-plus was told; nothing that a patch changed. */
function exactResources(written: Fields, resources: OwnResources | undefined): Fields {
  const exact = (side: 'requests' | 'limits', resource: 'cpu' | 'memory', told: unknown) => {
    const given = resources?.[side]?.[resource];
    const rounded = given && (resource === 'cpu' ? `${millis(given)}m` : `${mebibytes(given)}Mi`);
    return given !== undefined && told === rounded ? given : told;
  };
  const side = (name: 'requests' | 'limits') => {
    const told: Fields = written?.[name];
    return told && sorted({ ...told, cpu: exact(name, 'cpu', told.cpu), memory: exact(name, 'memory', told.memory) });
  };
  return written && sorted({ ...written, requests: side('requests'), limits: side('limits') });
}

/** What cdk8s-plus has a container do where nothing is said. */
const USUAL_SECURITY = {
  allowPrivilegeEscalation: false,
  privileged: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
};

function mainContainer(written: Fields, port: number, settings: ExposedServiceProps): Fields {
  const { container = {}, readinessPath, resources, security = PodSecurity.AS_IMAGE } = settings;
  const isPulledAsUsual = container.imagePullPolicy === undefined && written.imagePullPolicy === 'Always';
  const isUsual = container.securityContext === undefined && isDeepStrictEqual(written.securityContext, USUAL_SECURITY);
  const readiness = readinessPath === undefined ? undefined : { httpGet: { path: readinessPath, port } };
  return sorted({
    ...written,
    imagePullPolicy: isPulledAsUsual ? undefined : written.imagePullPolicy,
    readinessProbe: written.readinessProbe ?? readiness,
    resources: exactResources(written.resources, resources),
    securityContext: isUsual ? securityContext(security) : written.securityContext,
  });
}

/** Fields in the order in which cdk8s writes them, without those that are not there. */
function sorted(fields: Fields): Fields {
  const held = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(held.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** A value in which selectors of some labels are selectors of others. */
function replaced(value: Fields, from: PodLabels, to: PodLabels): Fields {
  if (Array.isArray(value)) {
    return value.map((entry) => replaced(entry, from, to));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, held]) =>
      key === 'matchLabels' && isDeepStrictEqual(held, from) ? [key, { ...to }] : [key, replaced(held, from, to)],
    ),
  );
}
