import type { Manifest } from '../../manifest';
import { controllersOf } from '../../routing/ingress-nginx/controllers';
import { classObjects, mayServe } from '../../routing/ingress-nginx/serving';
import { DEFAULT_SETTINGS, type Settings } from '../../routing/ingress-nginx/settings';
import type { Facts } from './facts';

/**
 * What the controllers of ingress-nginx are told that may serve an Ingress, for `facts.once`: those of its class, all where that is not
 * known, and the defaults where the manifests run none.
 */
export function settingsByIngress({ manifests }: Facts): (ingress: Manifest) => readonly Settings[] {
  const [controllers, classes] = [controllersOf(manifests), classObjects(manifests)];
  return (ingress) => (controllers.length === 0 ? [DEFAULT_SETTINGS] : mayServe(controllers, classes, ingress));
}
