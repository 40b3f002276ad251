import { ApiObject, App, Chart } from 'cdk8s';
import * as oldest from 'cdk8s-plus-27';
import * as newest from 'cdk8s-plus-34';
import {
  ExposedService,
  type ExposedServiceProps,
  FlaggerStrategy,
  type IWorkload,
  ProgressiveDelivery,
} from '../../../constructs';
import { find } from '../../helpers/synth';
import { failureOf } from '../canary/shop';
import { around } from './closed-shop';
import { ERRORS, FLAGGER, INGRESS, objectsOf, overGateway, ROLLOUT } from './services';

const CONTAINERS = [{ image: 'registry.example/shop:1.4', portNumber: 8080 }];

/** A Deployment that selects its Pods by a label of its own, as Flagger needs it. */
function labelled(at: Chart, { Deployment, LabelSelector }: typeof oldest): IWorkload {
  const made = new Deployment(at, 'theirs', {
    containers: CONTAINERS,
    select: false,
    metadata: { name: 'theirs' },
    podMetadata: { labels: { 'app.kubernetes.io/name': 'theirs' } },
  });
  made.select(LabelSelector.of({ labels: { 'app.kubernetes.io/name': 'theirs' } }));
  return made;
}

const exposed = (at: Chart, workload: IWorkload, props: Partial<ExposedServiceProps>) =>
  new ExposedService(at, 'frontend', { workload, exposure: INGRESS, ...props });

describe.each([
  ['the oldest', oldest],
  ['the newest', newest as unknown as typeof oldest],
])('a Deployment of %s cdk8s-plus', (_, release) => {
  test('is delivered by Argo Rollouts, whose Rollout has its replicas', () => {
    const objects = objectsOf((at) => {
      const workload = new release.Deployment(at, 'theirs', {
        containers: CONTAINERS,
        replicas: 4,
        metadata: { name: 'theirs' },
      });
      exposed(at, workload, { delivery: ROLLOUT });
    });
    const { workloadRef, replicas, strategy } = find(objects, 'Rollout', 'frontend').spec;
    expect(workloadRef).toMatchObject({ kind: 'Deployment', name: 'theirs', scaleDown: 'onsuccess' });
    expect(replicas).toBe(4);
    expect(strategy.canary).toMatchObject({ stableService: 'frontend', canaryService: 'frontend-canary' });
    const { spec } = find(objects, 'Deployment', 'theirs');
    expect(spec).not.toHaveProperty('replicas');
    expect(spec.template.metadata.labels.app).toBe('frontend');
    expect(find(objects, 'Service', 'frontend-canary').spec.selector).toEqual({ app: 'frontend' });
  });

  test('keeps no replicas in the Rollout under an autoscaler of that', () => {
    const objects = objectsOf((at) => {
      exposed(at, new release.Deployment(at, 'theirs', { containers: CONTAINERS }), { delivery: ROLLOUT });
      new ApiObject(at, 'scaler', {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        spec: { scaleTargetRef: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'frontend' } },
      });
    });
    expect(find(objects, 'Rollout', 'frontend').spec).not.toHaveProperty('replicas');
  });

  test('is delivered by Flagger, with Services of the name of the service and a label that Flagger leaves alone', () => {
    const objects = objectsOf((at) => exposed(at, labelled(at, release), { delivery: FLAGGER }));
    expect(find(objects, 'Canary', 'frontend').spec).toMatchObject({
      targetRef: { kind: 'Deployment', name: 'theirs' },
      service: { name: 'frontend', port: 8080 },
    });
    expect(find(objects, 'Deployment', 'theirs').spec.template.metadata.labels).toEqual({
      app: 'frontend',
      service: 'frontend',
      'app.kubernetes.io/name': 'theirs',
      'cdk8s.io/metadata.addr': expect.any(String),
    });
    expect(objects.map(({ kind }) => kind)).not.toContain('Service');
  });

  test('is closed to strangers, also where Flagger serves it from Pods of another label', () => {
    for (const delivery of [ROLLOUT, FLAGGER]) {
      const workload = (at: Chart) => labelled(at, release);
      const serves = delivery === FLAGGER ? 'Deployment/theirs-primary' : 'Rollout/frontend';
      expect(around({ delivery }, serves, workload)).toEqual({
        callers: ['ingress-nginx/Deployment/ingress-nginx-controller TCP 8080'],
        reaches: ['shop/Deployment/backend TCP 6379'],
      });
    }
  });

  test('is refused where Flagger can not tell it by what it selects', () => {
    const failure = (at: Chart) =>
      exposed(at, new release.Deployment(at, 'theirs', { containers: CONTAINERS, metadata: { name: 'theirs' } }), {
        delivery: FLAGGER,
      });
    const app = new App();
    failure(new Chart(app, 'shop', { namespace: 'shop' }));
    expect(failureOf(app)).toBe(
      '[shop/frontend/delivery] shop/theirs selects its Pods by cdk8s.io/metadata.addr, and Flagger tells workloads by app, name, app.kubernetes.io/name; give the Deployment "select: false", and select(LabelSelector.of({ labels: { app: "frontend" } }))',
    );
  });

  test('is the one kind that controllers deliver', () => {
    const chart = new Chart(new App(), 'shop');
    const workload = new release.DaemonSet(chart, 'theirs', { containers: CONTAINERS });
    expect(() => exposed(chart, workload, { delivery: ROLLOUT })).toThrow(
      'shop/frontend: delivery is given with the DaemonSet shop/theirs; Argo Rollouts and Flagger deliver Deployments, leave it out',
    );
  });
});

