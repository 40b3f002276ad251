import { readFileSync } from 'node:fs';
import '../../jest';
import { manifests } from '../../jest';
import { failure, lines, SHOP } from './failure';

const url = 'https://shop.example.com/cart?a=1';
const toCanary = { url, headers: { FOO: 'bar' } };

describe('toRoute', () => {
  test('holds where a rule leads to a Service or a redirect', () => {
    expect(SHOP).toRoute({ url });
    expect(SHOP).toRoute({ url: 'http://shop.example.com/' });
  });

  test('does not hold where no rule takes the request', () => {
    expect(SHOP).not.toRoute({ url: 'http://other.example.com/' });
    expect(failure(() => expect(SHOP).toRoute({ url: 'http://other.example.com/' }))).toBe(
      lines(`
        expect(manifests).toRoute({ url: "http://other.example.com/" })

        Expected: a rule leads to a Service or a redirect
        Received: not found (404)

        http://other.example.com/
          not found (404)
          because no rule has the host other.example.com; rules for every host come into play
                  path / is below /
                  no rule takes the request
      `),
    );
  });

  test('says with not where the request goes, and how to say that it goes elsewhere', () => {
    expect(failure(() => expect(SHOP).not.toRoute(toCanary))).toBe(
      lines(`
        expect(manifests).not.toRoute({ url: "https://shop.example.com/cart?a=1", headers: { FOO: "bar" } })

        Expected: no rule takes the request (404)
        Received: 100 % shop/frontend-canary:80

        https://shop.example.com/cart?a=1, FOO: bar
          100 %  frontend-canary:80
          because host shop.example.com
                  path /cart is below /: Ingress shop/web, path / (Prefix)
                  canary-by-header-value: FOO is "bar"
          at      test/jest/fixtures/shop.yaml:107

        To say that it goes elsewhere, write expect(…).toRoute(…).not.toBackend(…).
      `),
    );
  });

  test('fails with not as without where a rule leads nowhere', () => {
    const gone = { url: 'https://shop.example.com/gone' };
    expect(failure(() => expect(SHOP).not.toRoute(gone))).toContain('Received: error 503\n');
    expect(failure(() => expect(SHOP).toRoute(gone))).toBe(
      lines(`
        expect(manifests).toRoute({ url: "https://shop.example.com/gone" })

        Expected: a rule leads to a Service or a redirect
        Received: error 503

        https://shop.example.com/gone
          error 503: Service shop/frontend has no port 81; it has 80 (http)
          because host shop.example.com
                  path /gone is /gone: Ingress shop/web, path /gone (Prefix)
                  Service shop/frontend has no port 81; it has 80 (http)
          at      test/jest/fixtures/shop.yaml:87
      `),
    );
  });

  test('waits for a promise of manifests', async () => {
    (await expect(Promise.resolve(SHOP)).resolves.toRoute(toCanary)).toBackend('frontend-canary');
  });

  test('counts as an assertion, and so does what follows', () => {
    expect.assertions(2);
    expect(SHOP).toRoute(toCanary).toBackend('frontend-canary');
  });

  test.each([
    [{ url: '/cart' }, 'url is "/cart"; give an absolute one such as "http://shop.example.com/cart"'],
    [{ url, method: 'get' }, 'method is "get"; give one in capitals such as "GET"'],
    [{ url, header: {} }, 'the request has header; it may have url, method, headers'],
    [url, `the request is "${url}"; give one such as { url: "http://shop.example.com/" }`],
  ])('fails, with not as without, if the request is %j', (request, expected) => {
    expect(failure(() => expect(SHOP).toRoute(request as { url: string }))).toMatch(
      new RegExp(`\n\n${quoted(expected)}$`),
    );
    expect(failure(() => expect(SHOP).not.toRoute(request as { url: string }))).toContain(expected);
  });
  const quoted = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
});

