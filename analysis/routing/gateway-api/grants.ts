import type { Manifest } from '../../manifest';
import { listIn } from '../../manifest/lists';
import { Cursor } from '../cursor';
import type { Findings } from '../problems';
import { GATEWAY_GROUP, type Grant, type ObjectRef } from './objects';

/** Which objects of other namespaces may be referred to. */
export class Grants {
  private readonly byNamespace = new Map<string, Grant[]>();

  constructor(manifests: readonly Manifest[], findings: Findings) {
    for (const manifest of manifests) {
      if (manifest.kind === 'ReferenceGrant' && manifest.group === GATEWAY_GROUP) {
        const grant = readGrant(manifest, findings);
        listIn(this.byNamespace, grant.namespace).push(grant);
      }
    }
  }

  /** Whether an object of the Gateway API may refer to another one: in its own namespace always. */
  allow(kind: string, namespace: string, ref: ObjectRef): boolean {
    return (
      ref.namespace === namespace ||
      (this.byNamespace.get(ref.namespace) ?? []).some(
        ({ from, to }) =>
          from.some((one) => one.group === GATEWAY_GROUP && one.kind === kind && one.namespace === namespace) &&
          to.some(
            (one) =>
              one.group === ref.group && one.kind === ref.kind && (one.name === undefined || one.name === ref.name),
          ),
      )
    );
  }
}

/** @see https://gateway-api.sigs.k8s.io/reference/spec/#referencegrant */
function readGrant(manifest: Manifest, findings: Findings): Grant {
  const spec = Cursor.of(manifest, findings, 'spec').mapping();
  const [from, to] = ['from', 'to'].map((key) => {
    const list = spec.get(key);
    const items = list.items(16).map((item) => item.mapping());
    if (items.length === 0) {
      list.wrong('bad-grant', 'holds nothing; give at least one');
    }
    return items;
  }) as [Cursor[], Cursor[]];
  const kindOf = (item: Cursor) => ({
    group: neededGroup(item),
    kind: item.get('kind').neededText('bad-grant', 'give a kind') ?? '',
  });
  return {
    namespace: manifest.namespace ?? 'default',
    from: from.map((item) => ({
      ...kindOf(item),
      namespace: item.get('namespace').neededText('bad-grant', 'give the namespace that may refer to these') ?? '',
    })),
    to: to.map((item) => ({ ...kindOf(item), name: item.get('name').text() || undefined })),
  };
}

function neededGroup(item: Cursor): string {
  const field = item.get('group');
  if (!field.isGiven) {
    field.wrong('bad-grant', 'is missing; give "" for the core group');
  }
  return field.text() ?? '';
}
