import type { AnnotationMistake } from '../../routing/ingress-nginx/annotation-reader';
import { readAnnotations } from '../../routing/ingress-nginx/annotations';
import { Findings } from '../../routing/problems';
import { Secrets } from '../../routing/secrets';
import type { Facts } from '../facts/facts';
import { isOfOther } from '../facts/nginx';
import { settingsByIngress } from '../facts/nginx-settings';
import { defineRule, type Found } from '../rule';

/** What the findings of `annotation-value` hold. */
export interface AnnotationValue {
  /** With prefix. */
  readonly annotation: string;
  /** As it stands there; without what may be secret. */
  readonly value: string;
  /** Whether the value counts as not given, costs the Ingress, is answered 503, or keeps nginx from reading any change at all. */
  readonly effect: 'absent' | 'dropped' | 'denied' | 'refused';
  /** The effect in the words of routing answers. */
  readonly taken: string;
  /** What would be right. */
  readonly right: string;
}

/**
 * An annotation of ingress-nginx with a value that the controller does not take: it goes on without it, or worse.
 *
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/
 */
export const rule = defineRule({
  code: 'annotation-value',
  severity: 'error',
  reads: ['Ingress', 'IngressClass', 'ConfigMap', 'Secret', 'workloads'],
  *check(facts: Facts): Generator<Found<AnnotationValue>> {
    const settingsOf = facts.once(settingsByIngress);
    const secrets = new Secrets(facts.manifests);
    for (const manifest of facts.of('networking.k8s.io/Ingress')) {
      if (isOfOther(manifest)) {
        continue;
      }
      const all = settingsOf(manifest).flatMap(
        (settings) => readAnnotations(manifest, settings, new Findings(), secrets).mistakes,
      );
      for (const { key, value, effect, taken, advice } of each(all)) {
        yield {
          manifest,
          path: ['metadata', 'annotations', key],
          args: { annotation: key, value, effect, taken, right: advice },
          ...(effect === 'absent' ? { severity: 'warning' } : {}),
        };
      }
    }
  },
});

/** What controllers make of values, each once where they agree. */
function each(mistakes: readonly AnnotationMistake[]): Iterable<AnnotationMistake> {
  return new Map(mistakes.map((one) => [JSON.stringify(one), one])).values();
}
