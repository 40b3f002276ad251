import type { Manifest, Path } from '../../manifest';
import { listIn } from '../../manifest/lists';
import { type Answer, type RouteRow, Routes } from '../../routing';
import { gatewaysOf } from '../../routing/gateway-api/choose';
import { chainOf, isLoopNote } from '../../routing/loops';
import type { Facts } from '../facts/facts';
import { fieldOf, textOf } from '../facts/fields';
import { nginxAnnotation, nginxAnnotationPath } from '../facts/nginx';
import { defineRule, type Found } from '../rule';

/** What the findings of `redirect-loop` hold. */
export interface RedirectLoop {
  /** The request that comes back to itself. */
  readonly url: string;
  /** Where it is sent, in the order of requests; the last is the first again. */
  readonly hops: readonly string[];
  /** The listener whose requests an HTTPRoute redirects, with its port; undefined for an Ingress. */
  readonly listener: string | undefined;
}

/** Annotations that redirect, and may lead back. */
const REDIRECTS = ['app-root', 'permanent-redirect', 'temporal-redirect', 'rewrite-target'];

/**
 * A redirect of an Ingress or an HTTPRoute that leads back to itself: a client follows it until it gives up.
 *
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#permanent-redirect
 * @see https://gateway-api.sigs.k8s.io/guides/http-redirect-rewrite/
 */
export const rule = defineRule({
  code: 'redirect-loop',
  severity: 'error',
  reads: ['Ingress', 'Gateway', 'HTTPRoute', 'workloads'],
  *check(facts: Facts): Generator<Found<RedirectLoop>> {
    yield* ofIngresses(facts);
    yield* ofRoutes(facts);
  },
});

function* ofIngresses(facts: Facts): Generator<Found<RedirectLoop>> {
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
      yield { manifest, path: nginxAnnotationPath(annotation), args: { url, hops, listener: undefined } };
    }
  }
}

/** Most often a redirect to HTTPS of a route that is attached to the listener of HTTPS too. */
function* ofRoutes(facts: Facts): Generator<Found<RedirectLoop>> {
  const all = facts.of('gateway.networking.k8s.io/HTTPRoute');
  const redirecting = all.filter((manifest) => redirectsOf(manifest).length > 0);
  const byName = new Map(redirecting.map((manifest) => [keyOf(manifest), manifest]));
  const told = new Set<string>();
  const rest = redirecting.length === 0 ? [] : facts.manifests.filter(({ kind }) => kind !== 'HTTPRoute');
  const byParent = new Map<string, Manifest[]>();
  for (const route of redirecting.length === 0 ? [] : all) {
    for (const parent of new Set(parentsOf(route))) {
      listIn(byParent, parent).push(route);
    }
  }
  for (const gateway of gatewaysOf(rest)) {
    const own = [...(byParent.get(keyOf(gateway)) ?? []), ...(byParent.get(SOME_SET) ?? [])];
    if (!own.some((route) => byName.has(keyOf(route)))) {
      continue;
    }
    // There may be hundreds of Gateways: each is asked for its own routes.
    const routes = Routes.ofGateway({ manifests: [...rest, ...own] }, { input: 'tolerant', gateway: keyOf(gateway) });
    for (const row of routes.problems.length > 0 ? [] : routes.table()) {
      const manifest = row.rule.kind === 'HTTPRoute' ? byName.get(keyOf(row.rule)) : undefined;
      const path = manifest && redirectsOf(manifest).find(({ paths }) => paths.includes(row.path))?.at;
      const url = row.redirect && urlOf(row);
      const key = `${manifest && keyOf(manifest)} ${path?.join(' ')}`;
      if (manifest === undefined || path === undefined || url === undefined || told.has(key)) {
        continue;
      }
      const hops = loopOf(routes, url);
      // Of a request that another listener only leads into the circle, that other one is told.
      if (hops?.at(-1) === url) {
        told.add(key);
        yield { manifest, path, args: { url, hops, listener: row.listener } };
      }
    }
  }
}

/** In the place of a Gateway, for routes that name a ListenerSet, which may be of any. */
const SOME_SET = '';

/** The Gateways that a route names, `namespace/name`. */
function parentsOf(route: Manifest): readonly string[] {
  return fieldOf(route, 'spec', 'parentRefs')
    .mappings('')
    .map((parent) => {
      const namespace = textOf(parent.get('namespace')) ?? route.namespace;
      const name = textOf(parent.get('name')) ?? '';
      return (textOf(parent.get('kind')) ?? 'Gateway') === 'Gateway' ? keyOf({ namespace, name }) : SOME_SET;
    });
}

/** A request of a row that anybody may send; `undefined` where only some requests take it. */
function urlOf({ host, path, pathType, listener = '', tls, when }: RouteRow): string | undefined {
  const port = /:(\d+)$/.exec(listener)?.[1];
  const name = (host ?? 'example.com').replace(/^\*\./, 'www.');
  const isPlain = when === undefined && pathType !== 'RegularExpression' && isName(name) && port !== undefined;
  return isPlain ? new URL(`${tls ? 'https' : 'http'}://${name}:${port}${path}`).href : undefined;
}

interface Redirect {
  readonly at: Path;
  readonly paths: readonly string[];
}

/** The filters of an HTTPRoute that redirect, each with the paths of its rule. */
function redirectsOf(manifest: Manifest): readonly Redirect[] {
  return fieldOf(manifest, 'spec', 'rules')
    .mappings('')
    .flatMap((own) => {
      const paths = own
        .get('matches')
        .mappings('')
        .map((match) => textOf(match.get('path').get('value')) ?? '/');
      return own
        .get('filters')
        .mappings('')
        .filter((filter) => textOf(filter.get('type')) === 'RequestRedirect')
        .map((filter) => ({ at: filter.path, paths: paths.length > 0 ? paths : ['/'] }));
    });
}

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
