import { misspeltAnnotations } from '../../routing/ingress-nginx/misspelt';
import type { Facts } from '../facts/facts';
import { isOfOther } from '../facts/nginx';
import { settingsByIngress } from '../facts/nginx-settings';
import { defineRule, type Found } from '../rule';

/** What the findings of `annotation-unknown` hold. */
export interface AnnotationUnknown {
  readonly annotation: string;
  /** What is probably meant, with prefix; undefined where nothing comes near. */
  readonly meant: string | undefined;
  /** Whether an earlier release of ingress-nginx read it. */
  readonly isRemoved: boolean;
}

/**
 * An annotation that looks like one of ingress-nginx and is none: it does nothing, without a word.
 *
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/
 */
export const rule = defineRule({
  code: 'annotation-unknown',
  severity: 'warning',
  reads: ['Ingress', 'IngressClass', 'workloads'],
  *check(facts: Facts): Generator<Found<AnnotationUnknown>> {
    const settingsOf = facts.once(settingsByIngress);
    for (const manifest of facts.of('networking.k8s.io/Ingress')) {
      const [prefix, ...others] = new Set(settingsOf(manifest).map(({ annotationPrefix }) => annotationPrefix));
      // Of controllers with prefixes of their own, nobody knows whose an annotation is.
      if (prefix === undefined || others.length > 0 || isOfOther(manifest)) {
        continue;
      }
      for (const { key, meant, isRemoved } of misspeltAnnotations(manifest, prefix)) {
        yield {
          manifest,
          path: ['metadata', 'annotations', key],
          args: { annotation: key, meant, isRemoved },
          // Forks of the controller read more.
          ...(meant === undefined || isRemoved ? { severity: 'info' } : {}),
        };
      }
    }
  },
});
