import type { AwsLoadBalancerScheme } from '../aws-load-balancer';
import type { ContainerResources } from '../container-resources';
import type { IngressNginxProvider } from './provider';
import type { IngressNginxVersion } from './version';

/** Settings of `IngressNginx`. */
export interface IngressNginxProps {
  /**
   * The release. Anything below 1.11.5 can be taken over from inside the pod network (CVE-2025-1974).
   *
   * @default IngressNginxVersion.V1_15_1
   */
  readonly version?: IngressNginxVersion;

  /**
   * Where the controller runs, and so how traffic reaches it.
   *
   * @default IngressNginxProvider.CLOUD
   */
  readonly provider?: IngressNginxProvider;

  /**
   * The name of the installation. The names of all its objects begin with it, so that a second installation can stand
   * beside the first; that one needs an `ingressClassName` of its own as well. At most 42 characters.
   *
   * @default "ingress-nginx"
   */
  readonly name?: string;

  /**
   * The namespace, which the construct makes.
   *
   * @default - the name of the installation
   */
  readonly namespaceName?: string;

  /**
   * The name of the IngressClass, by which an Ingress asks for this controller.
   *
   * @default "nginx"
   */
  readonly ingressClassName?: string;

  /**
   * Whether an Ingress that names no class gets this one. A cluster has one default at most.
   *
   * @see https://kubernetes.io/docs/concepts/services-networking/ingress/#default-ingress-class
   * @default false
   */
  readonly isDefaultClass?: boolean;

  /**
   * How many controllers run, from 1 to 1000.
   *
   * @default - left out: one, or as many as an autoscaler sets
   */
  readonly replicas?: number;

  /**
   * What a controller asks for and may use at most. Given, it takes the place of the default as a whole.
   *
   * @default - requests of 100m and 90Mi, no limits
   */
  readonly resources?: ContainerResources;

  /**
   * Entries of the controller's ConfigMap, e.g. `use-forwarded-headers: 'true'`. They go before those of the release.
   *
   * @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/
   * @default - those of the release: none, and for 1.8.2 `allow-snippet-annotations: 'true'`
   */
  readonly config?: { readonly [key: string]: string };

  /**
   * Further arguments of the controller without their dashes, e.g. `default-ssl-certificate: 'shop/tls'`; an empty
   * value gives the bare argument. One that the construct sets is an error.
   *
   * @see https://kubernetes.github.io/ingress-nginx/user-guide/cli-arguments/
   * @default - none
   */
  readonly extraArgs?: { readonly [argument: string]: string };

  /**
   * Further annotations of the controller's Service. One that the construct sets is an error.
   *
   * @default - none
   */
  readonly serviceAnnotations?: { readonly [key: string]: string };

  /**
   * The blocks of addresses that the load balancer lets in. Not on kind, which has no load balancer.
   *
   * @default - every address
   */
  readonly loadBalancerSourceRanges?: string[];

  /**
   * Where the load balancer can be reached from. On AWS only.
   *
   * @default - left to the controller in the cluster: the cloud provider's own makes it internet-facing, the AWS Load
   * Balancer Controller internal
   */
  readonly loadBalancerScheme?: AwsLoadBalancerScheme;

  /**
   * The registry of the images, for clusters that pull from a mirror. The path and the digest stay.
   *
   * @default "registry.k8s.io"
   */
  readonly imageRegistry?: string;

  /**
   * Whether the two Jobs of the admission webhook run as sync hooks of Argo CD.
   *
   * As released, 1.15.1 has them removed as soon as they are done. Argo CD then sees objects missing, and with
   * self-heal makes them again and again. As hooks they run with each sync, stay until the next, and never count as a
   * difference.
   *
   * @see https://argo-cd.readthedocs.io/en/stable/user-guide/resource_hooks/
   * @default false
   */
  readonly argoCdHooks?: boolean;
}
