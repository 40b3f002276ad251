import { Chart } from 'cdk8s';
import {
  DefaultDenyNamespace,
  EgressDefault,
  Gateway,
  GatewayImplementation,
  NetworkingApp,
  type NetworkingAppProps,
} from 'cdk8s-networking';
import { Backoffice } from './backoffice.js';
import { Monitoring } from './monitoring.js';
import { Storefront } from './storefront.js';

/** The whole shop: three closed namespaces, and who of them may talk to whom. */
export function shop(props: NetworkingAppProps = {}): NetworkingApp {
  const app = new NetworkingApp(props);
  const closed = (name: string) => {
    const chart = new Chart(app, name, { namespace: name });
    const namespace = new DefaultDenyNamespace(chart, 'namespace', { name, egress: EgressDefault.DENY_EXCEPT_DNS });
    return { chart, namespace };
  };
  const storefrontAt = closed('storefront');
  const backofficeAt = closed('backoffice');
  const monitoringAt = closed('monitoring');

  const gateway = new Gateway(storefrontAt.chart, 'gateway', {
    name: 'shop',
    className: 'eg',
    implementation: GatewayImplementation.ENVOY_GATEWAY,
  });
  const monitoring = new Monitoring(monitoringAt.chart, 'monitoring', monitoringAt.namespace);
  const backoffice = new Backoffice(backofficeAt.chart, 'backoffice', backofficeAt.namespace);
  const storefront = new Storefront(storefrontAt.chart, 'storefront', { gateway, prometheus: monitoring.url });

  backoffice.orders.allowFrom(storefront.frontend);
  for (const { namespace } of [storefrontAt, backofficeAt]) {
    namespace.allowMetricsFrom(monitoring.prometheus, 9090);
  }
  return app;
}
