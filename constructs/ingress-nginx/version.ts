import type { k8s } from 'cdk8s-plus-27';

/**
 * The releases of ingress-nginx that can be installed. ingress-nginx was retired in March 2026: 1.15.1 is its last
 * release, and there are no more fixes.
 *
 * @see https://github.com/kubernetes/ingress-nginx/releases
 */
export enum IngressNginxVersion {
  /**
   * Release 1.8.2, whose manifests carry the image of 1.8.1.
   *
   * Whoever reaches its admission webhook from inside the pod network can take over the controller, and with it every
   * Secret of the cluster (CVE-2025-1974, all releases before 1.11.5). For learning and for comparing only.
   *
   * @see https://kubernetes.io/blog/2025/03/24/ingress-nginx-cve-2025-1974/
   */
  V1_8_2 = '1.8.2',

  /** Release 1.15.1, the last one. */
  V1_15_1 = '1.15.1',
}

/** What differs from release to release. */
export interface VersionFacts {
  /** The version label of every object, which is not always the release's own number. */
  readonly label: string;
  readonly controllerImage: string;
  readonly certgenImage: string;
  readonly config: Readonly<Record<string, string>>;
  /** Whether the update strategy is written for every provider; kind has it always. */
  readonly rollingUpdate: boolean;
  /** Written on the admission's service account and on every Pod. */
  readonly automountServiceAccountToken?: boolean;
  readonly controllerSecurity: k8s.SecurityContext;
  readonly jobSecurity: k8s.SecurityContext;
  readonly jobPodSecurity?: k8s.PodSecurityContext;
  readonly jobTtlSeconds?: number;
  readonly onKind: { readonly serviceType: string; readonly nodeSelector: Readonly<Record<string, string>> };
}

const dropAll: k8s.Capabilities = { drop: ['ALL'] };
const bindPorts: k8s.Capabilities = { ...dropAll, add: ['NET_BIND_SERVICE'] };
const seccompProfile: k8s.SeccompProfile = { type: 'RuntimeDefault' };

/** A Map, since a version may come from JavaScript as any text. */
export const VERSIONS: ReadonlyMap<string, VersionFacts> = new Map<string, VersionFacts>([
  [
    IngressNginxVersion.V1_8_2,
    {
      label: '1.8.1',
      controllerImage: 'controller:v1.8.1@sha256:e5c4824e7375fcf2a393e1c03c293b69759af37a9ca6abdb91b13d78a93da8bd',
      certgenImage:
        'kube-webhook-certgen:v20230407@sha256:543c40fd093964bc9ab509d3e791f9989963021f1e9e4c9c7b6700b02bfb227b',
      config: { 'allow-snippet-annotations': 'true' },
      rollingUpdate: false,
      controllerSecurity: { allowPrivilegeEscalation: true, capabilities: bindPorts, runAsUser: 101 },
      jobSecurity: { allowPrivilegeEscalation: false },
      jobPodSecurity: { fsGroup: 2000, runAsNonRoot: true, runAsUser: 2000 },
      onKind: { serviceType: 'NodePort', nodeSelector: { 'ingress-ready': 'true' } },
    },
  ],
  [
    IngressNginxVersion.V1_15_1,
    {
      label: '1.15.1',
      controllerImage: 'controller:v1.15.1@sha256:594ceea76b01c592858f803f9ff4d2cb40542cae2060410b2c95f75907d659e1',
      certgenImage:
        'kube-webhook-certgen:v1.6.9@sha256:01038e7de14b78d702d2849c3aad72fd25903c4765af63cf16aa3398f5d5f2dd',
      config: {},
      rollingUpdate: true,
      automountServiceAccountToken: true,
      controllerSecurity: {
        allowPrivilegeEscalation: false,
        capabilities: bindPorts,
        readOnlyRootFilesystem: false,
        runAsGroup: 82,
        runAsNonRoot: true,
        runAsUser: 101,
        seccompProfile,
      },
      jobSecurity: {
        allowPrivilegeEscalation: false,
        capabilities: dropAll,
        readOnlyRootFilesystem: true,
        runAsGroup: 65532,
        runAsNonRoot: true,
        runAsUser: 65532,
        seccompProfile,
      },
      jobTtlSeconds: 0,
      onKind: { serviceType: 'LoadBalancer', nodeSelector: {} },
    },
  ],
]);
