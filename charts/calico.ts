import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { Calico, CalicoApplication, CalicoCustomResources, CalicoProvider } from '../constructs';

/** Calico on EKS, beside the AWS VPC network plugin: the Installation and APIServer; Argo CD brings the operator. */
export function calico(scope: Construct): Calico {
  return new Calico(new Chart(scope, 'calico'), 'calico', {
    values: { installation: { kubernetesProvider: CalicoProvider.EKS } },
    customResources: CalicoCustomResources.AS_MANIFESTS,
    application: CalicoApplication.NONE,
  });
}
