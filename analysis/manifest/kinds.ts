import { byGroup } from './by-group';
import { isNear } from './near';
import { type OldVersion, oldVersion } from './old-versions';
import { POLICY_KINDS } from './policy-kinds';
import { tellsOfRequests } from './request-kinds';

/** What the analysis has to know about a kind before it reads an object of it. */
export interface Kind {
  /** Versions whose objects are read. All others of the group are reported: no supported cluster serves them. */
  readonly versions: readonly string[] | 'any';
  readonly namespaced: boolean;
  /** Whether the API server makes up a name from `generateName`; true of what a controller makes many of. */
  readonly generated?: boolean;
  /** Whether an answer is whole without an object of it that cannot be read. */
  readonly aside?: boolean;
}

const namespaced = (...versions: string[]): Kind => ({ versions, namespaced: true });
const generated = (...versions: string[]): Kind => ({ versions, namespaced: true, generated: true });
const cluster = (...versions: string[]): Kind => ({ versions, namespaced: false });
const any: Kind = { versions: 'any', namespaced: true, generated: true };

/** Of which an answer only says that they are there. */
export const ASIDE: Kind = { ...any, aside: true };

/** Kinds that are read, by `group/kind`. */
const KINDS = new Map<string, Kind>([
  ['/Node', cluster('v1')],
  ['/Namespace', cluster('v1')],
  ['/Pod', generated('v1')],
  ['/ReplicationController', generated('v1')],
  ['/Service', namespaced('v1')],
  ['/ConfigMap', { ...namespaced('v1'), aside: true }],
  ['/Secret', { ...namespaced('v1'), aside: true }],
  ['apps/DaemonSet', generated('v1')],
  ['apps/Deployment', generated('v1')],
  ['apps/ReplicaSet', generated('v1')],
  ['apps/StatefulSet', generated('v1')],
  ['batch/CronJob', generated('v1')],
  ['batch/Job', generated('v1')],
  ['networking.k8s.io/Ingress', namespaced('v1')],
  ['networking.k8s.io/IngressClass', cluster('v1')],
  ['networking.k8s.io/NetworkPolicy', namespaced('v1')],
  ['gateway.networking.k8s.io/Gateway', namespaced('v1', 'v1beta1')],
  ['gateway.networking.k8s.io/GatewayClass', cluster('v1', 'v1beta1')],
  ['gateway.networking.k8s.io/HTTPRoute', namespaced('v1', 'v1beta1')],
  ['gateway.networking.k8s.io/GRPCRoute', namespaced('v1', 'v1alpha2')],
  ['gateway.networking.k8s.io/TCPRoute', namespaced('v1', 'v1alpha2')],
  ['gateway.networking.k8s.io/TLSRoute', namespaced('v1', 'v1alpha3', 'v1alpha2')],
  ['gateway.networking.k8s.io/UDPRoute', namespaced('v1', 'v1alpha2')],
  ['route.openshift.io/Route', { versions: 'any', namespaced: true }],
  ['gateway.networking.k8s.io/ListenerSet', namespaced('v1')],
  ['gateway.networking.k8s.io/ReferenceGrant', namespaced('v1', 'v1beta1')],
  // Of other makers, with pods of their own.
  ['/DeploymentConfig', generated('v1')],
  ['apps.openshift.io/DeploymentConfig', any],
  ['apps.kruise.io/AdvancedCronJob', any],
  ['apps.kruise.io/BroadcastJob', any],
  ['apps.kruise.io/CloneSet', any],
  ['apps.kruise.io/DaemonSet', any],
  ['apps.kruise.io/StatefulSet', any],
  ['argoproj.io/Rollout', any],
  ['keda.sh/ScaledJob', any],
  ['kubevirt.io/VirtualMachine', any],
  ['kubevirt.io/VirtualMachineInstance', any],
  ['kubevirt.io/VirtualMachineInstanceReplicaSet', any],
  ['serving.knative.dev/Configuration', any],
  ['serving.knative.dev/Revision', any],
  ['serving.knative.dev/Service', any],
  // Of which operators make pods that no manifest shows.
  ['acid.zalan.do/postgresql', any],
  ['databases.spotahome.com/RedisFailover', any],
  ['elasticsearch.k8s.elastic.co/Elasticsearch', any],
  ['grafana.integreatly.org/Grafana', any],
  ['k8s.keycloak.org/Keycloak', any],
  ['kafka.strimzi.io/Kafka', any],
  ['kafka.strimzi.io/KafkaConnect', any],
  ['kafka.strimzi.io/KafkaMirrorMaker2', any],
  ['kibana.k8s.elastic.co/Kibana', any],
  ['minio.min.io/Tenant', any],
  ['mongodbcommunity.mongodb.com/MongoDBCommunity', any],
  ['monitoring.coreos.com/Alertmanager', any],
  ['monitoring.coreos.com/Prometheus', any],
  ['monitoring.coreos.com/PrometheusAgent', any],
  ['monitoring.coreos.com/ThanosRuler', any],
  ['opentelemetry.io/OpenTelemetryCollector', any],
  ['postgres-operator.crunchydata.com/PostgresCluster', any],
  ['postgresql.cnpg.io/Cluster', any],
  ['rabbitmq.com/RabbitmqCluster', any],
  ['redis.redis.opstreelabs.in/Redis', any],
  ['redis.redis.opstreelabs.in/RedisCluster', any],
  // Read by the rules of `check`.
  ['/ServiceAccount', namespaced('v1')],
  ['admissionregistration.k8s.io/MutatingWebhookConfiguration', cluster('v1')],
  ['admissionregistration.k8s.io/ValidatingWebhookConfiguration', cluster('v1')],
  ['apiextensions.k8s.io/CustomResourceDefinition', cluster('v1')],
  ['apiregistration.k8s.io/APIService', cluster('v1')],
  ['argoproj.io/Application', any],
  ['cert-manager.io/ClusterIssuer', { versions: 'any', namespaced: false }],
  ['cert-manager.io/Issuer', any],
  ['flagger.app/Canary', any],
  ['monitoring.coreos.com/PodMonitor', any],
  ['monitoring.coreos.com/ServiceMonitor', any],
  ['rbac.authorization.k8s.io/ClusterRoleBinding', cluster('v1')],
  ['rbac.authorization.k8s.io/RoleBinding', namespaced('v1')],
  // Read for what scales workloads that have no replicas.
  ['autoscaling/HorizontalPodAutoscaler', { ...any, aside: true }],
  ['http.keda.sh/HTTPScaledObject', { ...any, aside: true }],
  ['keda.sh/ScaledObject', { ...any, aside: true }],
  // Read for where the connections of a Service without selector end.
  ['/Endpoints', { ...any, aside: true }],
  ['discovery.k8s.io/EndpointSlice', { ...any, aside: true }],
  // Read for the Secrets that controllers make of them.
  ['cert-manager.io/Certificate', { versions: 'any', namespaced: true, aside: true }],
  ['bitnami.com/SealedSecret', { versions: 'any', namespaced: true, aside: true }],
  ['external-secrets.io/ExternalSecret', { versions: 'any', namespaced: true, aside: true }],
  ['secrets.hashicorp.com/VaultDynamicSecret', { versions: 'any', namespaced: true, aside: true }],
  ['secrets.hashicorp.com/VaultPKISecret', { versions: 'any', namespaced: true, aside: true }],
  ['secrets.hashicorp.com/VaultStaticSecret', { versions: 'any', namespaced: true, aside: true }],
  // Policies of other makers, and what goes with them.
  ...POLICY_KINDS.map(([key, isNamespaced]): [string, Kind] => [key, { versions: 'any', namespaced: isNamespaced }]),
]);

