import { Routes, readManifests, sameRouting } from '../../../analysis';

// Of Ingresses, what says nothing of which Service is asked, and is not the same all the same.

const SERVICE = `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
`;
const BARE = SERVICE.replace('selector: { app: web }, ', '');

const ingress = (annotations = '{}', ingressClass = 'ingressClassName: nginx, ') => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop, annotations: ${annotations} }
spec: { ${ingressClass}rules: [{ host: shop.test, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }] }
`;
const classObject = (name: string, controller = 'k8s.io/ingress-nginx') => `
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: ${name} }
spec: { controller: ${controller} }
`;
const slice = (address: string, service = 'web') => `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: web-1, namespace: shop, labels: { kubernetes.io/service-name: ${service} } }
addressType: IPv4
ports: [{ port: 80 }]
endpoints: [{ addresses: ["${address}"] }]
`;

function compared(before: readonly string[], after: readonly string[], options = {}) {
  const [one, other] = [before, after].map((texts, index) => {
    const routes = Routes.of(readManifests(texts.join('---'), ['before.yaml', 'after.yaml'][index] as string), options);
    expect(routes.problems).toEqual([]);
    return routes;
  }) as [Routes, Routes];
  const { same, proven, differences, settings } = sameRouting(one, other);
  expect(differences).toEqual([]);
  return { same, proven, settings: settings.map(({ what, before: b, after: a }) => [what, b?.says, a?.says]) };
}

const SAME = { same: true, proven: true, settings: [] };

describe('session cookies', () => {
  const cookie = (more = '') => ingress(`{ nginx.ingress.kubernetes.io/affinity: cookie${more} }`);

  test('that only one side has are a setting that differs', () => {
    const what = 'what is done with requests on their way';
    expect(compared([SERVICE, cookie()], [SERVICE, ingress()])).toEqual({
      same: false,
      proven: false,
      settings: [[what, ['affinity "cookie" keeps clients at a pod'], []]],
    });
    const named = cookie(', nginx.ingress.kubernetes.io/session-cookie-name: route');
    expect(compared([SERVICE, cookie()], [SERVICE, named]).settings).toHaveLength(1);
  });

  test('that both have are the same', () => {
    expect(compared([SERVICE, cookie()], [SERVICE, cookie()])).toEqual(SAME);
  });
});

describe('a Service for the time without pods', () => {
  const spare = (service: string) => ingress(`{ nginx.ingress.kubernetes.io/default-backend: ${service} }`);

  test('that only one side names, or that differs, is a setting that differs', () => {
    const says = (service: string) => [`default-backend "${service}" answers while no pod is ready`];
    const what = 'what is done with requests on their way';
    expect(compared([SERVICE, spare('sorry')], [SERVICE, ingress()])).toEqual({
      same: false,
      proven: false,
      settings: [[what, says('sorry'), []]],
    });
    expect(compared([SERVICE, spare('sorry')], [SERVICE, spare('other')]).settings).toEqual([
      [what, says('sorry'), says('other')],
    ]);
  });

  test('that both name is the same', () => {
    expect(compared([SERVICE, spare('sorry')], [SERVICE, spare('sorry')])).toEqual(SAME);
  });
});

describe('the class of Ingresses', () => {
  test('that is known by its name alone is a setting that differs, as another controller may serve it', () => {
    const other = ingress('{}', 'ingressClassName: internal, ');
    expect(compared([SERVICE, ingress()], [SERVICE, other])).toEqual({
      same: false,
      proven: false,
      settings: [['the class of the Ingresses, which tells their controller', ['class "nginx"'], ['class "internal"']]],
    });
  });

  test('of one name is the same whether a field or the old annotation gives it', () => {
    const old = ingress('{ kubernetes.io/ingress.class: nginx }', '');
    expect(compared([SERVICE, ingress()], [SERVICE, old])).toEqual(SAME);
  });

  test('of another name is the same where IngressClasses name the same controller', () => {
    const other = ingress('{}', 'ingressClassName: internal, ');
    const before = [SERVICE, ingress(), classObject('nginx')];
    expect(compared(before, [SERVICE, other, classObject('internal')])).toEqual(SAME);
  });

  test('is of no account where it is chosen', () => {
    const other = ingress('{}', 'ingressClassName: internal, ');
    const [one, two] = [
      Routes.of(readManifests(`${SERVICE}---${ingress()}`, 'a'), { ingressClass: 'nginx' }),
      Routes.of(readManifests(`${SERVICE}---${other}`, 'b'), { ingressClass: 'internal' }),
    ] as const;
    expect(sameRouting(one, two).proven).toBe(true);
  });
});

describe('EndpointSlices and Endpoints', () => {
  const endpoints = (ip: string) => `
