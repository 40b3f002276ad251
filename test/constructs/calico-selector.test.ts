import { selectorProblems } from '../../constructs/calico/selector';

const wrong = (text: string) => selectorProblems('nodeSelector', text).length > 0;

// https://docs.tigera.io/calico/3.27/reference/resources/globalnetworkpolicy#selector
test.each([
  'all()',
  'global()',
  'has(gpu)',
  '!has(gpu)',
  "zone == 'a'",
  'zone=="a"',
  "topology.kubernetes.io/zone != 'eu-central-1a'",
  "zone in { 'a', 'b' }",
  "zone not in {'a'}",
  'zone in {}',
  "name contains 'x'",
  "name starts with 'x'",
  "name ends with '@ && ('",
  "zone == 'a' && !(has(gpu) || rack in {'1'})",
  "! has(a) || (((zone == 'b'))) && all()",
])('Calico reads the selector %s', (text) => {
  expect(wrong(text)).toBe(false);
});

test.each([
  '',
  ' ',
  '@',
  'all',
  'all(',
  'has()',
  'zone',
  'zone = a',
  'zone == a',
  "zone == 'a",
  "zone == 'a' &&",
  "&& zone == 'a'",
  "zone == 'a' zone == 'b'",
  "(zone == 'a'",
  '@ && all()',
  "zone in 'a'",
  "zone in {'a' 'b'}",
  '!',
  '()',
])('Calico does not read the selector %j', (text) => {
  expect(wrong(text)).toBe(true);
});
