import { GATEWAY_PLUGIN } from '../../delivery/rollout-routing';
import { isNear } from '../../manifest/near';
import type { Facts } from './facts';
import { fieldOf, textOf } from './fields';

/** Fields of trafficRouting, in release 1.9. */
export const ROUTERS = new Set([
  'alb',
  'ambassador',
  'apisix',
  'appMesh',
  'istio',
  'managedRoutes',
  'maxTrafficWeight',
  'nginx',
  'plugins',
  'smi',
  'traefik',
]);

/** Plugins find what is written for them by these names alone. */
export const PLUGINS = [GATEWAY_PLUGIN, 'argoproj-labs/contour'];

/** What was meant by a field that trafficRouting does not have: the plugin, which stands one level down. Slips are told elsewhere. */
export function likeRouter(key: string): string | undefined {
  return isLike(key, GATEWAY_PLUGIN) ? `plugins: { ${GATEWAY_PLUGIN}: … }` : undefined;
}

/** Whether a key may have been meant: the name of a plugin in other letters, or without what stands before the slash. */
export function isLike(key: string, known: string): boolean {
  const plain = (text: string) => (text.split('/').at(-1) ?? '').toLowerCase().replace(/[^a-z]/g, '');
  return plain(key) !== '' && (plain(known) === plain(key) || isNear(plain(known), plain(key)));
}

/** The names of plugins in the settings of Argo Rollouts, for `facts.once`. */
export function installedPlugins(facts: Facts): ReadonlySet<string> {
  const texts = facts
    .of('/ConfigMap')
    .filter(({ name }) => name === 'argo-rollouts-config')
    .map((manifest) => textOf(fieldOf(manifest, 'data', 'trafficRouterPlugins')) ?? '');
  return new Set(
    texts.flatMap((text) =>
      [...text.matchAll(/["']?name["']?\s*:\s*["']?([\w.-]+\/[\w.-]+)/g)].map(([, name]) => name as string),
    ),
  );
}