const BY_GROUP = byGroup(KINDS);

/**
 * Groups of Kubernetes itself, beside all those without a dot. A kind that stands in the wrong one of these, or under a
 * name that is nearly right, is a mistake to report, not a kind to ignore: a policy would be left out without a word.
 */
const OWN_GROUPS = ['networking.k8s.io', 'gateway.networking.k8s.io'];

/** What an `apiVersion` and `kind` come to: a kind that is read, what to write instead, or no use. */
export type KindOf =
  | { readonly kind: Kind; readonly group: string; readonly old?: OldVersion }
  | { readonly apiVersionInstead: string }
  | { readonly kindInstead: string }
  | undefined;

/** What was found out, by `apiVersion` and `kind`: a hundred thousand objects are of a dozen kinds. */
const FOUND = new Map<string, Map<string, KindOf>>();

/** So many are kept, more than a cluster has: names that are made up cost no more memory than that. */
const MOST_FOUND = 10_000;

let found = 0;

/** Looks an `apiVersion` and `kind` up. */
export function kindOf(apiVersion: string, kind: string): KindOf {
  const known = FOUND.get(apiVersion);
  const own = known?.get(kind);
  if (own !== undefined || known?.has(kind) === true) {
    return own;
  }
  found += 1;
  if (found > MOST_FOUND) {
    FOUND.clear();
    found = 1;
  }
  const made = lookUp(apiVersion, kind);
  const kinds = FOUND.get(apiVersion) ?? new Map<string, KindOf>();
  FOUND.set(apiVersion, kinds.set(kind, made));
  return made;
}

