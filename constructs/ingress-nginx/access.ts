import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { clusterScoped } from '../cluster-scoped';
import { type Component, leaseOf, objectLabels, type Settings } from './settings';

const READ = ['get', 'list', 'watch'];
const WATCH = ['list', 'watch'];

const rule = (group: string, resources: string[], verbs: string[], resourceNames?: string[]): k8s.PolicyRule => ({
  apiGroups: [group],
  resources,
  verbs,
  resourceNames,
});

const SERVICES = rule('', ['services'], READ);
const EVENTS = rule('', ['events'], ['create', 'patch']);
const INGRESSES = rule('networking.k8s.io', ['ingresses'], READ);
const STATUS = rule('networking.k8s.io', ['ingresses/status'], ['update']);
const CLASSES = rule('networking.k8s.io', ['ingressclasses'], READ);
const ENDPOINT_SLICES = rule('discovery.k8s.io', ['endpointslices'], ['list', 'watch', 'get']);

const IN_CLUSTER = [
  rule('', ['configmaps', 'endpoints', 'nodes', 'pods', 'secrets', 'namespaces'], WATCH),
  rule('coordination.k8s.io', ['leases'], WATCH),
  rule('', ['nodes'], ['get']),
  SERVICES,
  INGRESSES,
  EVENTS,
  STATUS,
  CLASSES,
  ENDPOINT_SLICES,
];

const inNamespace = (settings: Settings) => [
  rule('', ['namespaces'], ['get']),
  rule('', ['configmaps', 'pods', 'secrets', 'endpoints'], READ),
  SERVICES,
  INGRESSES,
  STATUS,
  CLASSES,
  rule('coordination.k8s.io', ['leases'], ['get', 'update'], [leaseOf(settings)]),
  rule('coordination.k8s.io', ['leases'], ['create']),
  EVENTS,
  ENDPOINT_SLICES,
];

/** What the admission Jobs do: write the webhook's certificate into a Secret, and its issuer into the webhook. */
const ADMISSION_IN_NAMESPACE = [rule('', ['secrets'], ['get', 'create'])];
const ADMISSION_IN_CLUSTER = [
  rule('admissionregistration.k8s.io', ['validatingwebhookconfigurations'], ['get', 'update']),
];

/** Adds the service accounts, and what each of them may do. */
export function addAccess(scope: Construct, settings: Settings): void {
  const { name, version } = settings;
  addAccount(scope, settings, {
    id: 'controller',
    name,
    component: 'controller',
    // Its cluster-wide objects carry no component, unlike those of the admission Jobs.
    clusterComponent: undefined,
    automount: true,
    inNamespace: inNamespace(settings),
    inCluster: IN_CLUSTER,
  });
  addAccount(scope, settings, {
    id: 'admission',
    name: `${name}-admission`,
    component: 'admission-webhook',
    clusterComponent: 'admission-webhook',
    automount: version.automountServiceAccountToken,
    inNamespace: ADMISSION_IN_NAMESPACE,
    inCluster: ADMISSION_IN_CLUSTER,
  });
}

interface Account {
  readonly id: string;
  readonly name: string;
  readonly component: Component;
  readonly clusterComponent: Component | undefined;
  readonly automount: boolean | undefined;
  readonly inNamespace: k8s.PolicyRule[];
  readonly inCluster: k8s.PolicyRule[];
}

function addAccount(scope: Construct, settings: Settings, account: Account): void {
  const { id, name, automount } = account;
  const metadata = { name, namespace: settings.namespace, labels: objectLabels(settings, account.component) };
  const clusterMetadata = { name, labels: objectLabels(settings, account.clusterComponent) };
  const subjects = [{ kind: 'ServiceAccount', name, namespace: settings.namespace }];
  const roleRef = (kind: string) => ({ apiGroup: 'rbac.authorization.k8s.io', kind, name });

  new k8s.KubeServiceAccount(scope, `${id}-account`, { metadata, automountServiceAccountToken: automount });
  new k8s.KubeRole(scope, `${id}-role`, { metadata, rules: account.inNamespace });
  new k8s.KubeRoleBinding(scope, `${id}-role-binding`, { metadata, roleRef: roleRef('Role'), subjects });
  clusterScoped(
    new k8s.KubeClusterRole(scope, `${id}-cluster-role`, { metadata: clusterMetadata, rules: account.inCluster }),
  );
  clusterScoped(
    new k8s.KubeClusterRoleBinding(scope, `${id}-cluster-role-binding`, {
      metadata: clusterMetadata,
      roleRef: roleRef('ClusterRole'),
      subjects,
    }),
  );
}
