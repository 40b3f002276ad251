import { migrate, Routes } from '../../../analysis';
import { TARGET_NAMES } from '../../../analysis/migrate/targets';
import fc from '../../helpers/random';
import { FEWER_RUNS } from '../../helpers/runs';
import { seen } from '../diff/seen';
import { service } from '../routing/objects';
import type { PlainWorld } from '../routing/plain';
import { objectsOf, randomRequest, randomWorld } from '../routing/random-worlds';
import { isOfTarget, shapeProblems } from './shapes';

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

const SETTINGS: readonly Readonly<Record<string, string>>[] = [
  { 'auth-url': 'http://auth.one.svc:8080/check' },
  { 'auth-type': 'basic', 'auth-secret': 'passwords' },
  { 'limit-rps': '10', 'limit-connections': '4' },
  { 'proxy-body-size': '8m', 'proxy-read-timeout': '30', 'proxy-connect-timeout': '5' },
  { affinity: 'cookie', 'session-cookie-name': 'route' },
  { 'backend-protocol': 'HTTPS' },
  { 'whitelist-source-range': '10.0.0.0/8', 'denylist-source-range': '10.1.0.0/16' },
  { 'enable-cors': 'true', 'cors-allow-origin': 'https://a.test' },
  { 'configuration-snippet': 'deny all;' },
];

/** Ingresses with further annotations: some of the settings for each. */
function withSettings(objects: readonly object[], picks: readonly (readonly number[])[]): object[] {
  let ingresses = 0;
  return objects.map((object) => {
    const { kind, metadata } = object as {
      readonly kind: string;
      readonly metadata: { readonly annotations?: object };
    };
    if (kind !== 'Ingress') {
      return object;
    }
    const own = (picks[ingresses++ % picks.length] ?? []).flatMap((pick) => Object.entries(SETTINGS[pick] as object));
    const annotations = Object.fromEntries(own.map(([name, value]) => [`nginx.ingress.kubernetes.io/${name}`, value]));
    return { ...object, metadata: { ...metadata, annotations: { ...metadata.annotations, ...annotations } } };
  });
}

// Those that most targets have words for come more often.
const pick = fc.constantFrom(...SETTINGS.keys(), 3, 3, 3, 3, 6, 7, 7, 7);
const picks = fc.array(fc.uniqueArray(pick, { minLength: 0, maxLength: 1 }), { minLength: 1, maxLength: 4 });

test('for every target, requests of what was taken over go where they went, and every annotation is accounted for', () => {
  const counted = { migrated: 0, refused: 0, asked: 0, written: 0 };
  const asked = fc.array(randomRequest, { minLength: 100, maxLength: 100 });
  const target = fc.constantFrom(...TARGET_NAMES);
  fc.assert(
    fc.property(randomWorld, picks, target, asked, (world, chosen, name, requests) => {
      const objects = withSettings([...objectsOf(world), ...absentServices(world)], chosen);
      const before = Routes.ofIngressNginx(objects);
      if (before.problems.length > 0) {
        return;
      }
      const { gatewayClass: _, ...others } = options;
      const migration = migrate(objects, { ...others, target: name });
      expect(migration.problems).toEqual([]);
      expect(migration.differences).toEqual([]);
      expect(migration.objects.filter(isOfTarget).flatMap(shapeProblems)).toEqual([]);
      const names = migration.objects.map((object) => {
        const { kind, metadata } = object as { readonly kind: string; readonly metadata: object };
        return JSON.stringify([kind, metadata]);
      });
      expect(new Set(names).size).toBe(names.length);
      counted.migrated += migration.migrated.length;
      counted.refused += migration.refused.length;
      counted.written += migration.written.length;
      const migrated = new Set(migration.migrated);
      for (const { ingress, kind, keepsBack, key } of migration.settings) {
        const isWritten = migration.written.some((one) => one.ingress === ingress && one.annotations.includes(key));
        expect([key, keepsBack && migrated.has(ingress)]).toEqual([key, false]);
        expect([key, isWritten && kind !== 'extension']).toEqual([key, false]);
      }
      const services = objects.filter((object) => (object as { kind: string }).kind === 'Service');
      const after = Routes.ofGateway([...services, ...migration.objects], { gateway: 'infra/web' });
      const certified = new Set(before.table().flatMap(({ host, tls }) => (tls ? [host] : [])));
      for (const { scheme, host, uri, headers } of requests) {
        const request = { url: `${scheme}://${host}${uri}`, headers };
        const answer = before.route(request);
        const rule = 'rule' in answer ? answer.rule : undefined;
        const isServed = scheme === 'http' || certified.has(host);
        if (
          rule !== undefined &&
          migrated.has(`${rule.namespace}/${rule.name}`) &&
          isServed &&
          !/%|\/\/|\/\./.test(uri)
        ) {
          counted.asked++;
          expect([name, request, seen(after.route(request))]).toEqual([name, request, seen(answer)]);
        }
      }
    }),
    // Few of these worlds have a setting that a target writes: in a hundred of them there may be none.
    { numRuns: 3 * FEWER_RUNS.numRuns },
  );
  expect(Math.min(counted.migrated, counted.refused, counted.asked)).toBeGreaterThan(FEWER_RUNS.numRuns / 20);
  expect(counted.written).toBeGreaterThan(0);
});
