import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';

/** The namespaces that the demo closes. */
const CLOSED = ['stars', 'client'];

/** Lets nobody in. */
export function addDefaultDeny(scope: Construct): void {
  for (const namespace of CLOSED) {
    addPolicy(scope, { name: 'default-deny', namespace });
  }
}

/** Lets in every Pod of the UI's namespace. */
export function addAllowUi(scope: Construct): void {
  for (const namespace of CLOSED) {
    addPolicy(scope, { name: 'allow-ui', namespace, from: inNamespaceOf('management-ui') });
  }
}

/** Lets the frontend into the backend. */
export function addBackendPolicy(scope: Construct): void {
  const from = { podSelector: { matchLabels: { role: 'frontend' } } };
  addPolicy(scope, { name: 'backend-policy', namespace: 'stars', to: 'backend', from, port: 6379 });
}

/** Lets the client's namespace into the frontend. */
export function addFrontendPolicy(scope: Construct): void {
  addPolicy(scope, {
    name: 'frontend-policy',
    namespace: 'stars',
    to: 'frontend',
    from: inNamespaceOf('client'),
    port: 80,
  });
}

function inNamespaceOf(role: string): k8s.NetworkPolicyPeer {
  return { namespaceSelector: { matchLabels: { role } } };
}

interface Policy {
  readonly name: string;
  readonly namespace: string;
  /** The role of the Pods that the policy is about; left out, every Pod of the namespace. */
  readonly to?: string;
  /** Who is let in; left out, nobody. */
  readonly from?: k8s.NetworkPolicyPeer;
  /** The one port of TCP that is opened; left out, every port. */
  readonly port?: number;
}

function addPolicy(scope: Construct, { name, namespace, to, from, port }: Policy): void {
  const ports = port === undefined ? undefined : [{ protocol: 'TCP', port: k8s.IntOrString.fromNumber(port) }];
  new k8s.KubeNetworkPolicy(scope, `${namespace}-${name}`, {
    metadata: { name, namespace },
    spec: {
      podSelector: to === undefined ? {} : { matchLabels: { role: to } },
      policyTypes: ['Ingress'],
      ingress: from && [{ from: [from], ports }],
    },
  });
}