function lookUp(apiVersion: string, kind: string): KindOf {
  const group = groupOf(apiVersion);
  const old = oldVersion(apiVersion, kind);
  const now = groupOf(old?.now ?? apiVersion);
  const same = old === undefined ? undefined : BY_GROUP.get(now)?.get(kind);
  if (old !== undefined && same !== undefined) {
    return { kind: same, group: now, old };
  }
  const known = BY_GROUP.get(group)?.get(kind) ?? (tellsOfRequests(group, kind) ? ASIDE : unknownPolicy(group, kind));
  if (known === undefined) {
    return isOwn(group) ? insteadOf(group, kind) : undefined;
  }
  const version = group === '' ? apiVersion : apiVersion.slice(group.length + 1);
  return known.versions === 'any' || known.versions.includes(version)
    ? { kind: known, group }
    : { apiVersionInstead: apiVersionOf(group, known) };
}

/** Whatever calls itself a NetworkPolicy may decide about the network: an answer says that it is there. */
function unknownPolicy(group: string, kind: string): Kind | undefined {
  return kind.endsWith('NetworkPolicy') && !isOwn(group)
    ? { versions: 'any', namespaced: !/^(?:Cluster|Global)/.test(kind) }
    : undefined;
}

function isOwn(group: string): boolean {
  // Custom kinds are in groups with a dot; an API server insists.
  return !group.includes('.') || OWN_GROUPS.includes(group);
}

function insteadOf(group: string, kind: string): KindOf {
  let near: string | undefined;
  for (const [key, known] of KINDS) {
    const slash = key.lastIndexOf('/');
    const [home, name] = [key.slice(0, slash), key.slice(slash + 1)];
    if (name === kind && isOwn(home)) {
      return { apiVersionInstead: apiVersionOf(home, known) };
    }
    if (home === group && (name.toLowerCase() === singular(kind.toLowerCase()) || isNear(name, kind))) {
      near = name;
    }
  }
  return near === undefined ? undefined : { kindInstead: near };
}

/** A kind as it stands in a manifest, where it was taken from the plural that kubectl has. */
function singular(kind: string): string {
  return kind.replace(/(?<=ss)es$|(?<!s)s$/, '').replace(/ie$/, 'y');
}

function apiVersionOf(group: string, { versions }: Kind): string {
  return group === '' ? `${versions[0]}` : `${group}/${versions[0]}`;
}

/** The group of an `apiVersion`: `apps` of `apps/v1`, nothing of `v1`. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.lastIndexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}
