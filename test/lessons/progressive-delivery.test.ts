import * as fs from 'node:fs';
import * as path from 'node:path';
import { Routes } from '../../analysis';
import { readManifests } from '../../analysis/manifest';
import { manifests } from '../../jest';

const file = (name: string) => `dist/${name}.k8s.yaml`;
const CONTROLLER = file('ingress-nginx');
const ROLLOUTS = file('progressive-delivery/argo-rollouts');
const FLAGGER = file('progressive-delivery/flagger');

/** The share of the next version at a step, in percent. */
function shareAt(name: string, host: string, step: number): number {
  const text = [CONTROLLER, name]
    .map((one) => fs.readFileSync(path.join(__dirname, '../..', one), 'utf8'))
    .join('\n---\n');
  const answer = Routes.of(readManifests(text, name), { step: { step } }).route({ url: `http://${host}/` });
  const next = 'backends' in answer ? answer.backends.find(({ service }) => service === 'web-canary') : undefined;
  return Math.round((next?.probability ?? 0) * 100);
}

test('Argo Rollouts gives the next version 5 of 100 requests, waits, gives it 50, and waits for a person', () => {
  expect([1, 2, 3, 4].map((step) => shareAt(ROLLOUTS, 'argo-rollouts.example.com', step))).toEqual([5, 5, 50, 50]);
});

test('Flagger gives it 5, and then 50', () => {
  expect([1, 2].map((step) => shareAt(FLAGGER, 'flagger.example.com', step))).toEqual([5, 50]);
});

test('without a next version all requests go to the Pods that serve', () => {
  expect(manifests([CONTROLLER, ROLLOUTS], { step: 0 }))
    .toRoute({ url: 'http://argo-rollouts.example.com/' })
    .toBackend('web');
  expect(manifests([CONTROLLER, FLAGGER], { step: 0 }))
    .toRoute({ url: 'http://flagger.example.com/' })
    .toBackend('web');
});

describe.each([
  ['Argo Rollouts runs', ROLLOUTS, ['argo-rollouts-demo/Rollout/web']],
  ['Flagger copies and brings in', FLAGGER, ['flagger-demo/Deployment/web-primary', 'flagger-demo/Deployment/web']],
])('the Pods that %s', (_, pods, workloads) => {
  test.each(workloads)('%s are reached by the controller alone, and reach nothing', (workload) => {
    expect([CONTROLLER, pods]).toAllowConnection({ from: 'ingress-nginx-controller', to: workload, port: 8080 });
    expect([CONTROLLER, pods]).toDenyConnection({ from: 'external', to: workload });
    expect([CONTROLLER, pods]).toDenyConnection({ from: workload, to: 'external' });
  });
});
