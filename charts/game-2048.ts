import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { DefaultDenyNamespace, EgressDefault, ExposedService, Exposure, Game2048 } from '../constructs';
import type { Settings } from './settings';

/** The 2048 game on a host of its own, in a namespace that only the ingress controller can connect into. */
export function game2048(scope: Construct, { gameHost }: Settings): Game2048 {
  const chart = new Chart(scope, 'game-2048');
  const namespace = new DefaultDenyNamespace(chart, 'namespace', {
    name: 'game-2048',
    egress: EgressDefault.DENY_EXCEPT_DNS,
  });
  const game = new Game2048(chart, 'game', { namespace });
  new ExposedService(chart, 'exposed', {
    existing: game.service,
    exposure: Exposure.ingress({ host: gameHost }),
  });
  return game;
}
