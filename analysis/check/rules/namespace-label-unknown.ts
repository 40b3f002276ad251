import { NAME_LABEL } from '../../connectivity/model';
import { meets, type Requirement } from '../../connectivity/selector';
import type { Facts } from '../facts/facts';
import { selectorText } from '../facts/selector-text';
import { defineRule, type Found } from '../rule';

/** What the findings of `namespace-label-unknown` hold. */
export interface NamespaceLabelUnknown {
  /** What is asked for, e.g. `name=monitoring`. */
  readonly wanted: string;
  /** The namespace of the manifests that has the value as its name; undefined where none has. */
  readonly namespace: string | undefined;
}

/** Labels that OpenShift gives to namespaces. */
const GIVEN = /^(.+\.)?(policy-group\.network|network)\.openshift\.io\//;

/** A `namespaceSelector` that asks for a label which no Namespace of the manifests has, and which Kubernetes does not give. */
export const rule = defineRule({
  code: 'namespace-label-unknown',
  severity: 'warning',
  reads: ['NetworkPolicy', 'Namespace'],
  *check({ policies, namespaces }: Facts): Generator<Found<NamespaceLabelUnknown>> {
    const labels = [...namespaces.declared.keys()].map((name) => namespaces.labelsOf(name));
    const isUnknown = (requirement: Requirement) =>
      (requirement.operator === 'In' || requirement.operator === 'Exists') &&
      requirement.key !== NAME_LABEL &&
      !GIVEN.test(requirement.key) &&
      !labels.some((own) => meets(requirement, own));
    for (const { manifest, rules } of policies) {
      for (const { path, namespaces: selector } of rules.flatMap(({ peers }) => peers ?? [])) {
        const unknown = selector === 'own' ? undefined : selector.find(isUnknown);
        if (unknown !== undefined) {
          const namespace = [...unknown.values].find((value) => namespaces.declared.has(value));
          const declared = namespace === undefined ? undefined : namespaces.declared.get(namespace);
          const isOne = unknown.operator === 'In' && unknown.values.size === 1;
          const at = [...path, 'namespaceSelector', 'matchLabels', unknown.key];
          yield {
            manifest,
            path: at,
            args: { wanted: selectorText([unknown]), namespace },
            // Labels may be given outside of these manifests.
            ...(declared === undefined
              ? { severity: 'info' }
              : {
                  related: [{ role: 'declared', manifest: declared, path: ['metadata'] }],
                  ...(isOne
                    ? { fix: { safe: true, edits: [{ kind: 'rename', manifest, path: at, key: NAME_LABEL }] } }
                    : {}),
                }),
          };
        }
      }
    }
  },
});
