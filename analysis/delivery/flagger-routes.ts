import type { Manifest } from '../manifest';
import { type Fields, mappingAt, mappingsIn, textIn } from './fields';
import type { FlaggerCanary } from './flagger-objects';
import { named } from './made';

const PREFIX = 'nginx.ingress.kubernetes.io/canary';

/** What Flagger makes of the main Ingress while the next version takes requests; nothing while it doesn't. */
export function flaggersIngress(
  { namespace, apex, ingress, analysis }: FlaggerCanary,
  manifests: readonly Manifest[],
  weight: number,
): readonly Fields[] {
  const main =
    ingress === undefined
      ? undefined
      : named(manifests, { group: 'networking.k8s.io', kind: 'Ingress', namespace, name: ingress });
  if (main === undefined || weight === 0) {
    return [];
  }
  const spec = mappingAt(main.object, 'spec');
  const tests = mappingsIn(analysis.match);
  const kept = [...main.annotations].filter(([key]) => !key.includes(PREFIX));
  return [
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: {
        name: `${main.name}-canary`,
        namespace,
        annotations: {
          ...Object.fromEntries(kept),
          [PREFIX]: 'true',
          ...(tests.length > 0 ? testAnnotations(tests) : { [`${PREFIX}-weight`]: String(weight) }),
        },
      },
      spec: { ...spec, rules: mappingsIn(spec.rules).map((rule) => withCanary(rule, apex)) },
    },
  ];
}

/** Of each rule, the first path that leads to the Service. */
function withCanary(rule: Fields, apex: string): Fields {
  const http = mappingAt(rule, 'http');
  const paths = mappingsIn(http.paths);
  const first = paths.findIndex((path) => textIn(mappingAt(path, 'backend', 'service').name) === apex);
  return {
    ...rule,
    http: {
      ...http,
      paths: paths.map((path, at) =>
        at === first
          ? { ...path, backend: { service: { ...mappingAt(path, 'backend', 'service'), name: `${apex}-canary` } } }
          : path,
      ),
    },
  };
}

/** ingress-nginx knows one header and one cookie: of several, the last is taken. */
function testAnnotations(tests: readonly Fields[]): Fields {
  const headers = tests.flatMap((test) => Object.entries(mappingAt(test, 'headers')));
  const annotations: Record<string, unknown> = {};
  for (const [name, value] of headers) {
    const { exact, regex } = mappingAt({ value }, 'value');
    if (name === 'cookie') {
      annotations[`${PREFIX}-by-cookie`] = exact ?? '';
    } else {
      annotations[`${PREFIX}-by-header`] = name;
      delete annotations[`${PREFIX}-by-header-value`];
      delete annotations[`${PREFIX}-by-header-pattern`];
      if (textIn(exact) !== undefined) {
        annotations[`${PREFIX}-by-header-value`] = exact;
      }
      if (textIn(regex) !== undefined) {
        annotations[`${PREFIX}-by-header-pattern`] = regex;
      }
    }
  }
  return annotations;
}

/** The HTTPRoute that Flagger makes, with its weights. */
export function flaggersRoute(
  { namespace, apex, service, analysis }: FlaggerCanary,
  weight: number,
): readonly Fields[] {
  const gateways = mappingsIn(service.gatewayRefs);
  if (gateways.length === 0) {
    return [];
  }
  const { port, hosts, timeout } = service;
  const ref = (name: string, own: number): Fields => ({ group: '', kind: 'Service', name, port, weight: own });
  const timeouts = textIn(timeout) === undefined ? {} : { timeouts: { request: timeout } };
  const own = matchesOf(mappingsIn(service.match));
  const matches = own.length > 0 ? own : [{ path: { type: 'PathPrefix', value: '/' } }];
  const tests = matchesOf(mappingsIn(analysis.match));
  const divided = { backendRefs: [ref(`${apex}-primary`, 100 - weight), ref(`${apex}-canary`, weight)], ...timeouts };
  const rules =
    tests.length > 0
      ? [
          { matches: merged(tests, matches), ...divided },
          { matches, backendRefs: [ref(`${apex}-primary`, 100)], ...timeouts },
        ]
      : [{ matches, ...divided }];
  return [
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: apex, namespace },
      spec: { parentRefs: gateways, ...(Array.isArray(hosts) && hosts.length > 0 ? { hostnames: hosts } : {}), rules },
    },
  ];
}

/** Matches as Istio writes them, as Gateways do. */
function matchesOf(matches: readonly Fields[]): readonly Fields[] {
  return matches
    .map(({ uri, method, headers, queryParams }) => {
      const path = stringMatch(uri, 'PathPrefix');
      const { exact } = mappingAt({ method }, 'method');
      return {
        ...(path === undefined ? {} : { path }),
        ...(textIn(exact) === undefined ? {} : { method: exact }),
        ...(headers === undefined ? {} : { headers: byName(headers) }),
        ...(queryParams === undefined ? {} : { queryParams: byName(queryParams) }),
      };
    })
    .filter((match) => Object.keys(match).length > 0);
}

function byName(values: unknown): readonly Fields[] {
  return Object.entries(mappingAt({ values }, 'values')).map(([name, value]) => ({ ...stringMatch(value), name }));
}

function stringMatch(value: unknown, ofPrefix?: string): Fields | undefined {
  const { regex, exact, prefix } = mappingAt({ value }, 'value');
  if (textIn(regex) !== undefined) {
    return { type: 'RegularExpression', value: regex };
  }
  if (textIn(exact) !== undefined) {
    return { type: 'Exact', value: exact };
  }
  return ofPrefix === undefined || textIn(prefix) === undefined ? undefined : { type: ofPrefix, value: prefix };
}

function merged(tests: readonly Fields[], own: readonly Fields[]): readonly Fields[] {
  return tests.flatMap(({ headers, queryParams }) =>
    own.map((match) => ({
      ...match,
      ...(headers === undefined ? {} : { headers }),
      ...(queryParams === undefined ? {} : { queryParams }),
    })),
  );
}