describe('toBackend', () => {
  test('holds where every request goes there', () => {
    for (const name of ['frontend-canary', 'shop/frontend-canary', 'frontend-canary:80', 'shop/frontend-canary:80']) {
      expect(SHOP).toRoute(toCanary).toBackend(name);
    }
    expect(SHOP).toRoute(toCanary).toBackend({ name: 'frontend-canary' });
    expect(SHOP)
      .toRoute(toCanary)
      .toBackend({ name: 'frontend-canary', namespace: { name: 'shop' } });
  });

  test('holds with not where no request goes there', () => {
    expect(SHOP).toRoute(toCanary).not.toBackend('frontend');
    expect(SHOP).toRoute(toCanary).not.toBackend('backend');
    expect(SHOP).toRoute(toCanary).not.toBackend('frontend-canary:81');
    expect(SHOP).toRoute({ url: 'http://shop.example.com/' }).not.toBackend('frontend');
  });

  test('fails with not as without where some requests go there', () => {
    const text = lines(`
      Received: 95 % shop/frontend:80, 5 % shop/frontend-canary:80

      https://shop.example.com/cart?a=1
        95 %  frontend:80
         5 %  frontend-canary:80
        because host shop.example.com
                path /cart is below /: Ingress shop/web, path / (Prefix)
                canary shop/web-canary: weight 5 of 100
        at      test/jest/fixtures/shop.yaml:107

      Some of the requests go there and some do not; see toSplit.
    `);
    expect(failure(() => expect(SHOP).toRoute({ url }).toBackend('frontend'))).toBe(
      `expect(manifests).toRoute(request).toBackend("frontend")\n\nExpected: always shop/frontend\n${text}`,
    );
    expect(failure(() => expect(SHOP).toRoute({ url }).not.toBackend('frontend-canary'))).toBe(
      `expect(manifests).toRoute(request).not.toBackend("frontend-canary")\n\nExpected: never shop/frontend-canary\n${text}`,
    );
  });

  test('says where else the request goes', () => {
    expect(failure(() => expect(SHOP).toRoute(toCanary).toBackend('frontend'))).toBe(
      lines(`
        expect(manifests).toRoute(request).toBackend("frontend")

        Expected: always shop/frontend
        Received: 100 % shop/frontend-canary:80

        https://shop.example.com/cart?a=1, FOO: bar
          100 %  frontend-canary:80
          because host shop.example.com
                  path /cart is below /: Ingress shop/web, path / (Prefix)
                  canary-by-header-value: FOO is "bar"
          at      test/jest/fixtures/shop.yaml:107
      `),
    );
    const redirected = failure(() => expect(SHOP).toRoute({ url: 'http://shop.example.com/a' }).toBackend('frontend'));
    expect(redirected).toContain('Received: redirect 308 to https://shop.example.com/a\n');
  });

  test.each([
    ['fronted', 'backend "fronted": no Service has this name; did you mean shop/frontend?'],
    ['toString', 'backend "toString": no Service has this name; give SERVICE, NAMESPACE/SERVICE, or either with :PORT'],
    ['a/b/c', 'backend is "a/b/c"; give SERVICE, NAMESPACE/SERVICE, or either with :PORT'],
    [7, 'backend is 7; give SERVICE, NAMESPACE/SERVICE, or either with :PORT, or a construct with a Service'],
  ])('fails, with not as without, if the backend is %j', (backend, expected) => {
    expect(
      failure(() =>
        expect(SHOP)
          .toRoute({ url })
          .toBackend(backend as string),
      ),
    ).toContain(`\n\n${expected}`);
    expect(
      failure(() =>
        expect(SHOP)
          .toRoute({ url })
          .not.toBackend(backend as string),
      ),
    ).toContain(expected);
  });

  test('fails if several Services have the name', () => {
    const other = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'frontend', namespace: 'test' },
      spec: { ports: [{ port: 80 }] },
    };
    expect(failure(() => expect([SHOP, other]).toRoute({ url }).toBackend('frontend'))).toContain(
      'backend "frontend": 2 Services have this name; choose one: shop/frontend, test/frontend',
    );
    expect([SHOP, other]).toRoute(toCanary).not.toBackend('test/frontend');
  });

  test('fails if it is asked of anything but a route', () => {
    const direct = expect(SHOP) as unknown as { toBackend(name: string): void };
    expect(failure(() => direct.toBackend('frontend'))).toContain(
      'toBackend follows toRoute: expect(app).toRoute({ url }).toBackend(…)',
    );
  });
});

