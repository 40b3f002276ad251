import type { k8s } from 'cdk8s-plus-27';
import { AWS_NLB_ANNOTATIONS } from '../aws-load-balancer';
import type { VersionFacts } from './version';

/**
 * Where the controller runs, and so how traffic reaches it.
 *
 * @see https://kubernetes.github.io/ingress-nginx/deploy/
 */
export enum IngressNginxProvider {
  /** Behind a Network Load Balancer of AWS. */
  AWS = 'aws',
  /** Behind the load balancer that the cluster's own cloud gives to a Service. */
  CLOUD = 'cloud',
  /** On a kind cluster: ports 80 and 443 of the node that it runs on. */
  KIND = 'kind',
}

/** What differs from provider to provider. */
export interface ProviderFacts {
  readonly serviceType: string;
  readonly serviceAnnotations: Readonly<Record<string, string>>;
  readonly externalTrafficPolicy?: string;
  /** Whether the status of an Ingress shows the address of the controller's Service. */
  readonly publishService: boolean;
  readonly args: Readonly<Record<string, string>>;
  readonly hostPorts: boolean;
  readonly rollingUpdate: boolean;
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations?: k8s.Toleration[];
  readonly terminationGracePeriodSeconds: number;
}

const loadBalancer: ProviderFacts = {
  serviceType: 'LoadBalancer',
  serviceAnnotations: {},
  externalTrafficPolicy: 'Local',
  publishService: true,
  args: {},
  hostPorts: false,
  rollingUpdate: false,
  nodeSelector: {},
  terminationGracePeriodSeconds: 300,
};

type FactsOf = (version: VersionFacts) => ProviderFacts;

/** A Map, since a provider may come from JavaScript as any text. What kind has depends on the release as well. */
export const PROVIDERS: ReadonlyMap<string, FactsOf> = new Map<string, FactsOf>([
  [IngressNginxProvider.AWS, () => ({ ...loadBalancer, serviceAnnotations: AWS_NLB_ANNOTATIONS })],
  [IngressNginxProvider.CLOUD, () => loadBalancer],
  [
    IngressNginxProvider.KIND,
    (version) => ({
      ...version.onKind,
      serviceAnnotations: {},
      publishService: false,
      args: { 'watch-ingress-without-class': 'true', 'publish-status-address': 'localhost' },
      hostPorts: true,
      rollingUpdate: true,
      tolerations: ['master', 'control-plane'].map((role) => ({
        key: `node-role.kubernetes.io/${role}`,
        operator: 'Equal',
        effect: 'NoSchedule',
      })),
      terminationGracePeriodSeconds: 0,
    }),
  ],
]);
