import { Routes, sameRouting } from '../../../analysis';
import { assumingAlike } from '../../../analysis/diff/same-routing';
import fc from '../../helpers/random';
import { RUNS } from '../../helpers/runs';
import type { PlainIngress, PlainWorld } from '../routing/plain';
import { objectsOf, randomRequest, randomWorld } from '../routing/random-worlds';
import { seenByAll } from './seen';

jest.setTimeout(600_000);

/** A small change to one Ingress. */
const change = fc.constantFrom<((one: PlainIngress) => Partial<PlainIngress>)[]>(
  () => ({}),
  ({ tls }) => ({ tls: !tls }),
  ({ sslRedirect }) => ({ sslRedirect: !sslRedirect }),
  ({ forceSsl }) => ({ forceSsl: !forceSsl }),
  ({ keepSlash }) => ({ keepSlash: !keepSlash }),
  ({ useRegex }) => ({ useRegex: !useRegex }),
  () => ({ rewriteTarget: '' }),
  () => ({ rewriteTarget: '/$1' }),
  () => ({ rewriteTarget: '/$2' }),
  () => ({ rewriteTarget: '/foo/$2' }),
  () => ({ aliases: [] }),
  ({ fromToWww }) => ({ fromToWww: !fromToWww }),
  ({ rules }) => ({ rules: [...rules].reverse() }),
  ({ rules }) => ({ rules: rules.slice(0, 1) }),
  ({ rules }) => ({ rules: rules.map((rule) => ({ ...rule, paths: rule.paths.slice(0, 1) })) }),
  ({ canary }) => (canary === undefined ? {} : { canary: { ...canary, cookie: canary.cookie === '' ? 'ck' : '' } }),
  ({ canary }) => (canary === undefined ? {} : { canary: { ...canary, weight: canary.weight === 5 ? 50 : 5 } }),
  ({ canary }) => (canary === undefined ? {} : { canary: { ...canary, value: canary.value === '' ? 'bar' : '' } }),
  ({ canary }) => (canary === undefined ? {} : { canary: { ...canary, pattern: '^b[a-e]*r$' } }),
);

const pair = fc
  .record({ world: randomWorld, other: randomWorld, at: fc.nat(), change, fresh: fc.integer({ min: 0, max: 9 }) })
  .map(({ world, other, at, change: changed, fresh }): readonly [PlainWorld, PlainWorld] => {
    if (fresh === 0) {
      return [world, other];
    }
    const index = at % world.ingresses.length;
    const ingresses =
      fresh === 1
        ? world.ingresses.filter((_, place) => place !== index)
        : world.ingresses.map((one, place) => (place === index ? { ...one, ...changed(one) } : one));
    return [world, { ...world, ingresses }];
  });

test('what is the same answers every request alike, and what is not shows a request that differs', () => {
  const counted = { same: 0, different: 0 };
  fc.assert(
    fc.property(pair, fc.array(randomRequest, { minLength: 20, maxLength: 20 }), (worlds, requests) => {
      const [before, after] = worlds.map((world) => Routes.ofIngressNginx(objectsOf(world))) as [Routes, Routes];
      const { same, difference, differences, undecided } = sameRouting(before, after);
      counted[same ? 'same' : 'different']++;
      const expected = ['each side leaves something else open', 'whether backends see the same path and host'];
      expect(undecided.filter(({ what }) => !expected.includes(what))).toEqual([]);
      // Services that neither side has are compared by their names.
      const [here, there] = assumingAlike(before, after);
      for (const one of differences) {
        expect(seenByAll(here.route(one.request))).not.toBe(seenByAll(there.route(one.request)));
        expect(seenByAll(one.before.answer)).not.toBe(seenByAll(one.after.answer));
      }
      // What is left open on one side alone is no difference, and not the same either.
      expect(same).toBe(difference === undefined && undecided.length === 0);
      if (same) {
        for (const { scheme, host, uri, headers } of requests) {
          const request = { url: `${scheme}://${host}${uri}`, headers };
          for (const [one, other] of [
            [before, after],
            [here, there],
          ] as const) {
            expect([request, seenByAll(other.route(request))]).toEqual([request, seenByAll(one.route(request))]);
          }
        }
      }
    }),
    RUNS,
  );
  // Neither of the two may have been tried in passing only.
  expect(Math.min(counted.same, counted.different)).toBeGreaterThan(RUNS.numRuns / 10);
});

test('a set of Ingresses is the same as itself, whatever order they stand in', () => {
  fc.assert(
    fc.property(randomWorld, (world) => {
      const before = Routes.ofIngressNginx(objectsOf(world));
      const after = Routes.ofIngressNginx([...objectsOf(world)].reverse());
      const { same, proven } = sameRouting(before, after);
      expect([same, proven]).toEqual([true, true]);
    }),
    RUNS,
  );
});
