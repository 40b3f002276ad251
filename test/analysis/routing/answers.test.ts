import { type Condition, Routes, readManifests } from '../../../analysis';

const SHOP = `apiVersion: v1
kind: Service
metadata: {name: frontend}
spec: {selector: {app: frontend}, ports: [{name: http, port: 80, targetPort: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: frontend-canary}
spec: {selector: {app: frontend-canary}, ports: [{name: http, port: 80, targetPort: 8080}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: online-boutique-ing
spec:
  ingressClassName: nginx
  tls:
    - hosts: [shop.example.com]
      secretName: shop-tls
  rules:
    - host: shop.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: {service: {name: frontend, port: {number: 80}}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: canary
  annotations:
    nginx.ingress.kubernetes.io/canary: "true"
    nginx.ingress.kubernetes.io/canary-by-header: FOO
    nginx.ingress.kubernetes.io/canary-by-header-value: bar
    nginx.ingress.kubernetes.io/canary-by-cookie: try
    nginx.ingress.kubernetes.io/canary-weight: "5"
spec:
  ingressClassName: nginx
  rules:
    - host: shop.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: {service: {name: frontend-canary, port: {name: http}}}
`;

const RULE = {
  kind: 'Ingress',
  namespace: 'default',
  name: 'online-boutique-ing',
  host: 'shop.example.com',
  path: '/',
  pathType: 'Prefix',
};

describe('the answers that scripts read', () => {
  const routes = Routes.ofIngressNginx(readManifests(SHOP, 'shop.yaml'));

  test('backends, with the rule and exact probabilities', () => {
    expect(JSON.parse(JSON.stringify(routes.route({ url: 'https://shop.example.com/cart' })))).toEqual({
      outcome: 'backends',
      rule: RULE,
      backends: [
        { namespace: 'default', service: 'frontend', port: 80, probability: 0.95 },
        { namespace: 'default', service: 'frontend-canary', port: 80, probability: 0.05 },
      ],
      upstream: { path: '/cart', host: 'shop.example.com' },
    });
  });

  test('a backend without any request is left out, and a port by name is its number', () => {
    expect(routes.route({ url: 'https://shop.example.com/', headers: { FOO: 'bar' } })).toEqual({
      outcome: 'backends',
      rule: RULE,
      backends: [{ namespace: 'default', service: 'frontend-canary', port: 80, probability: 1 }],
      upstream: { path: '/', host: 'shop.example.com' },
    });
  });

  test('a redirect', () => {
    expect(routes.route({ url: 'http://shop.example.com/cart' })).toEqual({
      outcome: 'redirect',
      status: 308,
      location: 'https://shop.example.com/cart',
      rule: RULE,
    });
  });

  test('not found', () => {
    expect(routes.route({ url: 'http://nobody.example.com/' })).toEqual({ outcome: 'not-found' });
  });

  test('the method decides nothing', () => {
    const url = 'https://shop.example.com/';
    expect(routes.route({ url, method: 'POST' })).toEqual(routes.route({ url }));
  });
});

describe('explanations', () => {
  const routes = Routes.ofIngressNginx(readManifests(SHOP, 'shop.yaml'));

  test('say host, path and weight, and where the canary stands', () => {
    expect(routes.explain({ url: 'https://shop.example.com/cart' })).toMatchObject({
      because: [
        'host shop.example.com',
        'path /cart is below /: Ingress default/online-boutique-ing, path / (Prefix)',
        'canary default/canary: weight 5 of 100',
      ],
      place: { file: 'shop.yaml', line: 44 },
    });
  });

  test.each([
    [{ FOO: 'bar' }, 'canary-by-header-value: FOO is "bar"', 44],
    [{ Cookie: 'try=always' }, 'canary-by-cookie: try is "always"', 44],
    [{ Cookie: 'try=never' }, 'canary-by-cookie: try is "never"', 44],
  ])('of %j name the rule of the canary', (headers, reason, line) => {
    const { because, place } = routes.explain({ url: 'https://shop.example.com/', headers });
    expect([because.at(-1), place]).toEqual([reason, { file: 'shop.yaml', line }]);
  });

  test('of a redirect name the annotation, and where the rule stands', () => {
    const { because, place } = routes.explain({ url: 'http://shop.example.com/' });
    expect(because.at(-1)).toBe('ssl-redirect, as there is a certificate for the host');
    expect(place).toEqual({ file: 'shop.yaml', line: 24 });
  });

  test('of nothing found say so', () => {
    expect(routes.explain({ url: 'http://nobody.example.com/x' })).toEqual({
      answer: { outcome: 'not-found' },
      because: [
        'no rule has the host nobody.example.com; rules for every host come into play',
        'path /x is below /',
        'no rule takes the request',
      ],
      place: undefined,
    });
  });

  test('show a path as people read it, and bytes that are no text with escapes', () => {
    expect(routes.explain({ url: 'https://shop.example.com/%C3%BC%20x' }).because[1]).toMatch(/^path \/ü x is below/);
    expect(routes.explain({ url: 'https://shop.example.com/%FC%20x' }).because[1]).toMatch(/^path \/%FC x is below/);
  });

  test('of a path that nginx refuses say why', () => {
    expect(routes.route({ url: 'http://shop.example.com/%' })).toEqual({
      outcome: 'error',
      status: 400,
      why: 'nginx refuses the path of /%: an escape is broken, or ".." leads above the root',
    });
  });
});

