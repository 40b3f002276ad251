import { isWorkload } from '../../connectivity/read/owners';
import type { Manifest } from '../../manifest';
import { isMapping } from '../../manifest/value';

/** What a policy is attached to. */
export interface Target {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** The listener or rule that is meant; `undefined` for all. */
  readonly section: string | undefined;
}

/**
 * What an object says it is attached to, by `targetRef`, `targetRefs` and `targetSelectors`; `undefined` where it says
 * nothing of the kind. Workloads are no targets of policies for requests.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/policy-attachment/
 */
export function targetsOf(manifest: Manifest, all: readonly Manifest[]): readonly Target[] | undefined {
  const { spec } = manifest.object;
  const { targetRef, targetRefs, targetSelectors } = isMapping(spec) ? spec : {};
  const refs = [targetRef, ...listOf(targetRefs)].filter(isMapping);
  const selectors = listOf(targetSelectors).filter(isMapping);
  if (refs.length === 0 && selectors.length === 0) {
    return undefined;
  }
  const { namespace: own = 'default' } = manifest;
  const named = refs.flatMap(({ group, kind, namespace, name, sectionName }): Target[] =>
    typeof kind !== 'string' || typeof name !== 'string' || isWorkload({ kind, group: String(group ?? '') })
      ? []
      : [{ kind, namespace: textOf(namespace) ?? own, name, section: textOf(sectionName) }],
  );
  const selected = selectors.flatMap((selector) =>
    all
      .filter(
        ({ kind, namespace = 'default', labels }) =>
          kind === selector.kind && namespace === own && areSelected(selector, labels),
      )
      .map(({ kind, name }): Target => ({ kind, namespace: own, name, section: textOf(selector.sectionName) })),
  );
  return named.length === 0 && selectors.length === 0 ? undefined : [...named, ...selected];
}

/** Targets in words, e.g. `HTTPRoute shop/web`. */
export function targetsText(targets: readonly Target[]): string {
  return targets
    .map(({ kind, namespace, name, section }) => {
      const part = section === undefined ? '' : ` (${section})`;
      return `${kind} ${namespace}/${name}${part}`;
    })
    .join(', ');
}

/** Whether labels are selected by what of a selector can be told at once; expressions are taken as met. */
function areSelected({ matchLabels }: Readonly<Record<string, unknown>>, labels: ReadonlyMap<string, string>): boolean {
  return Object.entries(isMapping(matchLabels) ? matchLabels : {}).every(([key, value]) => labels.get(key) === value);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
