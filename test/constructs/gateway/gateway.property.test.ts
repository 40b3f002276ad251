import { Chart } from 'cdk8s';
import { Routes, sameRouting } from '../../../analysis';
import {
  AllowedNamespaces,
  BlueGreen,
  CanaryIngress,
  CanaryRule,
  ExposedService,
  Exposure,
  Gateway,
  GatewayImplementation,
  GatewayListener,
  NetworkingApp,
  PathType,
  Tls,
} from '../../../constructs';
import fc from '../../helpers/random';
import { FEWER_RUNS } from '../../helpers/runs';
import { ENVOY, failureOf, IMAGE, objectsOf, parts, webOf } from './apps';

const host = fc.constantFrom('a.test', 'b.test', 'x.a.test');
const path = fc.constantFrom('/', '/a', '/a/b', '/ab', '/a.b/c', '/A', '/~a!$&()*+,=:@-_');
const plainType = fc.constantFrom(PathType.PREFIX, PathType.EXACT);
const headerName = fc.constantFrom('FOO', 'X-Canary', 'x-canary-2', 'Cookie2');
const value = fc.constantFrom('bar', 'always', 'never', 'a b', '/-._~:', '1');
const pattern = fc.constantFrom(
  'b',
  '^b',
  'b$',
  '^b$',
  'a|b',
  '^a|b$',
  '(a|b)+c?',
  '[a-f0-9]{2}',
  '\\d+\\.',
  'a.*z',
  '(?:x|y)0*',
);
const cookie = fc.constantFrom('beta', 'A.b', 'x~y-z_1');
const weight = fc.integer({ min: 0, max: 100 });

const withoutWeight = fc.oneof(
  headerName.map((name) => CanaryRule.header(name)),
  fc.tuple(headerName, value).map(([name, text]) => CanaryRule.header(name, text)),
  fc.tuple(headerName, pattern).map(([name, text]) => CanaryRule.headerPattern(name, text)),
);
const withCookie = fc.oneof(
  withoutWeight,
  cookie.map((name) => CanaryRule.cookie(name)),
  fc.tuple(withoutWeight, cookie).map(([rule, name]) => rule.orCookie(name)),
);
const anyRule = fc.oneof(
  weight.map((share) => CanaryRule.weight(share)),
  fc.integer({ min: 0, max: 1000 }).map((share) => CanaryRule.weight(share, { total: 1000 })),
  withCookie,
  fc.tuple(withCookie, weight).map(([rule, share]) => rule.orWeight(share)),
  fc
    .tuple(fc.constantFrom(BlueGreen.BLUE, BlueGreen.GREEN), headerName)
    .map(([side, name]) => CanaryRule.blueGreen(side, name)),
);

const rule = fc.record({
  host,
  path,
  pathType: plainType,
  /** Whether it is one more of the first service. */
  isOfFirst: fc.boolean(),
  hasTls: fc.boolean(),
});

test('what is exposed both ways at once goes to the same place, and so does its canary', () => {
  const seen = { redirected: 0, divided: 0 };
  fc.assert(
    fc.property(
      fc.uniqueArray(rule, {
        minLength: 1,
        maxLength: 4,
        selector: (one) => `${one.host} ${one.path} ${one.pathType}`,
      }),
      fc.option(anyRule, { nil: undefined }),
      (rules, canary) => {
        const all = parts();
        const gateway = webOf(all);
        const secure = new Set(rules.filter(({ hasTls }) => hasTls).map((one) => one.host));
        const services: ExposedService[] = [];
        rules.forEach(({ isOfFirst, hasTls, ...shared }, at) => {
          const name = `route-${at}`;
          const tls = hasTls ? Tls.secret(`${shared.host}-tls`) : undefined;
          const httpsOnly = secure.has(shared.host) ? true : undefined;
          const exposure = Exposure.ingress({ ...shared, tls, httpsOnly, ingressName: name }).and(
            Exposure.gateway({ ...shared, tls, httpsOnly, gateway, routeName: name }),
          );
          const [first] = services;
          if (isOfFirst && first) {
            first.expose(exposure);
          } else {
            services.push(new ExposedService(all.shop, `service-${at}`, { ...IMAGE, exposure }));
          }
        });
        const [main] = services;
        if (main && canary) {
          new CanaryIngress(all.shop, 'canary', { main, rule: canary, canary: { image: 'registry.example/next:2' } });
          seen.divided++;
        }
        seen.redirected += secure.size;
        const objects = objectsOf(all.app);
        const [before, after] = [Routes.ofIngressNginx(objects), Routes.ofGateway(objects)];
        expect([before.problems, after.problems]).toEqual([[], []]);
        expect(after.notes.filter(({ code }) => code !== 'no-secret')).toEqual([]);
        const { same, proven, difference, undecided } = sameRouting(before, after, { accept: ['redirect-slash'] });
        expect({ same, proven, difference, undecided }).toEqual({
          same: true,
          proven: true,
          difference: undefined,
          undecided: [],
        });
      },
    ),
    FEWER_RUNS,
  );
  expect(Math.min(seen.divided, seen.redirected)).toBeGreaterThan(FEWER_RUNS.numRuns / 4);
});

