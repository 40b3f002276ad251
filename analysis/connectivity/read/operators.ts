import type { Manifest } from '../../manifest';
import { isMapping } from '../../manifest/value';
import { labelsOfNamespace } from '../model';
import { matches, meets, type Requirement, type Selector } from '../selector';
import type { Model } from './read';

/** Pods that an operator makes of a custom resource, as far as they are known beforehand. */
export interface OperatorPods {
  readonly manifest: Manifest;
  readonly namespace: string;
  /** Labels that all of these pods have; they have others beside these. */
  readonly labels: ReadonlyMap<string, string>;
}

type LabelsOf = (name: string) => Readonly<Record<string, string>>;

/** Labels that the operators of Prometheus and what goes with it give. */
const monitoring =
  (app: string): LabelsOf =>
  (name) => ({
    'app.kubernetes.io/instance': name,
    'app.kubernetes.io/managed-by': 'prometheus-operator',
    'app.kubernetes.io/name': app,
  });

const strimzi: LabelsOf = (name) => ({
  'app.kubernetes.io/instance': name,
  'app.kubernetes.io/managed-by': 'strimzi-cluster-operator',
  'strimzi.io/cluster': name,
});

const elastic =
  (type: string, key: string): LabelsOf =>
  (name) => ({ 'common.k8s.elastic.co/type': type, [key]: name });

/**
 * Custom resources of which operators make pods, by `group/kind`.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/
 * @see https://www.elastic.co/guide/en/cloud-on-k8s/current/k8s-overview.html
 * @see https://strimzi.io/docs/operators/latest/deploying
 * @see https://cloudnative-pg.io/documentation/current/labels_annotations/
 */
const OPERATORS = new Map<string, LabelsOf>([
  ['monitoring.coreos.com/Prometheus', (name) => ({ ...monitoring('prometheus')(name), prometheus: name })],
  ['monitoring.coreos.com/PrometheusAgent', monitoring('prometheus-agent')],
  ['monitoring.coreos.com/Alertmanager', (name) => ({ ...monitoring('alertmanager')(name), alertmanager: name })],
  ['monitoring.coreos.com/ThanosRuler', (name) => ({ ...monitoring('thanos-ruler')(name), 'thanos-ruler': name })],
  ['elasticsearch.k8s.elastic.co/Elasticsearch', elastic('elasticsearch', 'elasticsearch.k8s.elastic.co/cluster-name')],
  ['kibana.k8s.elastic.co/Kibana', elastic('kibana', 'kibana.k8s.elastic.co/name')],
  ['kafka.strimzi.io/Kafka', strimzi],
  ['kafka.strimzi.io/KafkaConnect', strimzi],
  ['kafka.strimzi.io/KafkaMirrorMaker2', strimzi],
  ['postgresql.cnpg.io/Cluster', (name) => ({ 'cnpg.io/cluster': name })],
  ['acid.zalan.do/postgresql', (name) => ({ application: 'spilo', 'cluster-name': name })],
  [
    'postgres-operator.crunchydata.com/PostgresCluster',
    (name) => ({ 'postgres-operator.crunchydata.com/cluster': name }),
  ],
  ['redis.redis.opstreelabs.in/Redis', (name) => ({ app: name, redis_setup_type: 'standalone' })],
  ['redis.redis.opstreelabs.in/RedisCluster', () => ({ redis_setup_type: 'cluster' })],
  ['databases.spotahome.com/RedisFailover', () => ({ 'app.kubernetes.io/part-of': 'redis-failover' })],
  [
    'rabbitmq.com/RabbitmqCluster',
    (name) => ({ 'app.kubernetes.io/component': 'rabbitmq', 'app.kubernetes.io/name': name }),
  ],
  ['mongodbcommunity.mongodb.com/MongoDBCommunity', (name) => ({ app: `${name}-svc` })],
  [
    'k8s.keycloak.org/Keycloak',
    (name) => ({
      app: 'keycloak',
      'app.kubernetes.io/instance': name,
      'app.kubernetes.io/managed-by': 'keycloak-operator',
    }),
  ],
  ['grafana.integreatly.org/Grafana', (name) => ({ app: name })],
  ['minio.min.io/Tenant', (name) => ({ 'v1.min.io/tenant': name })],
  [
    'opentelemetry.io/OpenTelemetryCollector',
    () => ({
      'app.kubernetes.io/component': 'opentelemetry-collector',
      'app.kubernetes.io/managed-by': 'opentelemetry-operator',
    }),
  ],
]);

