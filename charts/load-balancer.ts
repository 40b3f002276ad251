import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { ExposedService, Exposure, IngressNginxProvider } from '../constructs';

/** A Service of type LoadBalancer by itself: port 80 leads to Pods that answer with their own names. */
export function loadBalancer(scope: Construct, provider: IngressNginxProvider): ExposedService {
  return new ExposedService(new Chart(scope, 'load-balancer'), 'hostnames', {
    image: 'registry.k8s.io/e2e-test-images/agnhost:2.53',
    args: ['serve-hostname'],
    port: 9376,
    servicePort: 80,
    exposure: provider === IngressNginxProvider.AWS ? Exposure.awsNetworkLoadBalancer() : Exposure.loadBalancer(),
  });
}
