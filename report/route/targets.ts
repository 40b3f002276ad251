import type { Manifest } from '../../analysis/manifest';
import { isMapping } from '../../analysis/manifest/value';
import { Routes, type RoutesOptions } from '../../analysis/routing';

/** Who serves requests, and where it sends them. */
export interface RouteTarget {
  /** `ingress-nginx`, `the Gateway`, or of several which one. */
  readonly label: string;
  readonly routes: Routes;
}

/** Every controller and Gateway that the manifests are for, those without a route left out. */
export function routeTargets(manifests: readonly Manifest[]): readonly RouteTarget[] {
  const routesBy = (options: RoutesOptions) => Routes.of({ manifests }, { ...options, input: 'tolerant' });
  const single = routesBy({});
  const isMany = single.problems.some(({ code }) => code.startsWith('several-'));
  const choices: [string, RoutesOptions][] = [
    ...[...classesOf(manifests)].map((name): [string, RoutesOptions] => [
      `Ingress class ${name}`,
      { ingressClass: name },
    ]),
    ...[...gatewaysOf(manifests)].map((name): [string, RoutesOptions] => [`Gateway ${name}`, { gateway: name }]),
  ];
  const all = isMany
    ? choices.map(([label, options]) => ({ label, routes: routesBy(options) }))
    : [{ label: single.server === 'gateway' ? 'the Gateway' : 'ingress-nginx', routes: single }];
  return all.filter(
    ({ routes }) => routes.table().length > 0 || routes.elsewhere.length > 0 || (!isMany && routes.problems.length > 0),
  );
}

function classesOf(manifests: readonly Manifest[]): ReadonlySet<string> {
  const names = manifests.flatMap(({ kind, group, name, annotations, object: { spec } }) =>
    group !== 'networking.k8s.io'
      ? []
      : kind === 'IngressClass'
        ? [name]
        : kind === 'Ingress'
          ? [isMapping(spec) ? spec.ingressClassName : undefined, annotations.get('kubernetes.io/ingress.class')]
          : [],
  );
  return new Set(names.filter((one): one is string => typeof one === 'string').sort());
}

function gatewaysOf(manifests: readonly Manifest[]): ReadonlySet<string> {
  return new Set(
    manifests
      .filter(({ kind, group }) => kind === 'Gateway' && group === 'gateway.networking.k8s.io')
      .map(({ namespace = 'default', name }) => `${namespace}/${name}`)
      .sort(),
  );
}
