import { Duration } from 'cdk8s';
import {
  type ContainerOpts,
  DeploymentStrategy,
  EnvFrom,
  EnvValue,
  ImagePullPolicy,
  Probe,
  Volume,
} from 'cdk8s-plus-27';
import { type Check, fields, recordOf } from '../fields';
import { annotations, flag, labels, type Problems, record, shown, text, urlPath } from '../values';
import type { ExposedServiceProps } from './props';

/** What is of a class of cdk8s-plus, which is not looked into here. */
function instanceOf(type: { readonly prototype: object }, example: string): Check {
  return (what, value) =>
    Object.prototype.isPrototypeOf.call(type.prototype, Object(value))
      ? []
      : [`${what} is ${shown(value)}; give ${example}`];
}

/** What others hold by its name. */
function named(example: string): Check {
  return (what, value) =>
    typeof (Object(value) as { name?: unknown }).name === 'string'
      ? []
      : [`${what} is ${shown(value)}; give ${example}`];
}

/** What the service says itself: two places for one thing would be a question which of them holds. */
function saidBy(where: string): Check {
  return (what) => [`${what} is given; ${where}, leave it out`];
}

function listOf(check: Check, example: string): Check {
  return (what, value) =>
    Array.isArray(value)
      ? value.flatMap((entry, at) => check(`${what}[${at}]`, entry))
      : [`${what} is ${shown(value)}; give a list such as ${example}`];
}

const VOLUME = instanceOf(Volume, 'a Volume of cdk8s-plus-27 such as Volume.fromEmptyDir(…)');
const PROBE = instanceOf(Probe, 'a Probe of cdk8s-plus-27 such as Probe.fromHttpGet("/healthz", { port: 8080 })');
const DURATION = instanceOf(Duration, 'a Duration of cdk8s such as Duration.seconds(30)');
const ENV_VALUE = instanceOf(EnvValue, 'an EnvValue of cdk8s-plus-27 such as EnvValue.fromValue("text")');
const MOUNT: Check = (what, value) => [
  ...record(what, value),
  ...urlPath(`${what}.path`, (Object(value) as { path?: unknown }).path),
  ...VOLUME(`${what}.volume`, (Object(value) as { volume?: unknown }).volume),
];

const CONTAINER = fields({
  name: saidBy('it is the name of the service'),
  port: saidBy('say it by port of the service'),
  portNumber: saidBy('say it by port of the service'),
  ports: saidBy('say them by ports of the service, or by container.addPort'),
  command: saidBy('say it by command of the service'),
  args: saidBy('say them by args of the service'),
  workingDir: text,
  envVariables: recordOf((what, given) =>
    Object.entries(given).flatMap(([key, value]) => ENV_VALUE(`${what}: ${shown(key)}`, value)),
  ),
  envFrom: listOf(
    instanceOf(EnvFrom, 'an EnvFrom of cdk8s-plus-27 such as Env.fromSecret(secret)'),
    '[Env.fromSecret(secret)]',
  ),
  volumeMounts: listOf(MOUNT, '[{ path: "/data", volume }]'),
  imagePullPolicy: (what, value) =>
    Object.values(ImagePullPolicy).some((known) => known === value)
      ? []
      : [`${what} is ${shown(value)}; give an ImagePullPolicy of cdk8s-plus-27`],
  readiness: PROBE,
  liveness: PROBE,
  startup: PROBE,
  lifecycle: record,
  resources: saidBy('say it by resources of the service'),
  securityContext: record,
});

const METADATA = fields({
  name: saidBy('it is the name of the service'),
  namespace: saidBy('it is the namespace of the service'),
  labels: recordOf(labels),
  annotations: recordOf(annotations),
});

const DEPLOYMENT = fields({
  metadata: METADATA,
  podMetadata: METADATA,
  replicas: saidBy('say it by replicas of the service'),
  containers: saidBy('add sidecars by deployment.addContainer'),
  initContainers: listOf(named('a container such as { name: "migrate", image: "registry.example/shop:1.4" }'), '[]'),
  volumes: listOf(VOLUME, '[volume]'),
  serviceAccount: named('a ServiceAccount of cdk8s-plus'),
  automountServiceAccountToken: flag,
  dockerRegistryAuth: named('a Secret of cdk8s-plus'),
  securityContext: record,
  dns: record,
  hostAliases: listOf(record, '[{ ip: "10.0.0.9", hostnames: ["db"] }]'),
  hostNetwork: flag,
  terminationGracePeriod: DURATION,
  strategy: instanceOf(
    DeploymentStrategy,
    'a DeploymentStrategy of cdk8s-plus-27 such as DeploymentStrategy.recreate()',
  ),
  minReady: DURATION,
  progressDeadline: DURATION,
  spread: flag,
  select: saidBy('Service and policies rely on the labels that the Deployment selects'),
  isolate: saidBy('close the namespace by a DefaultDenyNamespace'),
  restartPolicy: saidBy('a Deployment always restarts its containers'),
});

/** What is wrong with what is said of the container in the words of cdk8s-plus. */
export const containerProblems: Check = CONTAINER;

/** What is wrong with what is said of the Deployment in the words of cdk8s-plus. */
export const deploymentProblems: Check = DEPLOYMENT;

/** What is wrong with these beside the settings of the service. */
export function besideProblems(name: string, props: ExposedServiceProps): Problems {
  const { container, deployment, env = {}, readinessPath, labels: own = { app: name } } = props;
  return [
    ...(container?.readiness !== undefined && readinessPath !== undefined
      ? ['readinessPath and container.readiness are given; leave one out']
      : []),
    ...Object.keys(env)
      .filter((variable) => variablesOf(container).includes(variable))
      .map((variable) => `env and container.envVariables both have ${shown(variable)}; leave one out`),
    ...(['metadata', 'podMetadata'] as const).flatMap((where) =>
      Object.entries(own)
        .filter(([key, value]) => (deployment?.[where]?.labels?.[key] ?? value) !== value)
        .map(
          ([key, value]) =>
            `deployment.${where}.labels: ${shown(key)} is ${shown(deployment?.[where]?.labels?.[key])}, and the service has ${shown(value)}; leave it out, or give labels of the service`,
        ),
    ),
    ...deadlineProblems(deployment?.minReady, deployment?.progressDeadline),
  ];
}

function variablesOf(container: ContainerOpts | undefined): readonly string[] {
  return Object.keys(container?.envVariables ?? {});
}

function deadlineProblems(minReady = Duration.seconds(0), progressDeadline = Duration.seconds(600)): Problems {
  return minReady.toSeconds() < progressDeadline.toSeconds()
    ? []
    : [
        `deployment.progressDeadline is ${progressDeadline.toSeconds()} seconds; give more than deployment.minReady, ${minReady.toSeconds()} seconds`,
      ];
}
