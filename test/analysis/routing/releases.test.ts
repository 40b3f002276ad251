import { Routes } from '../../../analysis';
import { ingress, path, service } from './objects';
import { notesOf, where } from './where';

const ROOT = [path('a.test', '/', 'Prefix', 'web')];
const SNIPPET = { 'configuration-snippet': 'return 204;' };

/** A controller of a release, with arguments and ConfigMap. */
function controller(
  tag: string,
  data: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
): readonly object[] {
  const container = { name: 'controller', image: `registry.k8s.io/ingress-nginx/controller:${tag}`, args };
  const metadata = { name: 'ingress-nginx-controller', namespace: 'ingress-nginx' };
  const spec = { template: { spec: { containers: [container] } } };
  return [
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data },
  ];
}

function routesOf(annotations: Readonly<Record<string, string>>, ...others: readonly object[]): Routes {
  return Routes.ofIngressNginx([service('web'), ingress('web', { annotations, rules: ROOT }), ...others]);
}

const CRITICAL = { 'annotations-risk-level': 'critical', 'allow-snippet-annotations': 'true' };

describe('an annotation that is riskier than the controller allows keeps its Ingress from being served', () => {
  test.each([
    ['v1.8.2', {}, 'web:80'],
    ['v1.11.5', {}, 'web:80'],
    ['v1.12.0', {}, '404'],
    ['v1.15.1', {}, '404'],
    ['v1.15.1', { 'annotations-risk-level': 'High' }, '404'],
    ['v1.15.1', { 'annotations-risk-level': 'Critical' }, 'web:80'],
    ['v1.15.1', CRITICAL, 'web:80'],
    ['v1.11.5', { 'annotations-risk-level': 'Medium' }, '404'],
  ])('a snippet under release %s with %j: %s', (tag, data, expected) => {
    expect(where(routesOf(SNIPPET, ...controller(tag, data)), 'http://a.test/')).toBe(expected);
  });

  test('and the note names both', () => {
    expect(notesOf(routesOf(SNIPPET, ...controller('v1.15.1')))).toEqual([
      'not-served: Ingress default/web: is not served by ingress-nginx: nginx.ingress.kubernetes.io/configuration-snippet is of risk Critical, and annotations-risk-level of the controller is High',
    ]);
  });

  test.each([
    ['server-alias', 'b.test', 'High'],
    ['rewrite-target', '/x', 'Medium'],
    ['ssl-redirect', 'false', 'Low'],
  ])('%s is of risk %s: %s', (annotation, value, risk) => {
    const at = (level: string) =>
      where(
        routesOf({ [annotation]: value }, ...controller('v1.15.1', { 'annotations-risk-level': level })),
        'http://a.test/',
      );
    const levels = ['Low', 'Medium', 'High', 'Critical'];
    expect(levels.map(at)).toEqual(levels.map((_, index) => (index < levels.indexOf(risk) ? '404' : 'web:80')));
  });

  test('where the release is not known, it is taken as served, and noted', () => {
    for (const [routes, why] of [
      [routesOf(SNIPPET), ' unless annotations-risk-level of the controller is Critical'],
      [routesOf(SNIPPET, ...controller('latest')), ', and no manifest tells the release'],
    ] as const) {
      expect(where(routes, 'http://a.test/')).toBe('web:80');
      expect(notesOf(routes)).toEqual([
        `assumed: Ingress default/web: nginx.ingress.kubernetes.io/configuration-snippet is of risk Critical, for which releases from 1.12 ignore the whole Ingress${why}; taken as served`,
      ]);
    }
  });
});

