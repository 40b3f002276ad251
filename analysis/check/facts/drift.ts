import type { Manifest, Path } from '../../manifest';
import { isMapping } from '../../manifest/value';
import { GATEWAY_GROUP } from '../../routing/gateway-api/objects';
import { canonicalQuantity } from './quantity';
import { routeDefaults } from './route-defaults';

/** A field that reads back from an API server otherwise than it is written. */
export interface Drift {
  readonly kind: 'null' | 'empty' | 'quantity' | 'default' | 'cluster-ip';
  readonly path: Path;
  /** What the API server makes of it; undefined where it leaves the field out. */
  readonly becomes?: string | number | object;
}

/** Mappings that an API server leaves out where they hold nothing. Others mean something, such as an empty podSelector. */
const DROPPED_MAPPINGS = ['annotations', 'labels', 'nodeSelector'];

/** Mappings of texts, in which null is the empty text. */
const TEXTS = ['data', 'stringData', 'annotations', 'labels', 'matchLabels', 'nodeSelector', 'selector'];

/** Fields whose members are quantities. */
const QUANTITIES = ['limits', 'requests', 'hard'];

/**
 * What reads back from an API server otherwise than it is written.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/diffing/
 */
export function driftsOf(manifest: Manifest): readonly Drift[] {
  const found: Drift[] = [];
  const isOwn = isBuiltIn(manifest);
  const dropsNulls = isOwn || manifest.group === GATEWAY_GROUP;
  walk(manifest.object, []);
  return [...found, ...(manifest.group === GATEWAY_GROUP ? routeDefaults(manifest) : [])];

  function walk(value: unknown, path: Path): void {
    const key = path.at(-1);
    if (value === null) {
      if (dropsNulls && typeof key === 'string' && !TEXTS.includes(String(path.at(-2)))) {
        found.push({ kind: 'null', path });
      }
    } else if (Array.isArray(value)) {
      // Roles keep an empty list of rules.
      if (value.length === 0 && isOwn && key !== 'rules') {
        found.push({ kind: 'empty', path });
      }
      for (const [index, item] of value.entries()) {
        walk(item, [...path, index]);
      }
    } else if (isMapping(value)) {
      if (Object.keys(value).length === 0 && DROPPED_MAPPINGS.includes(String(key))) {
        found.push({ kind: 'empty', path });
      }
      for (const [name, member] of Object.entries(value)) {
        // Its status is not a manifest's to say.
        if (path.length > 0 || name !== 'status') {
          walk(member, [...path, name]);
        }
      }
    } else if (isOwn) {
      leaf(value, path);
    }
  }

  function leaf(value: unknown, path: Path): void {
    if (manifest.kind === 'Service' && path.join('.') === 'spec.clusterIP' && value === '') {
      found.push({ kind: 'cluster-ip', path });
    }
    if (typeof value === 'string' && QUANTITIES.includes(String(path.at(-2)))) {
      const becomes = canonicalQuantity(value);
      if (becomes !== undefined && becomes !== value) {
        found.push({ kind: 'quantity', path, becomes });
      }
    }
  }
}

/** Whether an API server knows the type by itself: it keeps what custom resources hold as it is. */
function isBuiltIn({ group }: Manifest): boolean {
  return !group.includes('.') || ['networking.k8s.io', 'rbac.authorization.k8s.io', 'storage.k8s.io'].includes(group);
}
