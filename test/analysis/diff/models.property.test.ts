import { type Routes, sameRouting } from '../../../analysis';
import fc from '../../helpers/random';
import { RUNS } from '../../helpers/runs';
import { randomModelRequest, randomModels, routesOfModel } from './models';
import { seen } from './seen';

jest.setTimeout(900_000);

test('whatever a model can say is compared: listeners, hosts, paths, methods, headers, cookies, queries', () => {
  const counted = { same: 0, different: 0 };
  const requestList = fc.array(randomModelRequest, { minLength: 40, maxLength: 40 });
  fc.assert(
    fc.property(randomModels, requestList, (models, requests) => {
      const [before, after] = models.map(routesOfModel) as [Routes, Routes];
      const { same, proven, differences, undecided } = sameRouting(before, after);
      counted[same ? 'same' : 'different']++;
      expect(undecided).toEqual([]);
      expect(proven).toBe(same);
      for (const { request } of differences) {
        expect(seen(before.route(request))).not.toBe(seen(after.route(request)));
      }
      // A side that takes every port is not asked on ports that nobody names.
      const ports = models.flatMap(({ listeners }) => listeners.map(({ port }) => port));
      for (const request of requests.filter(({ url }) => !url.includes(':8080') || ports.includes(8080))) {
        if (same) {
          expect([request, seen(after.route(request))]).toEqual([request, seen(before.route(request))]);
        }
      }
    }),
    RUNS,
  );
  expect(Math.min(counted.same, counted.different)).toBeGreaterThan(RUNS.numRuns / 10);
});

test('where case is said not to count, paths in lower case are compared all the same', () => {
  const counted = { accepted: 0 };
  const requestList = fc.array(randomModelRequest, { minLength: 20, maxLength: 20 });
  fc.assert(
    fc.property(randomModels, requestList, (models, requests) => {
      const [before, after] = models.map(routesOfModel) as [Routes, Routes];
      const strict = sameRouting(before, after);
      const { same, accepted } = sameRouting(before, after, { accept: ['path-case'] });
      counted.accepted += accepted.length;
      expect(same).toBe(strict.same || (same && accepted.length > 0));
      for (const { request } of accepted) {
        expect(seen(before.route(request))).not.toBe(seen(after.route(request)));
        expect(request.url).toMatch(/[A-Z]/);
      }
      const ports = models.flatMap(({ listeners }) => listeners.map(({ port }) => port));
      // The one pattern that does not count case is in lower case.
      const lower = requests.filter(
        ({ url }) => !/[A-Z]/.test(url) && (!url.includes(':8080') || ports.includes(8080)),
      );
      for (const request of same ? lower : []) {
        expect([request, seen(after.route(request))]).toEqual([request, seen(before.route(request))]);
      }
    }),
    RUNS,
  );
  expect(counted.accepted).toBeGreaterThan(0);
});
