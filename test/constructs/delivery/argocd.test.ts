import { Chart } from 'cdk8s';
import {
  ArgoCdApps,
  type ExposedServiceProps,
  FlaggerStrategy,
  NetworkingApp,
  ProgressiveDelivery,
  RolloutStep,
  RolloutStrategy,
} from '../../../constructs';
import type { Fields } from '../../helpers/fields';
import { find } from '../../helpers/synth';
import { ERRORS, frontend, overGateway, ROLLOUT } from './services';

/** The Application that deploys a service. */
function applicationOf(props: Partial<ExposedServiceProps>): Fields {
  const app = new NetworkingApp();
  const shop = new Chart(app, 'shop', { namespace: 'shop' });
  new ArgoCdApps(app, 'argocd', {
    repoUrl: 'https://git.example.com/team/shop.git',
    apps: [{ name: 'shop', charts: [shop] }],
  });
  frontend(shop, props);
  const apps = app.node
    .findAll()
    .filter(Chart.isChart)
    .flatMap((chart) => chart.toJson() as Fields[]);
  return find(apps, 'Application', 'shop').spec;
}

const PLACE = { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'frontend', namespace: 'shop' };

describe('Argo CD', () => {
  test('leaves the weights and the marks alone that Argo Rollouts moves, and each field alone', () => {
    expect(applicationOf({ delivery: ROLLOUT, exposure: overGateway() }).ignoreDifferences).toEqual([
      {
        ...PLACE,
        jqPathExpressions: [
          '.spec.rules[].backendRefs[]?.weight',
          '.metadata.labels["rollouts.argoproj.io/gatewayapi-canary"]',
          '.metadata.annotations["rollouts.argoproj.io/gatewayapi-active-rollouts"]',
        ],
      },
    ]);
  });

  test('leaves the rules for headers alone that steps add, by their names', () => {
    const strategy = RolloutStrategy.canary([RolloutStep.header('X-Beta', 'yes'), RolloutStep.weight(50)]);
    const { ignoreDifferences } = applicationOf({
      delivery: ProgressiveDelivery.argoRollouts({ strategy }),
      exposure: overGateway(),
    });
    expect(ignoreDifferences[0].jqPathExpressions[3]).toBe(
      '.spec.rules[] | select((.name // "") | test("^frontend-by-x-beta(-[0-9]+)?$"))',
    );
  });

  test('applies only what differs otherwise, so that no sync puts the weights back', () => {
    const { syncOptions } = applicationOf({ delivery: ROLLOUT, exposure: overGateway() }).syncPolicy;
    expect(syncOptions).toEqual(['CreateNamespace=false', 'ApplyOutOfSyncOnly=true']);
  });

  test('leaves the number of Pods alone that Flagger scales to nothing', () => {
    const delivery = ProgressiveDelivery.flagger({ strategy: FlaggerStrategy.canary(5, 50), analysis: ERRORS });
    expect(applicationOf({ delivery, replicas: 3 }).ignoreDifferences).toEqual([
      { group: 'apps', kind: 'Deployment', name: 'frontend', namespace: 'shop', jsonPointers: ['/spec/replicas'] },
    ]);
    expect(applicationOf({ delivery })).not.toHaveProperty('ignoreDifferences');
  });

  test('has nothing to leave alone with an Ingress, since the controller makes one of its own', () => {
    const { ignoreDifferences, syncPolicy } = applicationOf({ delivery: ROLLOUT });
    expect(ignoreDifferences).toBeUndefined();
    expect(syncPolicy.syncOptions).toEqual(['CreateNamespace=false']);
  });
});