apiVersion: v1
kind: Endpoints
metadata: { name: web, namespace: shop }
subsets: [{ addresses: [{ ip: ${ip} }], ports: [{ port: 80 }] }]
`;

  test.each([
    ['EndpointSlice', slice],
    ['Endpoints', endpoints],
  ])('%s of a Service without selector say where its connections end', (_, of) => {
    const before = [BARE, ingress(), of('10.0.0.1')];
    expect(compared(before, [BARE, ingress(), of('10.0.0.2')])).toMatchObject({ same: false, proven: false });
    expect(compared(before, [BARE, ingress()])).toMatchObject({ same: false });
    expect(compared(before, before)).toEqual(SAME);
  });

  test('of a Service with selector are made by the cluster, and of another Service are of no account', () => {
    const before = [SERVICE, ingress(), slice('10.0.0.1')];
    expect(compared(before, [SERVICE, ingress(), slice('10.0.0.2')])).toEqual(SAME);
    const other = [BARE, ingress(), slice('10.0.0.1', 'other')];
    expect(compared(other, [BARE, ingress(), slice('10.0.0.2', 'other')])).toEqual(SAME);
  });
});

describe('a Service that neither side has among its manifests', () => {
  const to = (service: string, port = '{ number: 80 }') =>
    ingress().replace('service: { name: web, port: { number: 80 } }', `service: { name: ${service}, port: ${port} }`);
  const found = (before: readonly string[], after: readonly string[]) => {
    const [one, other] = [before, after].map((texts) => Routes.of(readManifests(texts.join('---'), 'x.yaml'))) as [
      Routes,
      Routes,
    ];
    return sameRouting(one, other);
  };

  test('is compared by its name, as it may be elsewhere', () => {
    const { same, difference } = found([to('web')], [to('api')]);
    expect([same, difference?.request.url, difference?.before.answer, difference?.after.answer]).toMatchObject([
      false,
      'http://shop.test/',
      { outcome: 'backends', backends: [{ service: 'web', port: 80 }] },
      { outcome: 'backends', backends: [{ service: 'api', port: 80 }] },
    ]);
  });

  test('is the same under one name, which is said', () => {
    const { proven, assumed } = found([to('web')], [to('web')]);
    expect([proven, assumed]).toEqual([
      true,
      ['Service shop/web is not among the manifests; it is taken as there, with the port that is asked for'],
    ]);
  });

  test('with another port by name is not proven to be the same', () => {
    expect(found([to('web', '{ name: http }')], [to('web', '{ name: admin }')]).proven).toBe(false);
    expect(found([to('web', '{ name: http }')], [to('web', '{ name: http }')]).proven).toBe(true);
  });

  test('is missing where the other side has it', () => {
    const { same, difference } = found([SERVICE, to('web')], [to('web')]);
    expect([same, difference?.after.answer]).toMatchObject([false, { outcome: 'error', status: 503 }]);
  });
});

test('what hangs on a release that no manifest tells is said to be taken as the same', () => {
  const garbled = ingress('{ nginx.ingress.kubernetes.io/permanent-redirect: "https://b.test$request_uri" }');
  const other = ingress('{ nginx.ingress.kubernetes.io/permanent-redirect: "https://c.test$request_uri" }');
  const of = (text: string, controllerVersion?: string) =>
    Routes.of(readManifests(`${SERVICE}---${text}`, 'x.yaml'), {
      input: 'tolerant',
      ...(controllerVersion === undefined ? {} : { controllerVersion }),
    });
  expect(sameRouting(of(garbled), of(other)).assumed).toEqual([
    'release 1.15.1 of ingress-nginx, on which answers hang and which no manifest tells',
  ]);
  expect(sameRouting(of(garbled, '1.15.1'), of(other, '1.15.1')).assumed).toEqual([]);
  expect(sameRouting(of(garbled, '1.8.2'), of(other, '1.8.2')).same).toBe(false);
});

test('a rewrite-target of a canary that has a path of its own is compared as what backends see, and is no setting', () => {
  const of = (name: string, annotations: object, service = 'web') => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name,
      namespace: 'shop',
      annotations: Object.fromEntries(
        Object.entries(annotations).map(([key, value]) => [`nginx.ingress.kubernetes.io/${key}`, value]),
      ),
    },
    spec: {
      ingressClassName: 'nginx',
      defaultBackend: { service: { name: service, port: { number: 80 } } },
      rules: [
        {
          host: 'shop.test',
          http: {
            paths: [
              {
                path: '/fo.$',
                pathType: 'ImplementationSpecific',
                backend: { service: { name: service, port: { number: 80 } } },
              },
            ],
          },
        },
      ],
    },
  });
  const canary = (target: object) =>
    of('zz', {
      canary: 'true',
      'canary-weight': '-5',
      'canary-weight-total': '-1',
      'force-ssl-redirect': 'true',
      'use-regex': 'true',
      ...target,
    });
  const routes = (target: object) => Routes.of([of('main', {}), canary(target)]);
  expect(sameRouting(routes({}), routes({ 'rewrite-target': '/a' })).settings).toEqual([]);
});
