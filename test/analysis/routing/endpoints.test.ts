import { Routes } from '../../../analysis';
import { gateway, httpRoute, listener, rule } from './gateway/objects';
import { ingress, path } from './objects';

const service = (spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'http' }], ...spec },
});

const deployment = (parts: { readonly labels?: object; readonly replicas?: number; readonly port?: string } = {}) => {
  const { labels = { app: 'web' }, replicas = 2, port = 'http' } = parts;
  const containers = [{ name: 'web', image: 'web', ports: [{ name: port, containerPort: 8080 }] }];
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { replicas, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } },
  };
};

const scaler = {
  apiVersion: 'keda.sh/v1alpha1',
  kind: 'ScaledObject',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { scaleTargetRef: { name: 'web' } },
};

const READERS: readonly (readonly [string, (objects: readonly object[]) => Routes])[] = [
  [
    'ingress-nginx',
    (objects) =>
      Routes.ofIngressNginx([
        ingress('web', { namespace: 'shop', rules: [path('shop.test', '/', 'Prefix', 'web')] }),
        ...objects,
      ]),
  ],
  [
    'a Gateway',
    (objects) => Routes.ofGateway([gateway([listener('http')]), httpRoute('web', [rule('web')]), ...objects]),
  ],
];

describe.each(READERS)('%s', (_, read) => {
  const answer = (...objects: readonly object[]) => {
    const routes = read(objects);
    expect(routes.problems).toEqual([]);
    return routes.route({ url: 'http://shop.test/' });
  };

  test('sends requests to a Service with pods', () => {
    const found = answer(service(), deployment());
    expect(found).toMatchObject({ outcome: 'backends' });
    expect(found).not.toHaveProperty('notes');
  });

  test('answers 503 where the selector of the Service meets no pod of its namespace, and says that pods may be elsewhere', () => {
    const why = 'Service shop/web selects no pod of the manifests (app=wbe)';
    expect(answer(service({ selector: { app: 'wbe' } }), deployment())).toMatchObject({
      outcome: 'error',
      status: 503,
      why,
      notes: [`it cannot be said whether pods that are not among the manifests have the labels: ${why}`],
    });
  });

  test('takes the pods as there where no workload of the namespace is among the manifests', () => {
    const found = answer(service());
    expect(found).toMatchObject({ outcome: 'backends' });
    expect(found).not.toHaveProperty('notes');
  });

  test('notes pods that an operator may make', () => {
    const grafana = {
      apiVersion: 'grafana.integreatly.org/v1beta1',
      kind: 'Grafana',
      metadata: { name: 'board', namespace: 'shop' },
      spec: {},
    };
    const found = answer(service({ selector: { app: 'board' } }), deployment(), grafana);
    expect(found).toMatchObject({ outcome: 'backends' });
    expect(found.notes).toEqual([
      'Service shop/web selects no pod of the manifests (app=board); the operator of Grafana shop/board may make such pods',
    ]);
  });

  test('answers 503 where the workload has replicas: 0', () => {
    expect(answer(service(), deployment({ replicas: 0 }))).toMatchObject({
      outcome: 'error',
      status: 503,
      why: 'Service shop/web leads to Deployment shop/web, with replicas: 0',
    });
  });

  test('says what may scale a workload without replicas, and goes on', () => {
    const found = answer(service(), deployment({ replicas: 0 }), scaler);
    expect(found).toMatchObject({ outcome: 'backends' });
    expect(found.notes).toEqual([
      'Service shop/web leads to Deployment shop/web, with replicas: 0, which ScaledObject shop/web may change',
    ]);
  });

  test('answers 503 where no container has the port that the Service names', () => {
    expect(answer(service(), deployment({ port: 'web' }))).toMatchObject({
      outcome: 'error',
      status: 503,
      why: 'port 80 of Service shop/web leads to the port "http", which no container of Deployment shop/web has',
    });
  });

  test('goes on to a port by number, which containers need not declare', () => {
    const found = answer(service({ ports: [{ port: 80, targetPort: 9000 }] }), deployment());
    expect(found).toMatchObject({ outcome: 'backends' });
  });

  test('asks no pods of a Service without selector, or of an ExternalName', () => {
    expect(answer(service({ selector: undefined }), deployment())).toMatchObject({ outcome: 'backends' });
    const external = service({ type: 'ExternalName', externalName: 'shop.example.com' });
    expect(answer(external, deployment({ labels: { app: 'other' } }))).toMatchObject({ outcome: 'backends' });
  });
});
