import { readAnnotations } from '../../routing/ingress-nginx/annotations';
import { controllersOf } from '../../routing/ingress-nginx/controllers';
import { DEFAULT_SETTINGS, type Settings } from '../../routing/ingress-nginx/settings';
import { Findings } from '../../routing/problems';
import { Secrets } from '../../routing/secrets';
import type { Facts } from '../facts/facts';
import { isOfOther } from '../facts/nginx';
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
  reads: ['Ingress', 'ConfigMap', 'Secret', 'workloads'],
  *check(facts: Facts): Generator<Found<AnnotationValue>> {
    const settings = settingsOf(facts);
    const secrets = new Secrets(facts.manifests);
    for (const manifest of settings === undefined ? [] : facts.of('networking.k8s.io/Ingress')) {
      if (isOfOther(manifest)) {
        continue;
      }
      for (const { key, value, effect, taken, advice } of readAnnotations(
        manifest,
        settings as Settings,
        new Findings(),
        secrets,
      ).mistakes) {
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

/** The settings of the controller; undefined where there are several that read annotations of other prefixes. */
function settingsOf({ manifests }: Facts): Settings | undefined {
  const controllers = controllersOf(manifests);
  const prefixes = new Set(controllers.map(({ annotationPrefix }) => annotationPrefix));
  return prefixes.size > 1 ? undefined : (controllers[0] ?? DEFAULT_SETTINGS);
}
