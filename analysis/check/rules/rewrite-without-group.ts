import type { Facts } from '../facts/facts';
import { nginxAnnotation, nginxAnnotationPath, pathsOf } from '../facts/nginx';
import { defineRule, type Found } from '../rule';

/** What the findings of `rewrite-without-group` hold. */
export interface RewriteWithoutGroup {
  readonly target: string;
  readonly path: string;
}

/**
 * A `rewrite-target` without a group on a path other than `/`: every request below the path arrives at the same place, and
 * what came behind it is lost.
 *
 * @see https://kubernetes.github.io/ingress-nginx/examples/rewrite/
 */
export const rule = defineRule({
  code: 'rewrite-without-group',
  severity: 'warning',
  reads: ['Ingress'],
  *check(facts: Facts): Generator<Found<RewriteWithoutGroup>> {
    for (const manifest of facts.of('networking.k8s.io/Ingress')) {
      const target = nginxAnnotation(manifest, 'rewrite-target');
      if (target === undefined || !target.startsWith('/') || /\$\d/.test(target)) {
        continue;
      }
      const lost = pathsOf(manifest).find(({ path, type }) => type !== 'Exact' && path !== '/');
      if (lost !== undefined) {
        yield {
          manifest,
          path: nginxAnnotationPath('rewrite-target'),
          args: { target, path: lost.path },
          related: [{ role: 'because', manifest, path: [...lost.at, 'path'] }],
        };
      }
    }
  },
});
