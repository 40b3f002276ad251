import { Routes } from '../../../analysis';
import { ingress, path, service } from './objects';
import { where } from './where';

const NOTE = 'Service default/web is not among the manifests; it is taken as there, with the port that is asked for';
const URL = 'http://a.test/';

const web = ingress('web', { rules: [path('a.test', '/', 'Prefix', 'web:8081')] });

function gatewayObjects(): readonly object[] {
  const apiVersion = 'gateway.networking.k8s.io/v1';
  const listeners = [{ name: 'http', port: 80, protocol: 'HTTP' }];
  const metadata = (name: string) => ({ name, namespace: 'default' });
  return [
    { apiVersion, kind: 'Gateway', metadata: metadata('public'), spec: { gatewayClassName: 'eg', listeners } },
    {
      apiVersion,
      kind: 'HTTPRoute',
      metadata: metadata('web'),
      spec: { parentRefs: [{ name: 'public' }], rules: [{ backendRefs: [{ name: 'web', port: 8081 }] }] },
    },
  ];
}

test('a Service that is missing is an error, and taken as there where that is asked for, with a note', () => {
  expect(where(Routes.of([web]), URL)).toBe('503');
  expect(Routes.of([web], { assumeServices: true }).route({ url: URL })).toMatchObject({
    outcome: 'backends',
    backends: [{ service: 'web', port: 8081, probability: 1 }],
    notes: [NOTE],
  });
});

test('so it is for a Gateway', () => {
  expect(where(Routes.of(gatewayObjects()), URL)).toBe('500');
  expect(Routes.of(gatewayObjects(), { assumeServices: true }).route({ url: URL })).toMatchObject({
    outcome: 'backends',
    backends: [{ service: 'web', port: 8081, probability: 1 }],
    notes: [NOTE],
  });
});

test('a Service that is there is taken as it is, and a port by name of one that is not stays an error', () => {
  const known = Routes.of([web, service('web')], { assumeServices: true });
  expect(known.route({ url: URL })).toMatchObject({ why: 'Service default/web has no port 8081; it has 80' });
  const named = ingress('web', { rules: [path('a.test', '/', 'Prefix', 'web:http')] });
  expect(Routes.of([named], { assumeServices: true }).route({ url: URL })).toMatchObject({
    outcome: 'error',
    status: 503,
    why: 'Service default/web is not among the manifests, and which number its port "http" has cannot be told',
    notes: [
      'it cannot be said whether Service default/web, which is taken as there, has a port "http"; give its manifest',
    ],
  });
  expect(where(Routes.of([named]), URL)).toBe('503');
});

test('the Service of a canary is noted like that of its main', () => {
  const annotations = { canary: 'true', 'canary-weight': '5' };
  const canary = ingress('canary', { annotations, rules: [path('a.test', '/', 'Prefix', 'next')] });
  const main = ingress('web', { rules: [path('a.test', '/', 'Prefix', 'web')] });
  const routes = Routes.of([service('web'), main, canary], { assumeServices: true });
  expect(routes.route({ url: URL }).notes).toEqual([NOTE.replace('default/web', 'default/next')]);
});
