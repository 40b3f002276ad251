import { type NamedDifference, Routes, type RoutingComparison, sameRouting } from '../../../analysis';
import { BlueGreen, CanaryRule, GatewayImplementation, PathType, Tls } from '../../../constructs';
import { seen } from '../../analysis/diff/seen';
import type { Fields } from '../../helpers/fields';
import { bothWays, HOST, type Shared } from './apps';

/** Compares what the Ingresses say with what the HTTPRoutes say; a slash at the end of a redirect is told apart in tests. */
function compared(objects: readonly Fields[], accept: readonly NamedDifference[] = ['redirect-slash']) {
  const before = Routes.ofIngressNginx(objects);
  const after = Routes.ofGateway(objects);
  expect([before.problems, after.problems, before.notes]).toEqual([[], [], []]);
  // What a Gateway reads besides the manifests is a Secret that is there.
  expect(after.notes.filter(({ code }) => code !== 'no-secret')).toEqual([]);
  return sameRouting(before, after, { accept });
}

const proof = ({ same, proven, accepted }: RoutingComparison) => ({
  same,
  proven,
  accepted: accepted.map(({ name }) => name),
});
const tls = Tls.secret('shop-tls');

describe('every request goes where it goes by an Ingress:', () => {
  test.each<[string, Shared[], NamedDifference[]]>([
    ['a host', [{}], []],
    ['a path', [{ path: '/cart' }], []],
    ['an exact path', [{ path: '/cart', pathType: PathType.EXACT }], []],
    ['several paths', [{ path: '/a' }, { path: '/a/b' }, { path: '/a/b', pathType: PathType.EXACT }, {}], []],
    ['HTTPS only', [{ tls, httpsOnly: true }], ['redirect-slash']],
    ['HTTPS only by itself, since it has a certificate', [{ tls }], ['redirect-slash']],
    ['HTTPS only below a path', [{ tls, path: '/cart' }], ['redirect-slash']],
    [
      'HTTPS only on several paths',
      [
        { tls, path: '/a' },
        { tls, path: '/b' },
      ],
      ['redirect-slash'],
    ],
    [
      'HTTPS only on several paths, of which one has the certificate',
      [
        { tls, path: '/a' },
        { httpsOnly: true, path: '/b' },
      ],
      ['redirect-slash'],
    ],
  ])('%s', (_, exposures, accepted) => {
    expect(proof(compared(bothWays(exposures)))).toEqual({ same: true, proven: true, accepted });
  });

  test('without an implementation that has 308 but for the status, which is 301', () => {
    const objects = bothWays([{ tls }], undefined, GatewayImplementation.CONTOUR);
    expect(proof(compared(objects, ['redirect-slash', 'redirect-status']))).toEqual({
      same: true,
      proven: true,
      accepted: ['redirect-status', 'redirect-slash'],
    });
    const { difference } = compared(objects);
    expect(difference?.request.url).toBe(`http://${HOST}/`);
    expect([difference?.before, difference?.after].map((side) => side && seen(side.answer))).toEqual([
      `308 https://${HOST}/`,
      `301 https://${HOST}/`,
    ]);
  });
});

const RULES: [string, CanaryRule][] = [
  ['nobody', CanaryRule.weight(0)],
  ['a weight', CanaryRule.weight(5)],
  ['a weight of a total', CanaryRule.weight(7, { total: 1000 })],
  ['everybody', CanaryRule.weight(100)],
  ['a header', CanaryRule.header('X-Canary')],
  ['a header, else a weight', CanaryRule.header('X-Canary').orWeight(5)],
  ['a header, else everybody', CanaryRule.header('X-Canary').orWeight(100)],
  ['a header with a value', CanaryRule.header('FOO', 'bar')],
  ['a header with a value, else a weight', CanaryRule.header('FOO', 'bar').orWeight(5)],
  ['a header with the value never', CanaryRule.header('FOO', 'never').orWeight(5)],
  ['a pattern', CanaryRule.headerPattern('X-Region', 'eu|us')],
  ['a pattern of the whole value', CanaryRule.headerPattern('X-Region', '^eu-[a-z]+$').orWeight(5)],
  ['a pattern of the beginning', CanaryRule.headerPattern('X-Region', '^eu')],
  ['a pattern of the end', CanaryRule.headerPattern('X-Region', 'west$')],
  ['a cookie', CanaryRule.cookie('beta')],
  ['a cookie, else a weight', CanaryRule.cookie('beta').orWeight(5)],
  ['a cookie with signs of regular expressions', CanaryRule.cookie('a.b~c-d_1').orWeight(100)],
  ['a header, else a cookie', CanaryRule.header('X-Canary').orCookie('beta')],
  ['a header, else a cookie, else nobody', CanaryRule.header('X-Canary').orCookie('beta').orWeight(0)],
  ['a header, else a cookie, else a weight', CanaryRule.header('X-Canary').orCookie('beta').orWeight(5)],
  ['a value, else a cookie, else a weight', CanaryRule.header('FOO', 'bar').orCookie('beta').orWeight(5)],
  ['a pattern, else a cookie, else a weight', CanaryRule.headerPattern('FOO', 'b.r').orCookie('beta').orWeight(5)],
  ['blue', CanaryRule.blueGreen(BlueGreen.BLUE, 'X-Side')],
  ['green', CanaryRule.blueGreen(BlueGreen.GREEN, 'X-Side')],
  ['A/B by cookie', CanaryRule.abTestByCookie('group')],
  ['A/B by header', CanaryRule.abTestByHeader('X-Group', 'b', 30)],
];

describe('a canary takes the requests that it takes by an Ingress:', () => {
  test.each(RULES)('%s', (_, rule) => {
    expect(proof(compared(bothWays([{ path: '/shop' }], rule)))).toEqual({ same: true, proven: true, accepted: [] });
  });

  test.each(RULES)('%s, behind HTTPS and beside other paths', (_, rule) => {
    const objects = bothWays([{ tls }, { tls, path: '/cart' }], rule);
    expect(proof(compared(objects))).toEqual({ same: true, proven: true, accepted: ['redirect-slash'] });
  });
});

test('a rule that is left out is shown by the request that differs', () => {
  const objects = bothWays([{}], CanaryRule.header('X-Canary').orWeight(5)).map((object) =>
    object.kind !== 'HTTPRoute'
      ? object
      : {
          ...object,
          spec: { ...object.spec, rules: object.spec.rules.filter((_: unknown, index: number) => index !== 1) },
        },
  );
  const { same, difference } = compared(objects);
  expect(same).toBe(false);
  expect(difference?.request).toEqual({ url: `http://${HOST}/`, headers: { 'x-canary': 'never' } });
});

test('ingress-nginx redirects to an exact path that ends with a slash, which shows', () => {
  const { difference } = compared(bothWays([{ path: '/cart/', pathType: PathType.EXACT }]));
  expect(difference?.request).toEqual({ url: `http://${HOST}/cart` });
  expect([difference?.before, difference?.after].map((side) => side && seen(side.answer))).toEqual([
    `301 http://${HOST}/cart/`,
    'not found',
  ]);
});

test('a wildcard is one label to ingress-nginx and one or more to a Gateway, which shows', () => {
  const objects = bothWays([{}]).map((object) =>
    JSON.parse(JSON.stringify(object).replaceAll(`"${HOST}"`, '"*.example.com"')),
  );
  expect(compared(objects).difference?.request.url).toMatch(/^http:\/\/[^./]+\.[^./]+\.example\.com\/$/);
});
