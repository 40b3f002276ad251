import { CONTROLLER_IMAGE } from '../../../analysis/connectivity/read/served';

describe('the image of ingress-nginx is known', () => {
  test.each([
    ['as upstream publishes it', 'registry.k8s.io/ingress-nginx/controller:v1.15.1@sha256:0123', 'v1.15.1'],
    ['in its chroot variant', 'registry.k8s.io/ingress-nginx/controller-chroot:v1.12.0', 'v1.12.0'],
    ['of releases before 0.40', 'quay.io/kubernetes-ingress-controller/nginx-ingress-controller:0.33.0', '0.33.0'],
    ['in a registry without folders', 'registry.example/ingress-nginx-controller:v1.9.4', 'v1.9.4'],
    ['without a tag', 'registry.k8s.io/ingress-nginx/controller@sha256:0123', undefined],
    ['by its bare name', 'ingress-nginx/controller', undefined],
  ])('%s', (_, image, tag) => {
    const found = CONTROLLER_IMAGE.exec(image);
    expect(found).not.toBeNull();
    expect(found?.[1]).toBe(tag);
  });

  test.each(['nginx:1.27', 'nginx/nginx-ingress:5.0', 'registry.example/my-ingress-nginx-controller-test:1'])(
    'and %s is another',
    (image) => {
      expect(CONTROLLER_IMAGE.test(image)).toBe(false);
    },
  );
});