const hostname = fc.constantFrom(undefined, '*.test', '*.a.test', 'a.test', 'x.a.test');
const allowed = fc.constantFrom(
  undefined,
  undefined,
  AllowedNamespaces.SAME,
  AllowedNamespaces.ALL,
  AllowedNamespaces.named([{ name: 'shop' }]),
);
const listener = fc
  .record({ isHttps: fc.boolean(), hostname, port: fc.constantFrom(80, 443, 8443), allowedNamespaces: allowed })
  .map(({ isHttps, ...props }) =>
    isHttps ? GatewayListener.https({ ...props, secrets: [{ name: 'any' }] }) : GatewayListener.http(props),
  );
const wish = fc.record({
  host: fc.constantFrom('a.test', 'x.a.test', 'b.test', '*.a.test'),
  namespace: fc.constantFrom('shop', 'infra', undefined),
  routeNamespace: fc.constantFrom(undefined, undefined, { name: 'infra' }),
  listener: fc.constantFrom(undefined, undefined, 'http', 'https', 'https-a.test'),
  httpsOnly: fc.constantFrom(undefined, true, false),
  tls: fc.constantFrom(undefined, Tls.secret('shop-tls')),
});

test('whatever synthesizes is served by the Gateway, in full', () => {
  const seen = { served: 0, refused: 0 };
  fc.assert(
    fc.property(
      fc.array(listener, { minLength: 1, maxLength: 3 }),
      fc.array(wish, { minLength: 1, maxLength: 3 }),
      fc.constantFrom(undefined, ENVOY, GatewayImplementation.TRAEFIK),
      (listeners, wishes, implementation) => {
        const app = new NetworkingApp();
        try {
          const gateway = new Gateway(new Chart(app, 'infra', { namespace: 'infra' }), 'web', {
            className: 'any',
            implementation,
            listeners,
          });
          wishes.forEach(({ namespace, ...props }, at) => {
            const chart = new Chart(app, `chart-${at}`, { namespace });
            const exposure = Exposure.gateway({ ...props, gateway, path: `/${at}` });
            new ExposedService(chart, `service-${at}`, { ...IMAGE, exposure });
          });
        } catch (error) {
          // Refused at once: no stack trace of something else.
          expect((error as Error).message).toMatch(/^(infra|chart-\d)\//);
          seen.refused++;
          return;
        }
        if (failureOf(app) !== '') {
          seen.refused++;
          return;
        }
        const objects = objectsOf(app);
        const routes = Routes.ofGateway(objects);
        expect(routes.problems).toEqual([]);
        expect(routes.notes.filter(({ code }) => code !== 'no-secret')).toEqual([]);
        const ports = routes.model.listeners.map(({ scheme, port }) => `${scheme}://HOST:${port}`);
        wishes.forEach(({ host: name, httpsOnly, tls }, at) => {
          const sent = ports
            .map((url) => url.replace('HOST', name.replace('*', 'z')))
            .map((url) => ({ url, answer: routes.route({ url: `${url}/${at}/x` }) }));
          const served = sent.filter(({ answer }) => answer.outcome === 'backends');
          expect(served.length).toBeGreaterThan(0);
          for (const { url, answer } of served) {
            expect(answer).toMatchObject({ backends: [{ service: `service-${at}`, port: 8080 }] });
            expect(url.startsWith('https:') || !(httpsOnly ?? tls !== undefined)).toBe(true);
          }
          seen.served++;
        });
      },
    ),
    { numRuns: FEWER_RUNS.numRuns * 10 },
  );
  expect(Math.min(seen.served, seen.refused)).toBeGreaterThan(FEWER_RUNS.numRuns / 4);
});
