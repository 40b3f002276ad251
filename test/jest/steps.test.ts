import '../../jest';
import { manifests } from '../../jest';
import { deployment, ingress, rollout, service } from '../analysis/delivery/objects';
import type { Fields } from '../helpers/fields';
import { failure } from './failure';

const request = { url: 'http://shop.example.com/' };
const STEPS = [{ setWeight: 5 }, { pause: {} }, { setWeight: 50 }];
const PODS = [deployment('web', { app: 'web' }), service('web', { app: 'web' }), service('web-canary', { app: 'web' })];
const ROLLED: readonly Fields[] = [...PODS, ingress('web'), rollout(STEPS, { nginx: { stableIngress: 'web' } })];

test('no matcher passes on the share of a Service that a Rollout moves, unless the step is given', () => {
  for (const ask of [
    () => expect(ROLLED).toRoute(request),
    () => expect(ROLLED).not.toRoute(request),
    () => expect(ROLLED).toRoute(request).toBackend('web'),
    () => expect(ROLLED).toRoute(request).not.toBackend('web-canary'),
    () => expect(ROLLED).toAnswer(request, 503),
    () => expect(ROLLED).not.toAnswer(request, 503),
  ]) {
    const text = failure(ask);
    expect(text).toContain('it cannot be said whether Rollout shop/web is between two releases, as is taken');
    expect(text).toContain('manifests(…, { step: 0 }) asks at a step');
  }
});

test('a step settles where requests go', () => {
  expect(manifests(ROLLED, { step: 0 }))
    .toRoute(request)
    .toBackend('web');
  expect(manifests(ROLLED, { step: 1 }))
    .toRoute(request)
    .toSplit({ web: 0.95, 'web-canary': 0.05 });
  expect(manifests(ROLLED, { step: 'shop/web=3' }))
    .toRoute(request)
    .toSplit({ web: 0.5, 'web-canary': 0.5 });
});

test('fails for a step that there is not, and for what is none', () => {
  expect(failure(() => expect(manifests(ROLLED, { step: 9 })).toRoute(request))).toContain(
    'Rollout shop/web has no step 9; it has 1 (setWeight 5), 2 (pause), 3 (setWeight 50) by manifests(…, { step: 2 } or',
  );
  for (const step of [1.5, -1, 'first', 'web=2', '', {}]) {
    const options = { step } as never;
    expect(failure(() => expect(manifests(ROLLED, options)).toRoute(request))).toContain('give a number from 0');
  }
});

test('requests that nothing moves are as certain as ever', () => {
  const elsewhere = { url: 'http://other.example.com/' };
  expect(ROLLED).not.toRoute(elsewhere);
});
