import type { Field } from '../../connectivity/read/field';
import type { Manifest, Path } from '../../manifest';
import { GATEWAY_GROUP } from '../../routing/gateway-api/objects';
import { fieldOf } from './fields';

/** A field that is left out, and the value that an API server fills in. */
export interface LeftOut {
  readonly kind: 'default';
  readonly path: Path;
  readonly becomes: string | number | object;
}

/**
 * The defaults inside of lists that a route or Gateway leaves out. Lists of the Gateway API are compared as a whole under
 * server-side apply, so that they never match what is written.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/
 */
export function routeDefaults(manifest: Manifest): readonly LeftOut[] {
  const found: LeftOut[] = [];
  const spec = fieldOf(manifest, 'spec');
  const lacks = (field: Field, defaults: Readonly<Record<string, string | number | object>>) => {
    for (const [name, becomes] of Object.entries(defaults)) {
      if (!field.get(name).isGiven) {
        found.push({ kind: 'default', path: [...field.path, name], becomes });
      }
    }
  };
  for (const parent of spec.get('parentRefs').mappings('')) {
    lacks(parent, { group: GATEWAY_GROUP, kind: 'Gateway' });
  }
  for (const rule of spec.get('rules').mappings('')) {
    for (const ref of rule.get('backendRefs').mappings('')) {
      lacks(ref, { group: '', kind: 'Service', weight: 1 });
    }
    if (manifest.kind === 'HTTPRoute') {
      if (!rule.get('matches').isGiven) {
        lacks(rule, { matches: [{ path: ROOT }] });
      }
      for (const match of rule.get('matches').mappings('')) {
        lacks(match, { path: ROOT });
        if (match.get('path').isGiven) {
          lacks(match.get('path'), ROOT);
        }
      }
    }
    for (const match of rule.get('matches').mappings('')) {
      for (const condition of [match.get('headers'), match.get('queryParams')].flatMap((list) => list.mappings(''))) {
        lacks(condition, { type: 'Exact' });
      }
    }
  }
  if (manifest.kind === 'Gateway') {
    for (const listener of spec.get('listeners').mappings('')) {
      if (!listener.get('allowedRoutes').isGiven) {
        lacks(listener, { allowedRoutes: { namespaces: { from: 'Same' } } });
      }
      for (const ref of listener.get('tls').get('certificateRefs').mappings('')) {
        lacks(ref, { group: '', kind: 'Secret' });
      }
    }
  }
  return found;
}

const ROOT = { type: 'PathPrefix', value: '/' };
