import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { ArgoCdApps, type Calico, type IngressNginx } from '../constructs';
import type { Settings } from './settings';
import type { Shop } from './shop';

/** What Argo CD deploys. */
export interface Deployables {
  readonly calico: Calico;
  readonly ingressController: IngressNginx;
  readonly loadBalancer: Chart;
  readonly shop: Shop;
  readonly game: Chart;
  readonly stars: Chart[];
}

/** One Application for each deployable: the network first, then the controller, then what needs them. */
export function argoCd(scope: Construct, { repoUrl, repoBranch }: Settings, deployed: Deployables): void {
  const { shop } = deployed;
  new ArgoCdApps(scope, 'argocd', {
    repoUrl,
    targetRevision: repoBranch,
    apps: [
      { ...deployed.calico.argoCdApp, wave: -20 },
      { name: 'ingress-nginx', charts: [Chart.of(deployed.ingressController)], wave: -10 },
      { name: 'load-balancer', charts: [deployed.loadBalancer] },
      { name: 'online-boutique', charts: [shop.services, shop.ingress, shop.next, shop.canary] },
      { name: 'game-2048', charts: [deployed.game] },
      { name: 'stars', charts: deployed.stars },
    ],
  });
}
