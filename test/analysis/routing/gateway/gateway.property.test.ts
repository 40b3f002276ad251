import { type Answer, Routes } from '../../../../analysis';
import fc from '../../../helpers/random';
import { type PlainRequest, plainAnswer } from './plain';
import { objectsOf, randomRequest, randomWorld } from './worlds';

/** How many Gateways with their routes, each asked thirty times. */
const RUNS = process.env.NIGHTLY === '1' ? 20_000 : 200;

jest.setTimeout(600_000);

const requests = fc.array(randomRequest, { minLength: 30, maxLength: 30 });

/** What the plain evaluator says too: the answer without reasons and notes. */
function bare(answer: Answer): unknown {
  const { notes, ...rest } = answer;
  if (rest.outcome === 'error') {
    const { why, ...error } = rest;
    return error;
  }
  if (rest.outcome === 'backends') {
    const backends = rest.backends.map(({ error, ...share }) => ({ ...share, ...(error && { error: error.status }) }));
    const { path, host } = rest.upstream ?? {};
    return { ...rest, backends, upstream: { path, host: host?.replace(/:\d+$/, '') } };
  }
  return rest;
}

function urlOf({ scheme, host, port, path, query }: PlainRequest): string {
  const sent = query.map(([name, value]) => `${name}=${value}`).join('&');
  return `${scheme}://${host}:${port}${path}${sent === '' ? '' : `?${sent}`}`;
}

test('every request goes where the plain evaluator sends it, with the same probabilities', () => {
  fc.assert(
    fc.property(randomWorld, requests, (world, all) => {
      const routes = Routes.ofGateway(objectsOf(world));
      expect(routes.problems).toEqual([]);
      for (const request of all) {
        const { method, headers } = request;
        expect(bare(routes.route({ url: urlOf(request), method, headers }))).toEqual(plainAnswer(world, request));
      }
    }),
    { numRuns: RUNS },
  );
});

test('the order of the manifests changes nothing', () => {
  fc.assert(
    fc.property(randomWorld, requests, (world, all) => {
      const [one, other] = [objectsOf(world), objectsOf(world).reverse()].map((objects) =>
        Routes.ofGateway(objects),
      ) as [Routes, Routes];
      for (const request of all) {
        const { method, headers } = request;
        const asked = { url: urlOf(request), method, headers };
        expect(one.route(asked)).toEqual(other.route(asked));
      }
    }),
    { numRuns: RUNS / 4 },
  );
});
