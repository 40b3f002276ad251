import type { Manifest } from '../../manifest';
import { listIn } from '../../manifest/lists';
import { placeText } from '../../manifest/place';
import { type Drift, driftsOf } from '../facts/drift';
import type { Facts } from '../facts/facts';
import type { Edit } from '../fix/edit';
import { defineRule, type Found } from '../rule';

/** What the findings of `argocd-drift` hold. */
export interface ArgocdDrift {
  readonly drift: Drift['kind'];
  /** The first field, e.g. `spec.ports[0].targetPort`. */
  readonly field: string;
  /** What the API server makes of it, as JSON; undefined where it leaves it out. */
  readonly becomes: string | undefined;
  /** How many fields of the object are like it. */
  readonly more: number;
}

/**
 * A field that reads back from an API server otherwise than it is written, where Argo CD compares the two: the object may be
 * shown as out of sync for ever. Told only where manifests show that Argo CD applies them.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/diffing/
 */
export const rule = defineRule({
  code: 'argocd-drift',
  severity: 'info',
  reads: ['all kinds', 'Application'],
  *check(facts: Facts): Generator<Found<ArgocdDrift>> {
    if (!facts.once(hasArgoCd)) {
      return;
    }
    for (const manifest of facts.manifests) {
      const byKind = new Map<Drift['kind'], Drift[]>();
      for (const drift of driftsOf(manifest)) {
        listIn(byKind, drift.kind).push(drift);
      }
      for (const [kind, drifts] of byKind) {
        const [{ path, becomes }] = drifts as [Drift];
        const edits = drifts.map((drift) => editOf(manifest, drift));
        const shown = becomes === undefined ? undefined : JSON.stringify(becomes);
        const args = { drift: kind, field: placeText(path), becomes: shown, more: drifts.length - 1 };
        // A field that is left out has no place of its own.
        yield { manifest, path: kind === 'default' ? path.slice(0, -1) : path, args, fix: { safe: true, edits } };
      }
    }
  },
});

function editOf(manifest: Manifest, { kind, path, becomes }: Drift): Edit {
  switch (kind) {
    case 'quantity':
      return { kind: 'set', manifest, path, value: String(becomes) };
    case 'default':
      return { kind: 'add', manifest, path, value: becomes };
    default:
      return { kind: 'remove', manifest, path };
  }
}

/** Whether Argo CD applies these manifests, as far as they show it, for `facts.once`. */
function hasArgoCd({ manifests }: Facts): boolean {
  return manifests.some(
    ({ group, kind, annotations }) =>
      (group === 'argoproj.io' && kind.startsWith('App')) ||
      [...annotations.keys()].some((key) => key.startsWith('argocd.argoproj.io/')),
  );
}