describe('snippets', () => {
  const answerNotes = (routes: Routes) => routes.route({ url: 'http://a.test/' }).notes;
  const NOTE =
    'it cannot be said whether configuration-snippet (11 characters, fingerprint 83a1df56) of Ingress default/web changes where the request goes';
  const RISK = (name: string) =>
    `it cannot be said whether Ingress default/web is served: ${name} is of risk Critical, for which releases from 1.12 ignore it unless the controller's ConfigMap allows that`;

  test.each([
    ['v1.8.2', {}],
    ['v1.9.0', { 'allow-snippet-annotations': 'true' }],
    ['v1.15.1', CRITICAL],
  ])('are said with the answer where they count: %s with %j', (tag, data) => {
    expect(answerNotes(routesOf(SNIPPET, ...controller(tag, data)))).toEqual([NOTE]);
  });

  test('are said with the answer where no controller is known, or nothing of its release', () => {
    const open = [RISK('configuration-snippet'), NOTE];
    expect(answerNotes(routesOf(SNIPPET))).toEqual(open);
    expect(answerNotes(routesOf(SNIPPET, ...controller('latest')))).toEqual([
      RISK('configuration-snippet').replace(
        " unless the controller's ConfigMap allows that",
        ', and no manifest tells the release',
      ),
      NOTE,
    ]);
    const server = routesOf({ 'server-snippet': 'return 204;' });
    expect(answerNotes(server)).toEqual([RISK('server-snippet'), NOTE.replace('configuration', 'server')]);
    expect(answerNotes(routesOf({ 'modsecurity-snippet': 'SecRuleEngine On' }))).toEqual([RISK('modsecurity-snippet')]);
  });

  test.each([
    ['v1.8.2', { 'allow-snippet-annotations': 'false' }],
    ['v1.9.0', {}],
    ['v1.11.5', {}],
    ['v1.15.1', { 'annotations-risk-level': 'Critical' }],
  ])('do nothing where the controller does not allow them: %s with %j', (tag, data) => {
    const routes = routesOf(SNIPPET, ...controller(tag, data));
    expect(answerNotes(routes)).toBeUndefined();
    expect(notesOf(routes)).toEqual([
      'no-effect: Ingress default/web: nginx.ingress.kubernetes.io/configuration-snippet does nothing, as allow-snippet-annotations of the controller is off',
    ]);
  });
});

test('an Ingress with a default backend is ignored by a controller that runs with --disable-catch-all', () => {
  const defaultBackend = { service: { name: 'web', port: { number: 80 } } };
  const catchAll = ingress('all', { defaultBackend });
  const both = (args: readonly string[]) => routesOf({}, catchAll, ...controller('v1.15.1', {}, args));
  expect(where(both([]), 'http://b.test/')).toBe('web:80');
  const routes = both(['--disable-catch-all']);
  expect([where(routes, 'http://b.test/'), where(routes, 'http://a.test/')]).toEqual(['404', 'web:80']);
  expect(notesOf(routes)).toEqual([
    'not-served: Ingress default/all: is not served by ingress-nginx: it has a default backend, and the controller runs with --disable-catch-all',
  ]);
});

describe('--watch-namespace-selector', () => {
  const namespace = (labels: Readonly<Record<string, string>>) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'default', labels },
  });
  const watching = (selector: string, ...others: readonly object[]) =>
    routesOf({}, ...controller('v1.15.1', {}, [`--watch-namespace-selector=${selector}`]), ...others);

  test.each([
    ['team=shop', { team: 'shop' }, 'web:80'],
    ['team==shop,!internal', { team: 'shop' }, 'web:80'],
    ['team in (shop, web),tier', { team: 'web', tier: '' }, 'web:80'],
    ['team!=shop', {}, 'web:80'],
    ['team notin (shop)', {}, 'web:80'],
    ['kubernetes.io/metadata.name=default', {}, 'web:80'],
    ['team=shop', { team: 'web' }, '404'],
    ['team=shop,!internal', { team: 'shop', internal: 'yes' }, '404'],
    ['team notin (shop)', { team: 'shop' }, '404'],
    ['kubernetes.io/metadata.name in (shop)', {}, '404'],
  ])('%s and a namespace with %j: %s', (selector, labels, expected) => {
    const routes = watching(selector, namespace(labels as Record<string, string>));
    expect(where(routes, 'http://a.test/')).toBe(expected);
    expect(routes.route({ url: 'http://a.test/' }).notes).toBeUndefined();
  });

  test('decides by the name alone where the namespace is not among the manifests', () => {
    expect(where(watching('kubernetes.io/metadata.name=shop'), 'http://a.test/')).toBe('404');
    expect(watching('kubernetes.io/metadata.name=default').route({ url: 'http://a.test/' })).not.toHaveProperty(
      'notes',
    );
  });

  test.each(['team=shop', 'kubernetes.io/metadata.name=default,team', 'team = = shop'])(
    'is said to be open where the manifests do not tell: %s',
    (selector) => {
      expect(watching(selector).route({ url: 'http://a.test/' })).toMatchObject({
        outcome: 'backends',
        notes: [
          `Ingress default/web is taken as served: whether --watch-namespace-selector "${selector}" of the controller selects its namespace is not known`,
        ],
      });
    },
  );

  test('keeps an Ingress of another namespace from being served, and the note says so', () => {
    expect(notesOf(watching('team=shop', namespace({})))).toEqual([
      'not-served: Ingress default/web: is not served by ingress-nginx: --watch-namespace-selector "team=shop" of the controller does not select its namespace',
    ]);
  });
});
