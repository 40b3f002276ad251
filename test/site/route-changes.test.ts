import { readFileSync } from 'node:fs';
import { Playground } from '../../site/playground';

const file = (name: string) => readFileSync(`dist/${name}.k8s.yaml`, 'utf8');
const SHOP = ['online-boutique', 'frontend-canary', 'frontend-ingress'].map(file).join('---\n');
const CANARY = `${SHOP}---\n${file('canary')}`;

function changes(before: string, after: string) {
  const playground = new Playground();
  expect(playground.read(after, before).state).toBe('answered');
  return playground.routeChanges();
}

test('a canary that is added changes the row of its path', () => {
  expect(changes(SHOP, CANARY)).toEqual([
    {
      change: 'changed',
      target: 'ingress-nginx',
      request: 'shop.example.com/ (Prefix)',
      before: expect.stringMatching(/^100 % frontend:80, TLS yes/),
      after: expect.stringMatching(/^95 % frontend:80, 5 % frontend-canary:80, TLS yes/),
    },
  ]);
});

test('a host that is added or removed is told, with all that is behind it', () => {
  const other = SHOP.replaceAll('shop.example.com', 'other.example.com');
  expect(changes(SHOP, other).map(({ change, request }) => `${change} ${request}`)).toEqual([
    'removed shop.example.com/ (Prefix)',
    'added other.example.com/ (Prefix)',
  ]);
});

test('a header rule in the place of a weight is told, though no share differs', () => {
  const header = CANARY.replace(
    /nginx.ingress.kubernetes.io\/canary-weight: .*/,
    'nginx.ingress.kubernetes.io/canary-by-header: FOO',
  );
  expect(changes(SHOP, header)).toHaveLength(1);
});

test('the same routes have no change', () => {
  expect(changes(CANARY, `# other\n${CANARY}`)).toEqual([]);
});