/** The kinds that operators make pods of, as `group/kind`. */
export const OPERATED: readonly string[] = [...OPERATORS.keys()];

/** Whether an operator makes pods of a kind of custom resources. */
export function isOperated({ group, kind }: Pick<Manifest, 'kind' | 'group'>): boolean {
  return OPERATORS.has(`${group}/${kind}`);
}

/** The pods of a custom resource. What it says of their labels itself comes on top. */
export function operatorPods(manifest: Manifest): OperatorPods {
  const { group, kind, name, namespace = 'default', object } = manifest;
  const spec = isMapping(object.spec) ? object.spec : {};
  const given = isMapping(spec.podMetadata) && isMapping(spec.podMetadata.labels) ? spec.podMetadata.labels : {};
  const own = Object.entries(given).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const known = Object.entries(OPERATORS.get(`${group}/${kind}`)?.(name) ?? {});
  return { manifest, namespace, labels: new Map([...own, ...known]) };
}

/** Pods of an operator that no manifest shows, and who speaks of them. */
export interface MissingPods extends OperatorPods {
  /** In words: `NetworkPolicy monitoring/grafana`. */
  readonly by: readonly string[];
}

/** Finds the custom resources whose pods a policy or Service seems to mean, and no manifest shows. */
export function missingPods(
  manifests: readonly Manifest[],
  { owners, policies, services, namespaces }: Pick<Model, 'owners' | 'policies' | 'services' | 'namespaces'>,
): readonly MissingPods[] {
  return manifests
    .filter(isOperated)
    .map(operatorPods)
    .filter(
      ({ namespace, labels }) =>
        !owners.some(
          ({ workload, pods }) =>
            workload.namespace === namespace &&
            pods.some((pod) => [...labels].every(([key, value]) => pod.labels.get(key) === value)),
        ),
    )
    .map((missing) => ({ ...missing, by: [...new Set(speakers(missing))] }))
    .filter(({ by }) => by.length > 0);

  function* speakers({ namespace, labels }: OperatorPods): Generator<string> {
    for (const policy of policies) {
      const isHere = policy.namespace === namespace;
      const peers = [...(policy.ingress ?? []), ...(policy.egress ?? [])].flatMap(({ pods }) => pods);
      const isPeer = peers.some(
        (peer) =>
          (peer.namespaces === 'own' ? isHere : matches(peer.namespaces, labelsOfNamespace(namespaces, namespace))) &&
          mayMean(peer.pods, labels),
      );
      if (isPeer || (isHere && mayMean(policy.selector, labels))) {
        yield `NetworkPolicy ${policy.namespace}/${policy.name}`;
      }
    }
    for (const service of services) {
      const selector = [...service.selector].map(
        ([key, value]): Requirement => ({ key, operator: 'In', values: new Set([value]) }),
      );
      if (service.namespace === namespace && mayMean(selector, labels)) {
        yield `Service ${service.namespace}/${service.name}`;
      }
    }
  }
}

/** Whether a selector asks for a label that is known, and for none that is known to be otherwise. */
function mayMean(selector: Selector, labels: ReadonlyMap<string, string>): boolean {
  const known = selector.filter(({ key }) => labels.has(key));
  return (
    known.every((requirement) => meets(requirement, labels)) &&
    known.some(({ operator }) => operator === 'In' || operator === 'Exists')
  );
}
