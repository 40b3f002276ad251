import { App, Chart } from 'cdk8s';
import {
  AcmeSolver,
  DefaultDenyNamespace,
  ExposedService,
  Exposure,
  Issuer,
  IssuerKind,
  Tls,
} from '../../../constructs';
import { crdProblems } from '../../helpers/crd';
import type { Fields } from '../../helpers/fields';
import fc from '../../helpers/random';
import { RUNS } from '../../helpers/runs';

const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,9}[a-z0-9])?$/);
const kind = fc.constantFrom(IssuerKind.ISSUER, IssuerKind.CLUSTER_ISSUER);
const issuer = fc.oneof(
  fc.record({ name: label, kind }).map((props) => Issuer.selfSigned({ ...props, name: `self-${props.name}` })),
  fc
    .record({ name: label, kind })
    .map((props) => Issuer.acme({ email: 'ops@shop.example', solver: AcmeSolver.http01Ingress(), ...props })),
);
const service = fc.record({ name: label, host: label, namespace: label, chart: fc.nat(1), issuer: fc.nat(3) });
const world = fc.record({
  issuers: fc.array(issuer, { minLength: 4, maxLength: 4 }),
  services: fc.uniqueArray(service, { minLength: 1, maxLength: 8, selector: ({ name }) => name }),
  closed: fc.array(label, { maxLength: 2 }),
});

function objectsOf({ issuers, services, closed }: typeof world extends fc.Arbitrary<infer World> ? World : never) {
  const app = new App();
  const charts = ['a', 'b'].map((id) => new Chart(app, id));
  const namespaces = new Set([...services.map(({ namespace }) => namespace).slice(0, 1), ...closed]);
  for (const name of namespaces) {
    new DefaultDenyNamespace(new Chart(app, `ns-${name}`), 'namespace', { name });
  }
  for (const { name, host, namespace, chart, issuer: at } of services) {
    const tls = Tls.certManager(issuers[at] ?? Issuer.selfSigned());
    new ExposedService(charts[chart] ?? app, name, {
      namespace: { name: namespace },
      image: 'registry.example/shop:1.4',
      port: 8080,
      exposure: Exposure.ingress({ host: `${host}.example.com`, path: `/${name}`, tls }),
    });
  }
  return app.charts.flatMap((chart) => chart.toJson() as Fields[]);
}

test('each Ingress has its Certificate, each Certificate its issuer, and no object is made twice', () => {
  fc.assert(
    fc.property(world, (given) => {
      const objects = objectsOf(given);
      const ids = objects.map(({ kind, metadata: { namespace = '', name } }) => `${kind} ${namespace}/${name}`);
      expect(new Set(ids).size).toBe(ids.length);
      for (const object of objects) {
        const { kind, metadata, spec, apiVersion } = object;
        if (apiVersion.startsWith('cert-manager.io/')) {
          expect(crdProblems(object)).toEqual([]);
        }
        if (kind === 'Ingress') {
          const [{ hosts, secretName }] = spec.tls;
          const certificate = objects[ids.indexOf(`Certificate ${metadata.namespace}/${secretName}`)];
          expect(certificate?.spec).toMatchObject({ dnsNames: hosts, secretName });
        }
        if (kind === 'Certificate') {
          const { kind: of, name } = spec.issuerRef;
          expect(ids).toContain(`${of} ${of === 'Issuer' ? metadata.namespace : ''}/${name}`);
        }
      }
      expect(objectsOf(given)).toEqual(objects);
    }),
    RUNS,
  );
});
