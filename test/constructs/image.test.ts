import { image, imageRegistry } from '../../constructs/image';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

// https://github.com/distribution/reference/blob/main/reference.go
test.each([
  'nginx',
  'alexwhen/docker-2048',
  'nginx:1.27-alpine',
  'registry.example/shop:1.4',
  'Registry.Example:5000/team/shop_web:v1.4_rc',
  'localhost:5000/a/b/c__d--e.f',
  '[fd00::1]:5000/shop',
  `registry.k8s.io/ingress-nginx/controller:v1.15.1@${DIGEST}`,
  `shop@${DIGEST}`,
  'a'.repeat(255),
])('%j is an image', (given) => {
  expect(image('image', given)).toEqual([]);
});

test.each([
  '',
  ' nginx',
  'nginx ',
  'nginx\n',
  'Nginx',
  'registry.example/Shop',
  'https://registry.example/shop',
  '/shop',
  'shop/',
  'shop:',
  'shop@sha256:12',
  'registry.example//shop',
  'shop:1.4:5',
  `shop:${'a'.repeat(129)}`,
  'a'.repeat(256),
  '-shop',
  'shop.',
  '-',
])('%j is no image', (given) => {
  expect(image('image', given)).toEqual([
    `image is ${JSON.stringify(given)}; give an image such as "registry.example/shop:1.4"`,
  ]);
});

test.each(['registry.example', 'registry.example:5000/mirror', 'localhost:5000/a/b_c'])('%j is a registry', (given) => {
  expect(imageRegistry('imageRegistry', given)).toEqual([]);
});

test.each(['', 'https://registry.example', 'registry.example/', 'registry.example/Mirror', 'a b', 'a'.repeat(254)])(
  '%j is no registry',
  (given) => {
    expect(imageRegistry('imageRegistry', given)).toHaveLength(1);
  },
);