describe('toSplit', () => {
  test('holds where the shares are just these', () => {
    expect(SHOP).toRoute({ url }).toSplit({ frontend: 0.95, 'frontend-canary': 0.05 });
    expect(SHOP).toRoute({ url }).toSplit({ 'shop/frontend:80': 0.95, 'frontend-canary': 0.05, backend: 0 });
    expect(SHOP).toRoute(toCanary).toSplit({ 'frontend-canary': 1 });
    expect(SHOP).toRoute({ url }).not.toSplit({ frontend: 0.9, 'frontend-canary': 0.1 });
  });

  test('says what the shares are', () => {
    const assert = () => expect(SHOP).toRoute({ url }).toSplit({ frontend: 0.9, 'frontend-canary': 0.1 });
    expect(failure(assert)).toBe(
      lines(`
        expect(manifests).toRoute(request).toSplit({ frontend: 0.9, "frontend-canary": 0.1 })

        Expected: 90 % shop/frontend, 10 % shop/frontend-canary
        Received: 95 % shop/frontend:80, 5 % shop/frontend-canary:80

        https://shop.example.com/cart?a=1
          95 %  frontend:80
           5 %  frontend-canary:80
          because host shop.example.com
                  path /cart is below /: Ingress shop/web, path / (Prefix)
                  canary shop/web-canary: weight 5 of 100
          at      test/jest/fixtures/shop.yaml:107
      `),
    );
  });

  test('does not hold where one Service is named twice', () => {
    const half = readFileSync(SHOP, 'utf8').replace('canary-weight: "5"', 'canary-weight: "50"');
    expect(half).toRoute({ url }).toSplit({ frontend: 0.5, 'frontend-canary': 0.5 });
    expect(half).toRoute({ url }).not.toSplit({ frontend: 0.5, 'frontend:80': 0.5 });
  });

  test.each([
    [{ frontend: 0.95 }, 'the shares add up to 0.95; give all backends, so that it is 1'],
    [{ frontend: 95, 'frontend-canary': 5 }, 'the share of frontend is 95; give a probability such as 0.05'],
    [{}, 'the shares add up to 0; give all backends, so that it is 1'],
    ['frontend', 'the shares are "frontend"; give some such as { web: 0.95, canary: 0.05 }'],
    [{ fronted: 1 }, 'backend "fronted": no Service has this name; did you mean shop/frontend?'],
  ])('fails, with not as without, if the shares are %j', (shares, expected) => {
    const given = shares as Record<string, number>;
    expect(failure(() => expect(SHOP).toRoute({ url }).toSplit(given))).toContain(`\n\n${expected}`);
    expect(failure(() => expect(SHOP).toRoute({ url }).not.toSplit(given))).toContain(expected);
  });
});

describe('toRedirect', () => {
  const http = { url: 'http://shop.example.com/cart?a=1' };

  test('holds for this status and location', () => {
    expect(SHOP).toRoute(http).toRedirect();
    expect(SHOP).toRoute(http).toRedirect({ status: 308 });
    expect(SHOP).toRoute(http).toRedirect({ status: 308, location: 'https://shop.example.com/cart?a=1' });
    expect(SHOP).toRoute(http).not.toRedirect({ status: 301 });
    expect(SHOP).toRoute({ url }).not.toRedirect();
  });

  test('says what the answer is instead', () => {
    const location = 'https://shop.example.com/';
    expect(failure(() => expect(SHOP).toRoute(http).toRedirect({ status: 308, location }))).toBe(
      lines(`
        expect(manifests).toRoute(request).toRedirect({ status: 308, location: "https://shop.example.com/" })

        Expected: redirect 308 to https://shop.example.com/
        Received: redirect 308 to https://shop.example.com/cart?a=1

        http://shop.example.com/cart?a=1
          redirect 308 to https://shop.example.com/cart?a=1
          because host shop.example.com
                  path /cart is below /: Ingress shop/web, path / (Prefix)
                  ssl-redirect, as there is a certificate for the host
          at      test/jest/fixtures/shop.yaml:84
      `),
    );
    expect(failure(() => expect(SHOP).toRoute(http).not.toRedirect())).toContain(
      'expect(manifests).toRoute(request).not.toRedirect()\n\nExpected: no redirect\n',
    );
  });

  test.each([
    [{ status: 200 }, 'status is 200; give 301, 302, 303, 307 or 308'],
    [{ location: 7 }, 'location is 7; give the whole URL as a text'],
    [{ to: 'x' }, 'the redirect has to; it may have status, location'],
  ])('fails, with not as without, if the redirect is %j', (redirect, expected) => {
    expect(
      failure(() =>
        expect(SHOP)
          .toRoute(http)
          .toRedirect(redirect as object),
      ),
    ).toContain(`\n\n${expected}`);
    expect(
      failure(() =>
        expect(SHOP)
          .toRoute(http)
          .not.toRedirect(redirect as object),
      ),
    ).toContain(expected);
  });
});

