import fc from 'fast-check';
import { migrate, Routes } from '../../../analysis';
import { FEWER_RUNS } from '../../helpers/runs';
import { seen } from '../diff/seen';
import { service } from '../routing/objects';
import type { PlainWorld } from '../routing/plain';
import { objectsOf, randomRequest, randomWorld } from '../routing/random-worlds';

jest.setTimeout(900_000);

/** Services that are not there would be taken to be there. */
function absentServices({ services }: PlainWorld): object[] {
  const known = new Set(services.map(({ namespace, name }) => `${namespace}/${name}`));
  return ['one', 'two'].flatMap((namespace) =>
    ['s', 't', 'u', 'missing']
      .filter((name) => !known.has(`${namespace}/${name}`))
      .map((name) => service(name, namespace)),
  );
}

const options = {
  gateway: { namespace: 'infra', name: 'web' },
  gatewayClass: 'eg',
  accept: [],
  allowRegularExpressions: true,
};

test('every request of an Ingress that was taken over goes where it went', () => {
  const counted = { migrated: 0, refused: 0, asked: 0 };
  fc.assert(
    fc.property(randomWorld, fc.array(randomRequest, { minLength: 300, maxLength: 300 }), (world, requests) => {
      const objects = [...objectsOf(world), ...absentServices(world)];
      const before = Routes.ofIngressNginx(objects);
      const migration = migrate(objects, options);
      if (before.problems.length > 0) {
        expect(migration.problems).toEqual(before.problems);
        return;
      }
      expect(migration.problems).toEqual([]);
      expect(migration.differences).toEqual([]);
      const services = objects.filter((object) => (object as { kind: string }).kind === 'Service');
      const after = Routes.ofGateway([...services, ...migration.objects], { gateway: 'infra/web' });
      const migrated = new Set(migration.migrated);
      const certified = new Set(before.table().flatMap(({ host, tls }) => (tls ? [host] : [])));
      expect(after.problems.length === 0).toBe(migration.objects.length > 0);
      counted.migrated += migrated.size;
      counted.refused += migration.refused.length;
      for (const { reasons, differences } of migration.refused) {
        expect(reasons.length + differences.length).toBeGreaterThan(0);
      }
      for (const { scheme, host, uri, headers } of requests) {
        const request = { url: `${scheme}://${host}${uri}`, headers };
        const answer = before.route(request);
        const rule = 'rule' in answer ? answer.rule : undefined;
        // Without a certificate there is no HTTPS; what nginx refuses, gateways may not.
        const isServed = scheme === 'http' || certified.has(host);
        const isPlain = !/%|\/\/|\/\./.test(uri);
        if (rule !== undefined && migrated.has(`${rule.namespace}/${rule.name}`) && isServed && isPlain) {
          counted.asked++;
          expect([request, seen(after.route(request))]).toEqual([request, seen(answer)]);
        }
      }
    }),
    FEWER_RUNS,
  );
  expect(Math.min(counted.migrated, counted.refused, counted.asked)).toBeGreaterThan(FEWER_RUNS.numRuns / 10);
});
