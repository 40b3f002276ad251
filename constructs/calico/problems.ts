import { type ContainerResources, resourceProblems } from '../container-resources';
import { type Check, fields, fieldsWith, listOf, pattern } from '../fields';
import { imageName, imageRegistry, imageTag } from '../image';
import {
  annotations,
  cidr,
  flag,
  integer,
  labels,
  objectName,
  oneOf,
  type Problems,
  port,
  record,
  shown,
} from '../values';
import { applicationFields } from './application-problems';
import { compatibilityProblems } from './compatibility';
import type { CalicoHelmValues } from './helm-values';
import { CalicoCniType, CalicoIpamType, CalicoProvider } from './installation';
import { networkFields } from './network-problems';
import { CalicoApplication, CalicoCustomResources, type CalicoProps } from './props';
import { tolerations } from './tolerations';

/** What would become public with the manifest, and what to do instead. */
const SECRETS: ReadonlyMap<string, string> = new Map([
  ['certs', 'the operator makes certificates itself'],
  ['imagePullSecrets', 'name Secrets that are on the cluster in installation.imagePullSecrets'],
]);

const labelMap: Check = (what, value) => withRecord(what, value, labels);
const annotationMap: Check = (what, value) => withRecord(what, value, annotations);
const resources: Check = (what, value) => resourceProblems(what, value as ContainerResources);
const nodePath = pattern(/^(None|\/\S*)$/, 'give a path from the root such as "/var/lib/kubelet", or "None"');

const installation = fields({
  kubernetesProvider: (what, value) => oneOf(what, value, Object.values(CalicoProvider)),
  registry: imageRegistry,
  imagePath: imageName('a path such as "mirror/calico"'),
  imagePrefix: pattern(/^[a-z0-9][a-z0-9._-]{0,127}$/, 'give the beginning of a name such as "calico-"'),
  imagePullSecrets: listOf(objectName, '["registry-key"]'),
  cni: fieldsWith(['type'], {
    type: (what, value) => oneOf(what, value, Object.values(CalicoCniType)),
    ipam: (what, value) => oneOf(what, value, Object.values(CalicoIpamType)),
  }),
  calicoNetwork: networkFields,
  componentResources: fields({ node: resources, typha: resources, kubeControllers: resources }),
  controlPlaneNodeSelector: labelMap,
  controlPlaneReplicas: (what, value) => integer(what, value, 1, 1000),
  controlPlaneTolerations: tolerations,
  fipsMode: flag,
  flexVolumePath: nodePath,
  nodeMetricsPort: port,
  nodeUpdateStrategy: fieldsWith(['maxUnavailable'], { maxUnavailable: share }),
  nonPrivileged: flag,
  serviceCidrs: listOf(cidr, '["10.96.0.0/12"]'),
  typhaMetricsPort: port,
});

const helmValues = fields({
  installation,
  apiServer: fields({ enabled: flag }),
  resources,
  tolerations,
  nodeSelector: labelMap,
  podAnnotations: annotationMap,
  podLabels: labelMap,
  tigeraOperator: fields({
    registry: imageRegistry,
    image: imageName('the path and name of an image such as "tigera/operator"'),
    version: imageTag,
  }),
  calicoctl: fields({
    image: imageName('registry, path and name of an image such as "docker.io/calico/ctl"'),
    tag: imageTag,
  }),
  kubeletVolumePluginPath: nodePath,
});

const propsFields = fields({
  values: (what, value) => [...secrets(what, value), ...helmValues(what, withoutSecrets(value))],
  customResources: (what, value) => oneOf(what, value, Object.values(CalicoCustomResources)),
  application: (what, value) =>
    value instanceof CalicoApplication
      ? value === CalicoApplication.NONE
        ? []
        : applicationFields(what, value.props)
      : [`${what} is ${shown(value)}; give CalicoApplication.of() or CalicoApplication.NONE`],
});

/** What is wrong with the settings of `Calico`. */
export function problemsOf(props: CalicoProps): Problems {
  const problems = propsFields('', props);
  return problems.length > 0
    ? problems
    : compatibilityProblems('values.installation', (props.values as CalicoHelmValues | undefined)?.installation ?? {});
}

function secrets(what: string, value: unknown): Problems {
  return Object.keys(Object(value))
    .filter((key) => SECRETS.has(key))
    .map(
      (key) =>
        `${what}.${key} holds keys or passwords, which a manifest makes public; leave it out, ${SECRETS.get(key)}`,
    );
}

function withoutSecrets(value: unknown): unknown {
  return record('', value).length > 0
    ? value
    : Object.fromEntries(Object.entries(value as object).filter(([key]) => !SECRETS.has(key)));
}

function withRecord(
  what: string,
  value: unknown,
  check: (what: string, value: Record<string, unknown>) => Problems,
): Problems {
  const problems = record(what, value);
  return problems.length > 0 ? problems : check(what, value as Record<string, unknown>);
}

/** A number from 1, or a share of all, in the class that cdk8s-plus has for it. */
function share(what: string, value: unknown): Problems {
  const held = Object(value).value;
  const known = typeof held === 'number' ? Number.isInteger(held) && held >= 1 : /^([1-9]\d?|100)%$/.test(held ?? '');
  return Object(value) === value && known
    ? []
    : [
        `${what} is ${shown(held ?? value)}; give k8s.IntOrString.fromNumber(1), or a share such as k8s.IntOrString.fromString("10%")`,
      ];
}
