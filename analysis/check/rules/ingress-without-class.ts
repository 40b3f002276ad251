import type { Facts } from '../facts/facts';
import { fieldOf } from '../facts/fields';
import { defineRule, type Found } from '../rule';

/** What the findings of `ingress-without-class` hold. */
export interface IngressWithoutClass {
  /** The classes that the manifests have. */
  readonly classes: readonly string[];
}

const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';
const DEFAULT_ANNOTATION = 'ingressclass.kubernetes.io/is-default-class';

/**
 * An Ingress that names no class, where no IngressClass of the manifests is the default: nobody serves it.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress/#default-ingress-class
 */
export const rule = defineRule({
  code: 'ingress-without-class',
  severity: 'warning',
  reads: ['Ingress', 'IngressClass'],
  *check(facts: Facts): Generator<Found<IngressWithoutClass>> {
    const classes = facts.of('networking.k8s.io/IngressClass');
    if (classes.some(({ annotations }) => annotations.get(DEFAULT_ANNOTATION) === 'true')) {
      return;
    }
    for (const manifest of facts.of('networking.k8s.io/Ingress')) {
      if (!fieldOf(manifest, 'spec', 'ingressClassName').isGiven && !manifest.annotations.has(CLASS_ANNOTATION)) {
        yield {
          manifest,
          path: ['spec'],
          args: { classes: classes.map(({ name }) => name) },
          // Where no class is among the manifests, the default may be elsewhere.
          ...(classes.length > 0 ? {} : { severity: 'info' }),
          related: classes.slice(0, 1).map((one) => ({ role: 'nearest', manifest: one, path: ['metadata', 'name'] })),
        };
      }
    }
  },
});
