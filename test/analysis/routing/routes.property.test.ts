import { type Answer, Routes } from '../../../analysis';
import fc from '../../helpers/random';
import { plainAnswerOf, plainConfig } from './plain';
import { objectsOf, randomControlledWorld, randomForwardedRequest } from './random-worlds';

/** How many sets of Ingresses, each asked twenty times. */
const RUNS = process.env.NIGHTLY === '1' ? 10_000 : 200;

jest.setTimeout(300_000);

/** What the plain evaluator says too: the answer without reasons and notes. */
function bare(answer: Answer): unknown {
  const { notes, ...rest } = answer;
  if (rest.outcome === 'error') {
    const { why, ...error } = rest;
    return error;
  }
  return rest;
}

test('every request goes where the plain evaluator sends it, with the same probabilities', () => {
  fc.assert(
    fc.property(
      randomControlledWorld,
      fc.array(randomForwardedRequest, { minLength: 20, maxLength: 20 }),
      (world, requests) => {
        const routes = Routes.ofIngressNginx(objectsOf(world), { input: 'tolerant' });
        const config = plainConfig(world);
        for (const request of requests) {
          const { scheme, host, uri, headers } = request;
          const answer = routes.route({ url: `${scheme}://${host}${uri}`, headers });
          expect(bare(answer)).toEqual(plainAnswerOf(world, config, request));
          expect(routes.explain({ url: `${scheme}://${host}${uri}`, headers }).answer).toEqual(answer);
        }
      },
    ),
    { numRuns: RUNS },
  );
});
