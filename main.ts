import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { argoCd } from './charts/argocd';
import { calico } from './charts/calico';
import { clusterPolicy } from './charts/cluster-policy';
import { game2048 } from './charts/game-2048';
import { gatewayApi } from './charts/gateway-api';
import { ingressController } from './charts/ingress-controller';
import { loadBalancer } from './charts/load-balancer';
import { progressiveDelivery } from './charts/progressive-delivery';
import { type Settings, withEnvironment } from './charts/settings';
import { shop } from './charts/shop';
import { stars } from './charts/stars';
import { CanaryRule, IngressNginxProvider, NetworkingApp, Tls } from './constructs';

/** What to change first. Each can also be given by a variable of the environment, see README.md. */
const settings: Settings = {
  provider: IngressNginxProvider.AWS,
  shopHost: 'shop.example.com',
  gameHost: '2048.example.com',
  shopTls: Tls.secret('online-boutique-tls'),
  canaryRule: CanaryRule.weight(5),
  gatewayApi: true,
  repoUrl: 'https://git.example.com/platform/cdk8s-networking.git',
  repoBranch: 'main',
};

try {
  synthesize(withEnvironment(settings, process.env));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function synthesize(given: Settings): void {
  const app = new NetworkingApp({ outdir: 'dist', staging: '.synth' });
  const boutique = shop(app, given);
  const game = game2048(app, given);
  if (given.gatewayApi) {
    gatewayApi(app, given, { ...boutique, game: game.service });
  }
  argoCd(app, given, {
    ingressController: ingressController(app, given.provider).forArgoCd,
    loadBalancer: Chart.of(loadBalancer(app, given.provider)),
    shop: boutique,
    game: Chart.of(game),
    calico: calico(new Construct(app, 'calico')),
    stars: stars(app),
  });
  clusterPolicy(app);
  progressiveDelivery(app);
  app.synth();
}
