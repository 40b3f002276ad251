import { readFileSync } from 'node:fs';
import '../../jest';
import { manifests } from '../../jest';
import { failure, lines, SHOP } from './failure';

describe('toExpose', () => {
  test('holds where an Ingress leads to the workload and the policies let the controller through', () => {
    expect(SHOP).toExpose('frontend');
    expect(SHOP).not.toExpose('backend');
    expect(SHOP).not.toExpose('frontend-canary');
  });

  test('says which policy stops the controller', () => {
    expect(failure(() => expect(SHOP).toExpose('frontend-canary'))).toBe(
      lines(`
        expect(manifests).toExpose("frontend-canary")

        Expected: shop/Deployment/frontend-canary is exposed by an Ingress, route or Service
        Received: every way from outside to it is closed

        shop.example.com/ by Ingress shop/web-canary, Service frontend-canary, TCP 8080
          closed  NetworkPolicy shop/default-deny isolates shop/Deployment/frontend-canary, and no ingress rule allows TCP 8080 from ingress-nginx/ingress-nginx-controller (assumed)
          from    ingress-nginx/ingress-nginx-controller (assumed)
      `),
    );
  });

  test('says which Ingress and which policy open the way', () => {
    expect(failure(() => expect(SHOP).not.toExpose('frontend'))).toBe(
      lines(`
        expect(manifests).not.toExpose("frontend")

        Expected: shop/Deployment/frontend is not exposed by an Ingress, route or Service
        Received: a way is open

        shop.example.com/ by Ingress shop/web, Service frontend, TCP 8080
          open    NetworkPolicy shop/frontend allows it (ingress rule 1)
          from    ingress-nginx/ingress-nginx-controller (assumed)
      `),
    );
  });

  test('says to what Ingresses lead where none leads to the workload', () => {
    expect(failure(() => expect(SHOP).toExpose('backend'))).toContain(
      'Received: no Ingress, route or Service leads from outside to it\n\nIngresses, routes and Services lead to:\n  shop/Deployment/frontend\n  shop/Deployment/frontend-canary',
    );
    expect(failure(() => expect('dist/stars').toExpose('backend'))).toContain(
      'Ingresses, routes and Services lead to:\n  management-ui/Deployment/management-ui',
    );
  });

  test('takes the controller that it is told of', () => {
    expect(manifests(SHOP, { controller: 'shop/backend' })).not.toExpose('frontend');
    expect(failure(() => expect(manifests(SHOP, { controller: 'shop/nginx' })).toExpose('frontend'))).toContain(
      'controller "shop/nginx" names no workload of the manifests',
    );
  });

  test.each([
    ['external', 'the workload is "external"; give one workload'],
    [['frontend', 'backend'], 'the workload is ["frontend", "backend"]; give one workload'],
    ['fronted', 'the workload "fronted": no workload has this name; did you mean shop/Deployment/frontend?'],
  ])('fails, with not as without, for %j', (workload, expected) => {
    expect(failure(() => expect(SHOP).toExpose(workload as string))).toContain(`\n\n${expected}`);
    expect(failure(() => expect(SHOP).not.toExpose(workload as string))).toContain(expected);
  });
});

describe('nothing but the ingress controller', () => {
  const others = (text: string) => text.match(/^\S+ -> .*/gm);
  const table = { to: 'frontend', except: [{ from: 'deployment/ingress-nginx-controller', port: 8080 }] };

  test('reaches a service that is exposed in a closed namespace', () => {
    const whole = ['dist/ingress-nginx.k8s.yaml', SHOP];
    expect(whole).toExpose('frontend');
    expect(whole).toDenyAllConnections(table);
  });

  test('is not said of a service that is open to the whole namespace of the controller', () => {
    const shop = readFileSync(SHOP, 'utf8').replace(/^ +podSelector: .*controller.*\n/m, '');
    const whole = ['dist/ingress-nginx.k8s.yaml', shop];
    expect(whole).toExpose('frontend');
    expect(others(failure(() => expect(whole).toDenyAllConnections(table)))).toEqual([
      'ingress-nginx/Job/ingress-nginx-admission-create -> shop/Deployment/frontend',
      'ingress-nginx/Job/ingress-nginx-admission-patch -> shop/Deployment/frontend',
    ]);
  });
});

test('nobody can tell what an Ingress exposes whose Service is not among the manifests, in its namespace', () => {
  const deployment = (namespace: string) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace },
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web' }] } },
    },
  });
  const backend = { service: { name: 'elsewhere', port: { number: 80 } } };
  const ingress = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { ingressClassName: 'nginx', defaultBackend: backend },
  };
  const manifests = [deployment('shop'), deployment('blog'), ingress];
  expect(failure(() => expect(manifests).toExpose('shop/web'))).toContain('not decided');
  expect(failure(() => expect(manifests).not.toExpose('shop/web'))).toContain(
    'not decided  Service shop/elsewhere is not among the manifests',
  );
  expect(manifests).not.toExpose('blog/web');
});