describe('toAnswer', () => {
  test('holds for the status that the controller itself answers with', () => {
    expect(SHOP).toAnswer({ url: 'http://other.example.com/' }, 404);
    expect(SHOP).toAnswer({ url: 'https://shop.example.com/gone' }, 503);
    expect(SHOP).toAnswer({ url: 'http://shop.example.com/' }, 308);
    expect(SHOP).not.toAnswer({ url }, 404);
  });

  test('says what the answer is instead', () => {
    const text = failure(() => expect(SHOP).toAnswer(toCanary, 404));
    expect(text).toContain(
      'Expected: status 404\nReceived: 100 % shop/frontend-canary:80\n\nhttps://shop.example.com/',
    );
    expect(failure(() => expect(SHOP).not.toAnswer({ url: 'http://a/' }, 404))).toContain('Expected: not status 404\n');
  });

  test.each([0, 600, 404.5, '404'])('fails, with not as without, if the status is %j', (status) => {
    const expected = `status is ${JSON.stringify(status)}; give one from 200 to 599, such as 308, 404 or 503`;
    expect(failure(() => expect(SHOP).toAnswer({ url }, status as number))).toContain(`\n\n${expected}`);
    expect(failure(() => expect(SHOP).not.toAnswer({ url }, status as number))).toContain(expected);
  });
});

test('what cannot be decided from manifests stands in the message', () => {
  const sticky = readFileSync(SHOP, 'utf8').replace(
    'metadata: { name: web, namespace: shop }',
    'metadata: { name: web, namespace: shop, annotations: { nginx.ingress.kubernetes.io/affinity: cookie } }',
  );
  expect(failure(() => expect(sticky).toRoute({ url }).toBackend('frontend'))).toMatch(/\n {2}note {4}.*affinity/);
});

test('where a regular expression leaves it open where the request goes, every matcher fails', () => {
  const shop = readFileSync(SHOP, 'utf8').replace('canary-by-header-value: bar', 'canary-by-header-pattern: "ba++r"');
  const open = lines(`
    It is open where the request goes:
      it cannot be said whether header foo matches ba++r: the regular expression ba++r has possessive quantifiers, which JavaScript does not know or takes otherwise; if so, frontend-canary:80 (canary-by-header-pattern: FOO matches ba++r)
  `);
  expect(failure(() => expect(shop).toRoute(toCanary))).toContain(`\n\n${open}`);
  expect(failure(() => expect(shop).not.toRoute(toCanary))).toContain(open);
  expect(failure(() => expect(shop).toAnswer(toCanary, 404))).toContain(open);
  expect(failure(() => expect(shop).not.toAnswer(toCanary, 404))).toContain(open);
  expect(shop).toRoute({ url }).toSplit({ frontend: 0.95, 'frontend-canary': 0.05 });
});

test('what may surprise about the routes stands in the message and in the snapshot', () => {
  const shop = readFileSync(SHOP, 'utf8').replace(
    'ingressClassName: nginx\n  tls',
    'ingressClassName: internal\n  tls',
  );
  const nginx = manifests(shop, { ingressClass: 'nginx' });
  expect(failure(() => expect(nginx).toRoute({ url }))).toMatch(
    /\n\nWorth knowing:\n {2}text:91: Ingress shop\/web-canary: a canary without main does nothing: there is no main Ingress at all$/,
  );
  expect(nginx).toMatchRoutingSnapshot();
});

test('with several classes, one has to be chosen', () => {
  const other = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'inner', namespace: 'shop' },
    spec: {
      ingressClassName: 'internal',
      defaultBackend: { service: { name: 'backend', port: { number: 6379 } } },
    },
  };
  expect(failure(() => expect([SHOP, other]).toRoute({ url }))).toBe(
    lines(`
      expect(manifests).toRoute({ url: "https://shop.example.com/cart?a=1" })

      The manifests cannot be used:
        there are Ingresses of the classes "internal", "nginx"; choose one by manifests(…, { ingressClass: "NAME" })
    `),
  );
  expect(manifests([SHOP, other], { ingressClass: 'internal' }))
    .toRoute({ url })
    .toBackend('backend');
  expect(manifests([SHOP, other], { ingressClass: 'nginx' }))
    .toRoute(toCanary)
    .toBackend('frontend-canary');
});