describe('the table', () => {
  test('has a row for each path of each host, by host and path', () => {
    expect(Routes.ofIngressNginx(readManifests(SHOP, 'shop.yaml')).table()).toEqual([
      {
        host: 'shop.example.com',
        path: '/',
        pathType: 'Prefix',
        tls: true,
        httpsRedirect: 308,
        backends: [
          { namespace: 'default', service: 'frontend', port: 80, probability: 0.95 },
          { namespace: 'default', service: 'frontend-canary', port: 80, probability: 0.05 },
        ],
        redirect: undefined,
        error: undefined,
        canary: [
          { when: 'header foo is "bar"', to: 'frontend-canary:80' },
          { when: 'cookie try is "always"', to: 'frontend-canary:80' },
          { when: 'cookie try is "never"', to: 'frontend:80' },
        ],
        rule: RULE,
        notes: [],
      },
    ]);
  });

  test('has a row of its own for an app-root, and the answer names "/" as its rule', () => {
    const text = SHOP.replace(
      'name: online-boutique-ing',
      'name: web\n  annotations: {nginx.ingress.kubernetes.io/app-root: /app}',
    );
    const routes = Routes.ofIngressNginx(readManifests(text, 'shop.yaml'));
    const rule = { ...RULE, name: 'web', pathType: 'Exact' };
    expect(routes.table()).toMatchObject([
      { path: '/', pathType: 'Exact', redirect: { status: 302, location: '{scheme}://{host}/app' }, rule },
      { path: '/', pathType: 'Prefix', backends: [{ service: 'frontend' }, { service: 'frontend-canary' }] },
    ]);
    expect(routes.explain({ url: 'https://shop.example.com/' })).toMatchObject({
      answer: { outcome: 'redirect', location: 'https://shop.example.com/app', rule },
      place: { file: 'shop.yaml', line: 15 },
    });
  });

  test('has redirects, errors, aliases and rules of every host, these last', () => {
    const text = `${SHOP}---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: more
  annotations: {nginx.ingress.kubernetes.io/server-alias: alias.example.com, nginx.ingress.kubernetes.io/ssl-redirect: "false"}
spec:
  ingressClassName: nginx
  rules:
    - http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: frontend, port: {number: 81}}}}]}
    - host: "*.b.test"
      http: {paths: [{path: /b/, pathType: Prefix, backend: {service: {name: frontend, port: {number: 80}}}}, {path: /a, pathType: Exact, backend: {service: {name: frontend, port: {number: 80}}}}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: moved
  annotations: {nginx.ingress.kubernetes.io/permanent-redirect: "https://shop.example.com"}
spec:
  ingressClassName: nginx
  rules:
    - host: old.example.com
      http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: frontend, port: {number: 80}}}}]}
`;
    const rows = Routes.ofIngressNginx(readManifests(text, 'shop.yaml')).table();
    const short = rows.map(({ host, path, tls, backends, redirect, error }) => {
      const what = redirect?.location ?? error?.status ?? backends.map(({ service }) => service).join(' and ');
      return `${host} ${path} ${tls} ${what}`;
    });
    expect(short).toEqual([
      '*.b.test /a false frontend and frontend-canary',
      '*.b.test /b/ false frontend and frontend-canary',
      'alias.example.com /a false frontend and frontend-canary',
      'alias.example.com /b/ false frontend and frontend-canary',
      'old.example.com / false https://shop.example.com',
      'shop.example.com / true frontend and frontend-canary',
      'null / false 503',
    ]);
  });
});

test('the model is data: all that is tested of a request can be read, and nothing in it is a function', () => {
  const { model } = Routes.ofIngressNginx(readManifests(SHOP, 'shop.yaml'));
  const [listener] = model.listeners;
  const [host, fallback] = listener?.hosts ?? [];
  expect([listener?.scheme, host?.name, fallback?.name]).toEqual([
    undefined,
    { kind: 'exact', host: 'shop.example.com' },
    { kind: 'any' },
  ]);
  const [route] = host?.routes ?? [];
  expect(route?.path).toEqual({ kind: 'prefix', path: '/' });
  const conditions: (readonly Condition[])[] = route?.decisions.map(({ when }) => when) ?? [];
  expect(conditions).toEqual([
    [{ kind: 'scheme', scheme: 'http' }],
    [{ kind: 'header', name: 'foo', value: { is: 'equal', text: 'bar' } }],
    [{ kind: 'cookie', name: 'try', value: { is: 'equal', text: 'always' } }],
    [{ kind: 'cookie', name: 'try', value: { is: 'equal', text: 'never' } }],
    [],
  ]);
  expect(route?.decisions.at(-1)?.outcome).toEqual({
    kind: 'backends',
    backends: [
      { namespace: 'default', service: 'frontend', port: 80, weight: 95 },
      { namespace: 'default', service: 'frontend-canary', port: 80, weight: 5 },
    ],
  });
});

test('the same manifests give the same answers in any order', () => {
  const documents = SHOP.split('---\n');
  const straight = Routes.ofIngressNginx(readManifests(documents.join('---\n'), 'shop.yaml'));
  const reversed = Routes.ofIngressNginx(readManifests(documents.reverse().join('\n---\n'), 'shop.yaml'));
  expect(reversed.table()).toEqual(straight.table());
});
