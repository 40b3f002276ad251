import { Routes, sameRouting } from '../../../analysis';

const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web' },
  spec: { ports: [{ port: 80 }] },
};

function rewriting(path: string, annotations: Readonly<Record<string, string>>, controllerVersion = '1.15'): Routes {
  const given = Object.entries(annotations).map(([key, value]) => [`nginx.ingress.kubernetes.io/${key}`, value]);
  const backend = { service: { name: 'web', port: { number: 80 } } };
  const web = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'web', annotations: Object.fromEntries(given) },
    spec: {
      ingressClassName: 'nginx',
      rules: [{ host: 'a.test', http: { paths: [{ path, pathType: 'ImplementationSpecific', backend }] } }],
    },
  };
  return Routes.ofIngressNginx([service, web], { controllerVersion });
}

function upstream(routes: Routes, url: string): unknown {
  const answer = routes.route({ url });
  return answer.outcome === 'backends' ? answer.upstream?.path : answer;
}

describe('rewrite-target', () => {
  test.each([
    ['/api(/|$)(.*)', '/$2', '/api', '/'],
    ['/api(/|$)(.*)', '/$2', '/api/x/y?q=1', '/x/y?q=1'],
    ['/api(/|$)(.*)', '/$1', '/api/x', '//'],
    ['/api(/|$)(.*)', '/v1/$2', '/API/x', '/v1/x'],
    ['/api', '/', '/api/x?q=1', '/?q=1'],
    ['/api/?(.*)', '/$1', '/api//a%20b/../%3Fc', '/%3Fc'],
    ['/(a)?(b)?', '/$1$2$3', '/b', '/b'],
    ['/(.*)', '/$10', '/x', '/x0'],
    ['/api', '/api', '/api/%41', '/api/%41'],
  ])('of %s to %s sends %s on as %s', (path, target, sent, expected) => {
    expect(upstream(rewriting(path, { 'rewrite-target': target }), `http://a.test${sent}`)).toBe(expected);
  });

  test.each(['/x?y=$1', '/x?'])(
    'to %s, which has a query of its own, counts as not given in all releases',
    (target) => {
      for (const release of ['1.8.2', '1.11', '1.12', '1.15.1']) {
        const routes = rewriting('/z', { 'rewrite-target': target }, release);
        expect([release, upstream(routes, 'http://a.test/z?q=1')]).toEqual([release, '/z?q=1']);
      }
    },
  );

  test('that leaves nothing of the path is answered 500', () => {
    const routes = rewriting('/api(/.*)?', { 'rewrite-target': '$1' });
    expect(routes.route({ url: 'http://a.test/api' })).toMatchObject({ outcome: 'error', status: 500 });
    expect(upstream(routes, 'http://a.test/api/x')).toBe('/x');
  });

  test('with groups that repeat is not told', () => {
    const routes = rewriting('/(?:(a)|b)*', { 'rewrite-target': '/$1' });
    const answer = routes.route({ url: 'http://a.test/ab' });
    expect(answer).not.toHaveProperty('upstream');
    expect(answer.notes).toEqual([expect.stringContaining('what the backend sees cannot be told')]);
  });

  test.each([
    ['https://b.test/$1', '/x?q=1', 'https://b.test/x?q=1'],
    ['https://b.test/p/$1', '/x', 'https://b.test/p/x'],
    ['$scheme://b.test/x', '/y', 'http://b.test/x'],
  ])('%s is a redirect with status 302 and the query', (target, sent, location) => {
    const routes = rewriting('/(.*)', { 'rewrite-target': target, 'force-ssl-redirect': 'true' }, '1.11');
    expect(routes.route({ url: `http://a.test${sent}` })).toMatchObject({
      outcome: 'redirect',
      status: 302,
      location,
    });
  });
});

test('upstream-vhost is the host that the backend sees', () => {
  const routes = rewriting('/', { 'upstream-vhost': 'b.test' });
  expect(routes.route({ url: 'http://a.test/x' })).toMatchObject({ upstream: { path: '/x', host: 'b.test' } });
  expect(rewriting('/', {}).route({ url: 'http://a.test:8080/' })).toMatchObject({
    upstream: { path: '/', host: 'a.test:8080' },
  });
});

describe('two rewrites', () => {
  const PATH = '/api(/|$)(.*)';

  test('that put together other groups are told apart by the smallest request', () => {
    const [before, after] = ['/$2', '/$1'].map((target) => rewriting(PATH, { 'rewrite-target': target }));
    const { same, difference } = sameRouting(before as Routes, after as Routes);
    expect([same, difference?.request]).toEqual([false, { url: 'http://a.test/api/' }]);
    expect(difference?.before.answer).toMatchObject({ upstream: { path: '/' } });
    expect(difference?.after.answer).toMatchObject({ upstream: { path: '//' } });
  });

  test('that are written alike are proven the same', () => {
    const routes = () => rewriting(PATH, { 'rewrite-target': '/$2', 'upstream-vhost': 'b.test' });
    expect(sameRouting(routes(), routes())).toMatchObject({ same: true, proven: true, undecided: [] });
  });

  test('that are not written alike are never proven by requests that were tried', () => {
    const [before, after] = ['/$2', '/$2$3'].map((target) => rewriting(PATH, { 'rewrite-target': target }));
    expect(sameRouting(before as Routes, after as Routes)).toMatchObject({ proven: false });
  });

  test('of the host are told apart', () => {
    const { difference } = sameRouting(rewriting('/', {}), rewriting('/', { 'upstream-vhost': 'b.test' }));
    expect(difference?.request).toEqual({ url: 'http://a.test/' });
  });

  test('one of which is a redirect are told apart', () => {
    const [before, after] = ['/x', 'https://b.test/x'].map((target) =>
      rewriting('/x(.*)', { 'rewrite-target': target }),
    );
    expect(sameRouting(before as Routes, after as Routes).same).toBe(false);
  });

  test('of Locations with groups are told apart, or left open', () => {
    const [one, two, three] = ['https://b.test/$1', 'https://b.test/$2', 'https://b.test$1'].map((target) =>
      rewriting('/x(/.*)?', { 'rewrite-target': target }),
    ) as [Routes, Routes, Routes];
    expect(sameRouting(one, two).same).toBe(false);
    expect(sameRouting(one, three).same).toBe(false);
  });
});
