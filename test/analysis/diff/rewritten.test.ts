import { Routes, type RoutingComparison, sameRouting } from '../../../analysis';
import fc from '../../helpers/random';
import { FEWER_RUNS } from '../../helpers/runs';
import { ingress, path, service } from '../routing/objects';

const main = service('main');

function ofIngress(text: string, target: string, annotations: Readonly<Record<string, string>> = {}): Routes {
  const web = ingress('web', {
    annotations: { 'rewrite-target': target, ...annotations },
    rules: [path('a.test', text, 'ImplementationSpecific', 'main')],
  });
  return Routes.ofIngressNginx([main, web]);
}

function ofGateway(prefix: string, urlRewrite: object | undefined): Routes {
  const gateway = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name: 'web' },
    spec: { gatewayClassName: 'eg', listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] },
  };
  const route = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'web' },
    spec: {
      parentRefs: [{ name: 'web' }],
      hostnames: ['a.test'],
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix', value: prefix } }],
          ...(urlRewrite === undefined ? {} : { filters: [{ type: 'URLRewrite', urlRewrite }] }),
          backendRefs: [{ name: 'main', port: 80 }],
        },
      ],
    },
  };
  return Routes.ofGateway([main, gateway, route]);
}

const replaced = (replacePrefixMatch: string) => ({ path: { type: 'ReplacePrefixMatch', replacePrefixMatch } });
const full = (replaceFullPath: string) => ({ path: { type: 'ReplaceFullPath', replaceFullPath } });

function compared(before: Routes, after: Routes): RoutingComparison {
  expect([...before.problems, ...after.problems]).toEqual([]);
  return sameRouting(before, after, { accept: ['path-case'] });
}

describe('rewrites that are written in other words are proven to be the same', () => {
  test.each(['/api', '/api/'])('a target of the rest alone, and a prefix %s that gives way to a slash', (prefix) => {
    const { proven, undecided } = compared(ofIngress('/api(/|$)(.*)', '/$2'), ofGateway(prefix, replaced('/')));
    expect([proven, undecided]).toEqual([true, []]);
  });

  test('but for the prefix itself, where another one has no slash behind it', () => {
    const { differences, undecided } = compared(
      ofIngress('/api(/|$)(.*)', '/v1/$2'),
      ofGateway('/api', replaced('/v1/')),
    );
    expect(differences.map(({ request }) => request.url)).toEqual(['http://a.test/api']);
    expect(undecided).toEqual([]);
  });

  test('of two Ingresses', () => {
    const one = ofIngress('/api(/|$)(.*)', '/$2');
    expect(compared(one, ofIngress('/api(/|$)(.*)$', '/$2'))).toMatchObject({ proven: true });
    expect(compared(one, ofIngress('/api(/|$)(.*)', '/$1')).proven).toBe(false);
  });

  test('of prefixes with and without a slash', () => {
    expect(compared(ofGateway('/api', replaced('/x')), ofGateway('/api/', replaced('/x/')))).toMatchObject({
      proven: true,
    });
  });
});

test('what is not proven stays open, though no request that was tried differs', () => {
  const { differences, undecided, proven } = compared(
    ofIngress('/api(/|$)(.{0,999})', '/$2'),
    ofGateway('/api', replaced('/')),
  );
  expect([differences, proven]).toEqual([[], false]);
  expect(undecided.map(({ what }) => what)).toContain('whether backends see the same path and host');
});

const prefixes = fc.constantFrom('/api', '/a', '/api/v1', '/a.b');
const tails = fc.constantFrom('(/|$)(.*)', '/(.*)', '(.*)', '(/|$)(.*)$', '', '/?(.*)', '(/.*)?');
const targets = fc.constantFrom('/', '/$1', '/$2', '/v1/$2', '/v1$1$2', '/v1$2', '/x', '/$1/$2', '$1', '/v1/$1');
const rewrites = fc.constantFrom(
  undefined,
  ...['/', '/v1', '/v1/', '/x', ''].map(replaced),
  ...['/', '/x', '/v1'].map(full),
);
const ends = fc.array(fc.constantFrom('/', 'x', 'y/', 'A', '-', '%20', 'v1', '/x', '.z'), { maxLength: 4 });
const requests = fc.array(fc.tuple(prefixes, ends, fc.constantFrom('', '?q=1')), { minLength: 40, maxLength: 40 });

test('what is proven holds for requests that are sampled', () => {
  const counted = { proven: 0, asked: 0 };
  const ingresses = fc
    .tuple(prefixes, tails, targets)
    .map(([prefix, tail, target]) => ofIngress(prefix + tail, target));
  const gateways = fc.tuple(prefixes, rewrites).map(([prefix, rewrite]) => ofGateway(prefix, rewrite));
  // Of any two, hardly any are the same.
  const near = fc
    .tuple(prefixes, fc.constantFrom('/', '/$2', '/v1/$2'), rewrites)
    .map(([prefix, target, rewrite]) => [ofIngress(`${prefix}(/|$)(.*)`, target), ofGateway(prefix, rewrite)] as const);
  fc.assert(
    fc.property(
      fc.oneof(near, fc.tuple(ingresses, fc.oneof(ingresses, gateways))),
      requests,
      ([before, after], all) => {
        const { proven } = sameRouting(before, after, { accept: ['path-case'] });
        counted.proven += Number(proven);
        for (const [prefix, end, query] of all) {
          const sent = `${prefix}${end.join('')}`;
          // Others are spelled in a way that manifests of Gateways do not settle.
          if (proven && !/\/\/|\/\./.test(sent)) {
            counted.asked++;
            const request = { url: `http://a.test${sent}${query}` };
            const [one, other] = [before.route(request), after.route(request)].map((answer) =>
              answer.outcome === 'backends' ? answer.upstream : answer.outcome,
            );
            expect([sent, one]).toEqual([sent, other]);
          }
        }
      },
    ),
    { ...FEWER_RUNS, numRuns: FEWER_RUNS.numRuns * 3 },
  );
  expect(Math.min(counted.proven, counted.asked / 10)).toBeGreaterThan(FEWER_RUNS.numRuns / 20);
});
