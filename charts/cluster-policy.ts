import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { AdminPeer, AdminPolicy, AdminRule, BaselinePolicy, PolicyPort } from '../constructs';

/** Namespaces of those who bring requests in from outside. */
const CONTROLLERS = ['envoy-gateway-system', 'ingress-nginx'].map((name) => ({ name }));

/** Namespaces of the cluster itself, which have to work before anything else does. */
const OF_THE_CLUSTER = ['calico-system', 'kube-system', 'tigera-operator'].map((name) => ({ name }));

/** Where a cloud tells its machines their credentials. */
const METADATA_SERVER = ['169.254.169.254/32'];

/** What holds for the whole cluster: before all NetworkPolicies, and where none says otherwise. */
export function clusterPolicy(scope: Construct): void {
  const folder = new Construct(scope, 'cluster-policy');
  new AdminPolicy(new Chart(folder, 'admin'), 'no-metadata-server', {
    priority: 10,
    subject: AdminPeer.namespacesExcept(OF_THE_CLUSTER),
    egress: [AdminRule.deny([AdminPeer.networks(METADATA_SERVER)], { name: 'metadata server' })],
  });
  const dns = AdminPeer.pods({ 'k8s-app': 'kube-dns' }, { name: 'kube-system' });
  new BaselinePolicy(new Chart(folder, 'baseline'), 'closed', {
    subject: AdminPeer.namespacesExcept([...OF_THE_CLUSTER, ...CONTROLLERS]),
    ingress: [
      AdminRule.accept([AdminPeer.namespaces(CONTROLLERS)], { name: 'requests from outside' }),
      AdminRule.deny([AdminPeer.everywhere()], { name: 'other Pods' }),
    ],
    egress: [
      AdminRule.accept([dns], { name: 'DNS', ports: [PolicyPort.udp(53), PolicyPort.tcp(53)] }),
      AdminRule.deny([AdminPeer.everywhere()], { name: 'other Pods' }),
    ],
  });
}