describe('the Pods of a Deployment', () => {
  const selecting = (at: Chart, labels: { readonly [key: string]: string }) => {
    const made = new oldest.Deployment(at, 'theirs', { containers: CONTAINERS, select: false });
    made.select(oldest.LabelSelector.of({ labels: { ...labels } }));
    return made;
  };

  test('get the value of a label by which they are selected, and not another', () => {
    const objects = objectsOf((at) => {
      const service = new ExposedService(at, 'web', { workload: selecting(at, { app: 'theirs' }) });
      expect(service.podLabels).toEqual({ app: 'theirs' });
    });
    expect(objects[0]?.spec.template.metadata.labels).toMatchObject({ app: 'theirs' });
    expect(find(objects, 'Service', 'web').spec.selector).toEqual({ app: 'theirs' });
  });

  test('may not be given another value by labels', () => {
    const chart = new Chart(new App(), 'shop');
    const workload = selecting(chart, { app: 'theirs' });
    expect(() => new ExposedService(chart, 'web', { workload, labels: { app: 'web' } })).toThrow(
      'shop/web: labels: "app" is "web"; the Pods of shop/theirs have "theirs"',
    );
  });

  test('have to have the labels by which they are selected', () => {
    const app = new App();
    const chart = new Chart(app, 'shop');
    new ExposedService(chart, 'web', { workload: selecting(chart, { tier: 'web' }) });
    expect(failureOf(app)).toBe(
      '[shop/web] shop/theirs selects Pods by the label "tier" with "web", and its own have undefined; give them that one, by podMetadata',
    );
  });
});

test('a service without a delivery has no object of one', () => {
  const service = new ExposedService(new Chart(new App(), 'shop'), 'web', { image: 'a:1', port: 80 });
  expect(() => service.deliveryObject).toThrow('shop/web: there is no deliveryObject; give the service a delivery');
});

test('a Canary over a Gateway leads to the Services of its name', () => {
  const objects = objectsOf((at) =>
    exposed(at, labelled(at, oldest), {
      delivery: ProgressiveDelivery.flagger({ strategy: FlaggerStrategy.canary(5, 50), analysis: ERRORS }),
      exposure: overGateway(),
    }),
  );
  expect(find(objects, 'Canary', 'frontend').spec.service).toMatchObject({
    name: 'frontend',
    hosts: ['shop.example.com'],
  });
});
