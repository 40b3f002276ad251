import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import { Deployment, k8s } from 'cdk8s-plus-27';
import { ExposedService, Gateway, NetworkingApp } from '../../constructs';
import { find } from '../helpers/synth';

describe('a patch may say what the type of an object does not know, of', () => {
  test('a Gateway, whose other fields stay', () => {
    const app = new NetworkingApp();
    const chart = new Chart(app, 'infra', { namespace: 'infra' });
    const gateway = new Gateway(chart, 'web', { className: 'eg' });
    const before = Object.keys(find(chart.toJson(), 'Gateway', 'web').spec);
    const object = gateway.node.findChild('gateway') as ApiObject;
    object.addJsonPatch(JsonPatch.add('/spec/infrastructure', { labels: { team: 'web' } }));
    object.addJsonPatch(JsonPatch.add('/spec/listeners/0/tls', { mode: 'Terminate', options: { a: 'b' } }));
    const { spec } = find(
      app.manifestFiles().flatMap(({ objects }) => objects),
      'Gateway',
      'web',
    );
    expect(spec).toMatchObject({
      infrastructure: { labels: { team: 'web' } },
      listeners: [{ name: 'http', tls: { mode: 'Terminate', options: { a: 'b' } } }],
    });
    expect(Object.keys(spec).sort()).toEqual([...before, 'infrastructure'].sort());
  });

  test('the Deployment of a service, of which cdk8s-plus knows an older release, also in an app of cdk8s', () => {
    for (const app of [new App(), new NetworkingApp()]) {
      const chart = new Chart(app, 'shop');
      const { deployment } = new ExposedService(chart, 'web', { image: 'registry.example/web:1', port: 8080 });
      const patch = JsonPatch.add('/spec/template/spec/resourceClaims', [{ name: 'gpu', resourceClaimName: 'gpu' }]);
      ApiObject.of(deployment).addJsonPatch(patch);
      expect(find(chart.toJson(), 'Deployment', 'web').spec.template.spec).toMatchObject({
        resourceClaims: [{ name: 'gpu', resourceClaimName: 'gpu' }],
        containers: [{ name: 'web', image: 'registry.example/web:1' }],
      });
    }
  });

  test('an object that somebody else made, by a NetworkingApp', () => {
    const app = new NetworkingApp();
    const chart = new Chart(app, 'shop');
    const service = new k8s.KubeService(chart, 'web', { metadata: { name: 'web' }, spec: { ports: [{ port: 80 }] } });
    service.addJsonPatch(JsonPatch.add('/spec/trafficDistribution', 'PreferSameZone'), JsonPatch.remove('/spec/ports'));
    const objects = app.manifestFiles().flatMap((file) => file.objects);
    expect(find(objects, 'Service', 'web').spec).toEqual({ trafficDistribution: 'PreferSameZone' });
  });
});

test('everything else is written as it is without the patch, also what its type writes in another way', () => {
  const specOf = (patches: JsonPatch[]) => {
    const app = new NetworkingApp();
    const chart = new Chart(app, 'shop');
    const deployment = new Deployment(chart, 'web', { containers: [{ image: 'registry.example/web:1' }] });
    ApiObject.of(deployment).addJsonPatch(...patches);
    const objects = app.manifestFiles().flatMap((file) => file.objects);
    return find(objects, 'Deployment', deployment.name).spec;
  };
  const container = { name: 'first', image: 'registry.example/first:1', novel: true };
  const { template, ...without } = specOf([]);
  const patched = specOf([
    JsonPatch.add('/spec/template/spec/resourceClaims', [{ name: 'gpu' }]),
    JsonPatch.add('/spec/template/spec/containers/0', container),
  ]);
  expect(patched).toEqual({
    ...without,
    template: {
      ...template,
      spec: {
        ...template.spec,
        containers: [container, ...template.spec.containers],
        resourceClaims: [{ name: 'gpu' }],
      },
    },
  });
  expect(patched.strategy.rollingUpdate).toEqual({ maxSurge: '25%', maxUnavailable: '25%' });
});

test('what no patch says is not there, whatever the type leaves out', () => {
  const chart = new Chart(new NetworkingApp(), 'shop');
  const given = { metadata: { name: 'web' }, spec: { ports: [{ port: 80 }], unknown: 1 } } as never;
  new k8s.KubeService(chart, 'web', given);
  expect(find(chart.toJson(), 'Service', 'web').spec).toEqual({ ports: [{ port: 80 }] });
});
