import { Attribution } from '../../../cli/probe/attribution';

const shop = new Attribution([
  { name: 'frontend', label: 'frontend:80' },
  { name: 'frontend-canary', label: 'frontend-canary:80' },
  { name: 'web', label: 'a:80' },
  { name: 'web', label: 'b:80' },
]);

test.each([
  ['frontend', 'frontend:80'],
  ['frontend-7f8b9c6d5-abcde', 'frontend:80'],
  ['frontend-canary-6c9f7d5b4-x2x4v', 'frontend-canary:80'],
  ['Pod: frontend-canary', 'frontend-canary:80'],
  ['"frontend-0"', 'frontend:80'],
  ['frontend, not frontend-canary', 'frontend-canary:80'],
])('%s comes from %s: the longest name counts', (group, label) => {
  expect(shop.originOf(group)).toEqual({ label });
});

test.each(['frontends', 'my-frontend', 'frontendcanary', 'Frontend', 'cart-7f8b9c6d5-abcde', ''])(
  '%j is not guessed',
  (group) => {
    expect(shop.originOf(group)).toEqual({ unknown: 'no Service and no pod of the manifests has such a name' });
  },
);

test('what may come from two is not guessed either', () => {
  expect(shop.originOf('web-0')).toEqual({ unknown: 'it may come from a:80 or from b:80' });
});
