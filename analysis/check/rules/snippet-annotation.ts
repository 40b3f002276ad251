import type { Facts } from '../facts/facts';
import { nginxAnnotationPath, nginxAnnotations } from '../facts/nginx';
import { defineRule, type Found } from '../rule';

/** What the findings of `snippet-annotation` hold. */
export interface SnippetAnnotation {
  readonly annotation: string;
}

/**
 * An annotation that puts text into the configuration of nginx. Releases from 1.9 on refuse it unless it is allowed, and who
 * may write it can read every Secret that the controller may.
 *
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#configuration-snippet
 */
export const rule = defineRule({
  code: 'snippet-annotation',
  severity: 'warning',
  reads: ['Ingress'],
  *check(facts: Facts): Generator<Found<SnippetAnnotation>> {
    for (const manifest of facts.of('networking.k8s.io/Ingress')) {
      for (const name of nginxAnnotations(manifest).filter((one) => one.endsWith('-snippet'))) {
        yield { manifest, path: nginxAnnotationPath(name), args: { annotation: name } };
      }
    }
  },
});
