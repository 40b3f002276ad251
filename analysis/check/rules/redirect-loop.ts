import type { Manifest } from '../../manifest';
import { Routes } from '../../routing';
import { isLoopNote } from '../../routing/loops';
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

/** So many redirects do clients follow, about. */
const MOST_HOPS = 20;

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
    const told = new Set<Manifest>();
    for (const { host, path, redirect, rule: own } of routes.problems.length > 0 ? [] : routes.table()) {
      const manifest = redirecting.find(
        ({ namespace = 'default', name }) => namespace === own.namespace && name === own.name,
      );
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

function isName(host: string): boolean {
  return /^[a-z0-9.-]+$/.test(host);
}

/** The redirects that lead a request back to where it was; `undefined` where it comes to an end. */
function loopOf(routes: Routes, url: string): readonly string[] | undefined {
  const seen = [normal(url)];
  for (let hop = 0; hop < MOST_HOPS; hop++) {
    const answer = routes.route({ url: seen.at(-1) as string });
    // What is open may end it.
    const isOpen = (answer.notes ?? []).some((note) => !isLoopNote(note));
    if (answer.outcome !== 'redirect' || isOpen || !URL.canParse(answer.location, seen.at(-1))) {
      return undefined;
    }
    const next = normal(new URL(answer.location, seen.at(-1)).href);
    if (!/^https?:/.test(next)) {
      return undefined;
    }
    const before = seen.indexOf(next);
    seen.push(next);
    if (before >= 0) {
      return seen.slice(before + 1);
    }
  }
  return undefined;
}

/** A URL as clients ask for it: without a fragment, with a path. */
function normal(url: string): string {
  const parsed = new URL(url);
  parsed.hash = '';
  return parsed.href;
}
