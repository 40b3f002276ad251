import { Chart, Yaml } from 'cdk8s';
import { Cluster, peerText, portsText, readManifests } from '../../../analysis';
import {
  AllowedNamespaces,
  DefaultDenyNamespace,
  EgressDefault,
  ExposedService,
  type ExposedServiceProps,
  Gateway,
  GatewayListener,
  IngressNginx,
  type IWorkload,
  NetworkingApp,
} from '../../../constructs';
import { frontend } from './services';

export const CONTROLLER = 'ingress-nginx/Deployment/ingress-nginx-controller';

/** The shop, closed, with an ingress controller, a stranger, a backend that only the frontend may reach, and a Gateway. */
export function manifestsOf(props: Partial<ExposedServiceProps>, workloadAt?: (at: Chart) => IWorkload) {
  const app = new NetworkingApp();
  const chart = (id: string, namespace?: string) => new Chart(app, id, { namespace });
  new IngressNginx(chart('nginx'), 'nginx');
  new ExposedService(chart('strangers', 'elsewhere'), 'stranger', { image: 'registry.example/a:1', port: 80 });
  if (props.exposure !== undefined) {
    const allowedNamespaces = AllowedNamespaces.named([{ name: 'shop' }]);
    const listeners = [GatewayListener.http({ allowedNamespaces })];
    new Gateway(chart('gateway', 'infra'), 'web', { className: 'eg', listeners });
  }
  const shop = chart('shop', 'shop');
  new DefaultDenyNamespace(shop, 'namespace', { name: 'shop', egress: EgressDefault.DENY_EXCEPT_DNS });
  const made = frontend(shop, workloadAt ? { image: undefined, workload: workloadAt(shop), ...props } : props);
  new ExposedService(shop, 'backend', { image: 'registry.example/b:1', port: 6379 }).allowFrom(made);
  const objects = app.node
    .findAll()
    .filter(Chart.isChart)
    .flatMap((one) => one.toJson());
  return readManifests(Yaml.stringify(...objects), 'all.yaml');
}

/** Who reaches a workload of the shop, and whom it reaches there. */
export function around(props: Partial<ExposedServiceProps>, workload: string, workloadAt?: (at: Chart) => IWorkload) {
  const cluster = Cluster.from(manifestsOf(props, workloadAt));
  expect(cluster.problems).toEqual([]);
  const [it] = cluster.find(`shop/${workload}`);
  const of = (direction: 'from' | 'to') => [...cluster.connections({ [direction]: it ? [it] : [] })];
  return {
    callers: of('to').map(({ from, ports }) => `${peerText(from)} ${portsText(ports)}`),
    reaches: of('from')
      .map(({ to, ports }) => `${peerText(to)} ${portsText(ports)}`)
      .filter((one) => one.startsWith('shop/')),
  };
}
