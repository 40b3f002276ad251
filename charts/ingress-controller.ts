import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { IngressNginx, type IngressNginxProvider, NetworkingApp } from '../constructs';

/** The ingress controller, in two files. */
export interface IngressController {
  /** As it is released, for kubectl. */
  readonly forKubectl: IngressNginx;
  /**
   * The same with the Jobs of the admission webhook as hooks of Argo CD. As released they are removed when they are
   * done, which Argo CD would take for a difference and make them again for ever.
   */
  readonly forArgoCd: IngressNginx;
}

/** The ingress controller of the cluster. */
export function ingressController(scope: Construct, provider: IngressNginxProvider): IngressController {
  const make = (chart: Chart, argoCdHooks: boolean) =>
    new IngressNginx(chart, 'ingress-nginx', { provider, argoCdHooks });
  const folder = new Construct(scope, 'for-argocd');
  NetworkingApp.alternative(folder);
  return {
    forKubectl: make(new Chart(scope, 'ingress-nginx'), false),
    forArgoCd: make(new Chart(folder, 'ingress-nginx'), true),
  };
}
