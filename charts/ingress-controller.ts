import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { IngressNginx, type IngressNginxProvider } from '../constructs';

/** The ingress controller of the cluster. */
export function ingressController(scope: Construct, provider: IngressNginxProvider): IngressNginx {
  return new IngressNginx(new Chart(scope, 'ingress-nginx'), 'ingress-nginx', { provider });
}
