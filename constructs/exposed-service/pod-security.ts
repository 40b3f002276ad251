import type { k8s } from 'cdk8s-plus-27';

/**
 * What the containers of a workload may do.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export enum PodSecurity {
  /** What the image asks for: it starts as it is, as root if that is what it does. */
  AS_IMAGE = 'as-image',
  /** What the Pod Security Standard "restricted" asks for: the image has to run as another user than root. */
  RESTRICTED = 'restricted',
}

/** The fields of a container that hold the standard "restricted"; nothing for what the image asks for. */
export function securityContext(security: PodSecurity): k8s.SecurityContext | undefined {
  return security === PodSecurity.AS_IMAGE
    ? undefined
    : {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      };
}
