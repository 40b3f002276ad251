import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import type { Range } from './microservices';

/** Every container runs as an ordinary user on a file system that it can't write. */
export const CONTAINER_SECURITY: k8s.SecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  privileged: false,
  readOnlyRootFilesystem: true,
};

const POD_SECURITY: k8s.PodSecurityContext = { fsGroup: 1000, runAsGroup: 1000, runAsNonRoot: true, runAsUser: 1000 };

/** Keeps the HTTP probes of a Pod working where Istio is about. */
export const ISTIO_PROBES = { 'sidecar.istio.io/rewriteAppHTTPProbers': 'true' };

/** A Deployment whose Pods carry the one label `app`. */
export function addDeployment(
  scope: Construct,
  at: { name: string; namespace: string | undefined; annotations?: Record<string, string> },
  spec: k8s.PodSpec,
): void {
  const { name, namespace, annotations } = at;
  new k8s.KubeDeployment(scope, 'deployment', {
    metadata: { name, namespace },
    spec: {
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name }, annotations }, spec: { securityContext: POD_SECURITY, ...spec } },
    },
  });
}

/** A Service with one port. */
export function addService(
  scope: Construct,
  at: { name: string; namespace: string | undefined; app?: string; id?: string; type?: string },
  port: { name: string; port: number; targetPort: number },
): void {
  const { name, namespace, app, id, type } = at;
  new k8s.KubeService(scope, id ?? 'service', {
    metadata: { name, namespace },
    spec: {
      type,
      selector: { app: app ?? name },
      ports: [
        {
          name: port.name,
          port: port.port,
          protocol: 'TCP',
          targetPort: k8s.IntOrString.fromNumber(port.targetPort),
        },
      ],
    },
  });
}

/** Requests and limits in millicores and MiB. */
export function resources(cpu: Range, memory: Range): k8s.ResourceRequirements {
  const amounts = (at: 0 | 1) => ({
    cpu: k8s.Quantity.fromString(`${cpu[at]}m`),
    memory: k8s.Quantity.fromString(`${memory[at]}Mi`),
  });
  return { requests: amounts(0), limits: amounts(1) };
}

export function variables(env: Readonly<Record<string, string>>): k8s.EnvVar[] {
  return Object.entries(env).map(([name, value]) => ({ name, value }));
}
