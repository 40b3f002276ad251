import { controllersOf } from '../../routing/ingress-nginx/controllers';
import { misspeltAnnotations } from '../../routing/ingress-nginx/misspelt';
import { DEFAULT_SETTINGS } from '../../routing/ingress-nginx/settings';
import type { Facts } from '../facts/facts';
import { isOfOther } from '../facts/nginx';
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
  reads: ['Ingress', 'workloads'],
  *check(facts: Facts): Generator<Found<AnnotationUnknown>> {
    const controllers = controllersOf(facts.manifests);
    const own = new Set(controllers.map(({ annotationPrefix }) => annotationPrefix));
    // Of several controllers, nobody knows here whose an Ingress is.
    const prefix = own.size > 1 ? undefined : ([...own][0] ?? DEFAULT_SETTINGS.annotationPrefix);
    for (const manifest of prefix === undefined ? [] : facts.of('networking.k8s.io/Ingress')) {
      if (isOfOther(manifest)) {
        continue;
      }
      for (const { key, meant, isRemoved } of misspeltAnnotations(manifest, prefix as string)) {
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
