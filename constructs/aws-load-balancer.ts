/**
 * Where an AWS load balancer can be reached from.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/#lb-scheme
 */
export enum AwsLoadBalancerScheme {
  /** From the internet. */
  INTERNET_FACING = 'internet-facing',
  /** From inside the VPC only. */
  INTERNAL = 'internal',
}

const PREFIX = 'service.beta.kubernetes.io/aws-load-balancer-';
const SCHEME = `${PREFIX}scheme`;
const INTERNAL = `${PREFIX}internal`;

/** The annotations by which the scheme of an AWS load balancer is told, whichever of its two controllers reads them. */
export const AWS_SCHEME_KEYS: readonly string[] = [SCHEME, INTERNAL];

/** The annotations that ask AWS for a Network Load Balancer of plain TCP that reaches every zone. */
export const AWS_NLB_ANNOTATIONS: Readonly<Record<string, string>> = {
  [`${PREFIX}backend-protocol`]: 'tcp',
  [`${PREFIX}cross-zone-load-balancing-enabled`]: 'true',
  [`${PREFIX}type`]: 'nlb',
};

/**
 * The annotations of a scheme. The controller built into the cloud provider reads `internal` and is open to the
 * internet without it; the AWS Load Balancer Controller reads `scheme` and is internal without it.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/
 */
export function schemeAnnotations(scheme: AwsLoadBalancerScheme): Record<string, string> {
  return scheme === AwsLoadBalancerScheme.INTERNAL ? { [SCHEME]: scheme, [INTERNAL]: 'true' } : { [SCHEME]: scheme };
}
