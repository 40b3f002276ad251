import { Routes, sameRouting } from '../../../analysis';
import { type IngressParts, ingress, path, service } from './objects';
import { notesOf, problemsOf, where } from './where';

function web(name: string, host: string, parts: IngressParts = {}): object {
  return ingress(name, { rules: [path(host, '/', 'Prefix', 'web')], ...parts });
}

function ingressClass(name: string, controller = 'k8s.io/ingress-nginx', isDefault = false): object {
  const annotations = isDefault ? { 'ingressclass.kubernetes.io/is-default-class': 'true' } : {};
  const spec = { controller };
  return { apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass', metadata: { name, annotations }, spec };
}

function controller(name: string, args: readonly string[], kind = 'Deployment'): object {
  const image = 'registry.k8s.io/ingress-nginx/controller:v1.15.1@sha256:594ce';
  const spec = { containers: [{ name: 'controller', image, args: ['/nginx-ingress-controller', ...args] }] };
  return { apiVersion: 'apps/v1', kind, metadata: { name, namespace: 'ingress-nginx' }, spec: { template: { spec } } };
}

const OLD = { metadata: { annotations: { 'kubernetes.io/ingress.class': 'nginx' } }, className: null };
const URLS = ['http://a.test/', 'http://b.test/'];

function routesOf(objects: readonly object[], ingressClassName?: string): Routes {
  const options = ingressClassName === undefined ? {} : { ingressClass: ingressClassName };
  return Routes.ofIngressNginx([service('web'), ...objects], options);
}

function found(routes: Routes): string[] {
  return URLS.map((url) => where(routes, url));
}

test('ingressClassName is looked up: what counts is the controller that its class names', () => {
  const classes = [ingressClass('public'), ingressClass('alb', 'ingress.k8s.aws/alb')];
  const routes = routesOf([
    ...classes,
    web('a', 'a.test', { className: 'public' }),
    web('b', 'b.test', { className: 'alb' }),
  ]);
  expect(found(routes)).toEqual(['web:80', '404']);
  expect(notesOf(routes)).toEqual([
    'not-served: Ingress default/b: is not served by ingress-nginx: its class "alb" is of the controller "ingress.k8s.aws/alb"',
  ]);
});

test('two classes of one controller are served together', () => {
  const classes = [ingressClass('public'), ingressClass('internal')];
  const ingresses = [web('a', 'a.test', { className: 'public' }), web('b', 'b.test', { className: 'internal' })];
  expect(found(routesOf([...classes, ...ingresses]))).toEqual(['web:80', 'web:80']);
  expect(found(routesOf([...classes, ...ingresses], 'internal'))).toEqual(['web:80', 'web:80']);
});

test('the old annotation is served where it is the class of the controller', () => {
  expect(found(routesOf([web('a', 'a.test', OLD), web('b', 'b.test')]))).toEqual(['web:80', 'web:80']);
  const other = { ...OLD, metadata: { annotations: { 'kubernetes.io/ingress.class': 'traefik' } } };
  expect(found(routesOf([web('a', 'a.test', OLD), web('b', 'b.test', other)]))).toEqual(['web:80', '404']);
});

test('an Ingress without class is of the class that is marked as default', () => {
  const routes = routesOf([ingressClass('public', undefined, true), web('a', 'a.test', { className: null })]);
  expect(found(routes)).toEqual(['web:80', '404']);
  const other = routesOf([ingressClass('alb', 'ingress.k8s.aws/alb', true), web('a', 'a.test', { className: null })]);
  expect(found(other)).toEqual(['404', '404']);
});

test('without class and without default it is not served, unless the controller watches such Ingresses', () => {
  const objects = [ingressClass('nginx'), web('a', 'a.test', { className: null })];
  const routes = routesOf([...objects, controller('c', [])]);
  expect(found(routes)).toEqual(['404', '404']);
  expect(notesOf(routes)).toEqual([
    'not-served: Ingress default/a: is not served by ingress-nginx: it names no class, none is the default, and no controller serves such Ingresses',
  ]);
  expect(found(routesOf([...objects, controller('c', ['--watch-ingress-without-class=true'])]))).toEqual([
    'web:80',
    '404',
  ]);
});

test('without class, without default and without controller, it cannot be said whether it is served', () => {
  const routes = routesOf([ingressClass('nginx'), web('a', 'a.test', { className: null })]);
  const why =
    'it names no class, and none of the manifests is the default; a controller serves it with --watch-ingress-without-class';
  expect(URLS.map((url) => routes.route({ url }))).toEqual([
    { outcome: 'not-found', notes: [`it cannot be said whether Ingress default/a is served: ${why}`] },
    { outcome: 'not-found' },
  ]);
  expect(notesOf(routes)).toEqual([`not-served: Ingress default/a: may be served by ingress-nginx or not: ${why}`]);
});

test('where nothing is known of classes, an Ingress without class is taken as served, and the answer says so', () => {
  const routes = routesOf([web('a', 'a.test', { className: null })]);
  expect(routes.route({ url: 'http://a.test/' })).toMatchObject({
    outcome: 'backends',
    notes: ['Ingress default/a names no class; it is taken to be of the class that is the default of its cluster'],
  });
});

describe('a class that is not among the manifests, which have one of the controller', () => {
  const objects = (className: string) => [ingressClass('nginx'), web('a', 'a.test', { className })];
  const WHY = 'there is no IngressClass "ngnix" among the manifests; did you mean "nginx"?';

  test('is not served, and notes say what may be meant', () => {
    const routes = routesOf([...objects('ngnix'), web('b', 'b.test')]);
    expect([problemsOf(routes), found(routes)]).toEqual([[], ['404', 'web:80']]);
    expect(notesOf(routes)).toEqual([`not-served: Ingress default/a: is not served by ingress-nginx: ${WHY}`]);
  });

  test('is told with the answers that it would change, and with no others', () => {
    const routes = routesOf(objects('ngnix'));
    expect(URLS.map((url) => routes.route({ url }))).toEqual([
      { outcome: 'not-found', notes: [`Ingress default/a is taken as not served: ${WHY}`] },
      { outcome: 'not-found' },
    ]);
  });

  test('leaves a comparison open where its Ingress changes, and not where it stays', () => {
    const [one, other] = [
      routesOf(objects('public')),
      routesOf([...objects('public').slice(0, 1), web('a', 'b.test', { className: 'public' })]),
    ];
    expect(sameRouting(one, other)).toMatchObject({ same: false, proven: false });
    expect(sameRouting(one, routesOf(objects('public')))).toMatchObject({ same: true, proven: true });
  });

  test('is served where it is chosen', () => {
    expect(found(routesOf(objects('ngnix'), 'ngnix'))).toEqual(['web:80', '404']);
  });

  test.each(['nginx', 'ngnix'])('by the old annotation: %s', (name) => {
    const old = { className: null, metadata: { annotations: { 'kubernetes.io/ingress.class': name } } };
    expect(found(routesOf([ingressClass('nginx'), web('a', 'a.test', old)]))).toEqual([
      name === 'nginx' ? 'web:80' : '404',
      '404',
    ]);
  });

  test('is taken at its name where the classes are of other controllers', () => {
    const alb = ingressClass('alb', 'ingress.k8s.aws/alb');
    expect(found(routesOf([alb, web('a', 'a.test')]))).toEqual(['web:80', '404']);
  });
});

describe('a controller among the manifests', () => {
  test('serves the classes that name its --controller-class', () => {
    const classes = [ingressClass('public', 'k8s.io/public'), ingressClass('nginx')];
    const args = ['--controller-class=k8s.io/public', '--ingress-class=public'];
    const ingresses = [web('a', 'a.test', { className: 'public' }), web('b', 'b.test', { className: 'nginx' })];
    const routes = routesOf([...classes, controller('c', args), ...ingresses]);
    expect(found(routes)).toEqual(['web:80', '404']);
  });

  test('is taken to be meant by a class of its name that is not among the manifests', () => {
    const routes = routesOf([
      controller('c', ['--ingress-class', 'public']),
      web('a', 'a.test', { className: 'public' }),
    ]);
    expect(found(routes)).toEqual(['web:80', '404']);
  });

  test('serves one namespace only, if so told', () => {
    const routes = routesOf([controller('c', ['--watch-namespace=team']), web('a', 'a.test')]);
    expect(found(routes)).toEqual(['404', '404']);
    expect(notesOf(routes)).toEqual([
      'not-served: Ingress default/a: is not served by ingress-nginx: the controller watches the namespace team only',
    ]);
  });

  test('sends what no rule takes to its --default-backend-service', () => {
    const args = ['--default-backend-service=$(POD_NAMESPACE)/fallback'];
    const routes = routesOf([controller('c', args), service('fallback', 'ingress-nginx'), web('a', 'a.test')]);
    const namespace = 'ingress-nginx';
    expect(routes.route({ url: 'http://b.test/' })).toEqual({
      outcome: 'backends',
      rule: { kind: 'Deployment', namespace, name: 'c', host: null, path: '/', pathType: 'Prefix' },
      backends: [{ namespace, service: 'fallback', port: 80, probability: 1 }],
      upstream: { path: '/', host: 'b.test' },
    });
  });
});

describe('several controllers', () => {
  const CLASSES = [ingressClass('public', 'k8s.io/public'), ingressClass('internal', 'k8s.io/internal')];
  const CONTROLLERS = ['public', 'internal'].map((name) =>
    controller(name, [`--controller-class=k8s.io/${name}`, `--ingress-class=${name}`]),
  );
  const INGRESSES = [web('a', 'a.test', { className: 'public' }), web('b', 'b.test', { className: 'internal' })];

  test('fails without a choice, and names the classes', () => {
    const routes = routesOf([...CLASSES, ...CONTROLLERS, ...INGRESSES]);
    expect(problemsOf(routes)).toEqual([
      'several-classes :0: there are Ingresses of the classes "internal", "public"; choose one',
    ]);
    expect(found(routes)).toEqual(['404', '404']);
  });

  test('are told apart by a choice', () => {
    expect(found(routesOf([...CLASSES, ...CONTROLLERS, ...INGRESSES], 'public'))).toEqual(['web:80', '404']);
    expect(found(routesOf([...CLASSES, ...CONTROLLERS, ...INGRESSES], 'internal'))).toEqual(['404', 'web:80']);
  });

  test('fails a choice that nobody has', () => {
    expect(problemsOf(routesOf([...CLASSES, ...CONTROLLERS, ...INGRESSES], 'nginx'))).toEqual([
      'unknown-class :0: no Ingress is of class "nginx"; there are "internal", "public"',
    ]);
  });

  test('are assumed where class names are all that is known', () => {
    const routes = routesOf([web('a', 'a.test', { className: 'one' }), web('b', 'b.test', { className: 'two' })]);
    expect(problemsOf(routes)).toEqual([
      'several-classes :0: there are Ingresses of the classes "one", "two"; choose one',
    ]);
    const chosen = routesOf(
      [web('a', 'a.test', { className: 'one' }), web('b', 'b.test', { className: 'two' })],
      'two',
    );
    expect(found(chosen)).toEqual(['404', 'web:80']);
  });
});

test('no Ingress at all is no route at all', () => {
  const routes = routesOf([]);
  expect([routes.problems, routes.notes, routes.table()]).toEqual([[], [], []]);
  expect(found(routes)).toEqual(['404', '404']);
});
