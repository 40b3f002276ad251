import type { Path } from '../../manifest';
import type { Facts } from '../facts/facts';
import { fieldOf } from '../facts/fields';
import { defineRule, type Found } from '../rule';

/** What the findings of `argocd-instance-label` hold. */
export interface ArgocdInstanceLabel {
  readonly value: string;
}

const LABEL = 'app.kubernetes.io/instance';

/**
 * A selector by `app.kubernetes.io/instance`, a label that Argo CD writes to every object that it deploys, unless it tracks by
 * annotation: a Service or policy then means pods by a label that changes with the name of the Application.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/resource_tracking/
 */
export const rule = defineRule({
  code: 'argocd-instance-label',
  severity: 'info',
  offByDefault: true,
  reads: ['Service', 'NetworkPolicy', 'workloads'],
  *check(facts: Facts): Generator<Found<ArgocdInstanceLabel>> {
    const selectors: readonly (readonly [string, Path])[] = [
      ['/Service', ['spec', 'selector']],
      ['apps/Deployment', ['spec', 'selector', 'matchLabels']],
      ['apps/StatefulSet', ['spec', 'selector', 'matchLabels']],
      ['apps/DaemonSet', ['spec', 'selector', 'matchLabels']],
      ['networking.k8s.io/NetworkPolicy', ['spec', 'podSelector', 'matchLabels']],
    ];
    for (const [kind, path] of selectors) {
      for (const manifest of facts.of(kind)) {
        const label = fieldOf(manifest, ...(path as readonly string[])).get(LABEL);
        if (typeof label.value === 'string') {
          yield { manifest, path: label.path, args: { value: label.value } };
        }
      }
    }
  },
});
