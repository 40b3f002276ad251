import type { Manifest } from '../../manifest';
import { type Answer, Routes } from '../../routing';
import { chainOf, isLoopNote } from '../../routing/loops';
import type { Facts } from '../facts/facts';
import { nginxAnnotation, nginxAnnotationPath } from '../facts/nginx';
import { defineRule, type Found } from '../rule';

/** What the findings of `redirect-loop` hold. */
export interface RedirectLoop {
  /** The request that comes back to itself. */
  readonly url: string;
  /** Where it is sent, in the order of requests; the last is the first again. */
  readonly hops: readonly string[];
}

/** Annotations that redirect, and may lead back. */
const REDIRECTS = ['app-root', 'permanent-redirect', 'temporal-redirect', 'rewrite-target'];

/**
 * A redirect of an Ingress that leads back to itself: a client follows it until it gives up.
 *
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#permanent-redirect
 */
export const rule = defineRule({
  code: 'redirect-loop',
  severity: 'error',
  reads: ['Ingress', 'workloads'],
  *check(facts: Facts): Generator<Found<RedirectLoop>> {
    const redirecting = facts
      .of('networking.k8s.io/Ingress')
      .filter((manifest) => REDIRECTS.some((name) => nginxAnnotation(manifest, name) !== undefined));
    if (redirecting.length === 0) {
      return;
    }
    // Where several controllers serve Ingresses, nobody has chosen one.
    const routes = Routes.ofIngressNginx({ manifests: facts.manifests }, { input: 'tolerant' });
    const byName = new Map(redirecting.map((manifest) => [keyOf(manifest), manifest]));
    const told = new Set<Manifest>();
    for (const { host, path, redirect, rule: own } of routes.problems.length > 0 ? [] : routes.table()) {
      const manifest = byName.get(keyOf(own));
      if (manifest === undefined || told.has(manifest) || redirect === undefined || host === null || !isName(host)) {
        continue;
      }
      const url = `https://${host}${path}`;
      const hops = loopOf(routes, url);
      const annotation = REDIRECTS.find((name) => nginxAnnotation(manifest, name) !== undefined);
      if (hops !== undefined && annotation !== undefined) {
        told.add(manifest);
        yield { manifest, path: nginxAnnotationPath(annotation), args: { url, hops } };
      }
    }
  },
});

function keyOf({ namespace = 'default', name }: Pick<Manifest, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}

function isName(host: string): boolean {
  return /^[a-z0-9.-]+$/.test(host);
}

/** The redirects that lead a request back to where it was; `undefined` where it comes to an end. */
function loopOf(routes: Routes, url: string): readonly string[] | undefined {
  const { urls, isEndless } = chainOf((request) => decided(routes.route(request)), { url });
  const hops = urls.slice(urls.indexOf(urls.at(-1) as string) + 1);
  return isEndless && hops.length > 0 ? hops : undefined;
}

/** An answer that nothing open may end. */
function decided(answer: Answer): Answer | undefined {
  return (answer.notes ?? []).every(isLoopNote) ? answer : undefined;
}
