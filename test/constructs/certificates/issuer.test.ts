import { App, Chart } from 'cdk8s';
import {
  AcmeServer,
  AcmeSolver,
  Certificate,
  Issuer,
  IssuerKind,
  NetworkingApp,
  SolverServiceType,
} from '../../../constructs';
import { crdProblems } from '../../helpers/crd';
import type { Fields } from '../../helpers/fields';
import { objectsOf } from '../../helpers/synth';

const email = 'ops@shop.example';
const HTTP01 = AcmeSolver.http01Ingress();
const acme = (settings: object = {}) => Issuer.acme({ email, solver: HTTP01, ...settings });

/** What an issuer is made of, in the namespace shop. */
function made(issuer: Issuer): Fields {
  const objects = objectsOf((chart) => issuer.addTo(chart), { namespace: 'shop' });
  expect(objects).toHaveLength(1);
  expect(objects.flatMap(crdProblems)).toEqual([]);
  return objects[0] ?? {};
}

/** The objects of certificates for a.example.com, one of each issuer. */
function certificates(...issuers: Issuer[]): Fields[] {
  return objectsOf(
    (chart) => {
      for (const [at, issuer] of issuers.entries()) {
        new Certificate(chart, `tls-${at}`, { hosts: ['a.example.com'], issuer });
      }
    },
    { namespace: 'shop' },
  );
}
const names = (objects: Fields[]) =>
  objects.map(({ kind, metadata: { namespace, name } }) => [kind, namespace, name].filter(Boolean).join(' '));

describe('selfSigned', () => {
  test('signs each certificate with its own key', () => {
    expect(made(Issuer.selfSigned())).toEqual({
      apiVersion: 'cert-manager.io/v1',
      kind: 'Issuer',
      metadata: { name: 'self-signed', namespace: 'shop' },
      spec: { selfSigned: {} },
    });
  });

  test('has another name, and is for the cluster, on request', () => {
    expect(made(Issuer.selfSigned({ name: 'own', kind: IssuerKind.CLUSTER_ISSUER }))).toEqual({
      apiVersion: 'cert-manager.io/v1',
      kind: 'ClusterIssuer',
      metadata: { name: 'own' },
      spec: { selfSigned: {} },
    });
  });
});

describe('acme', () => {
  test("asks Let's Encrypt, and answers by the ingress controller", () => {
    expect(made(acme())).toEqual({
      apiVersion: 'cert-manager.io/v1',
      kind: 'Issuer',
      metadata: { name: 'letsencrypt', namespace: 'shop' },
      spec: {
        acme: {
          email,
          server: 'https://acme-v02.api.letsencrypt.org/directory',
          privateKeySecretRef: { name: 'letsencrypt-account-key' },
          solvers: [{ http01: { ingress: { ingressClassName: 'nginx', serviceType: 'ClusterIP' } } }],
        },
      },
    });
  });

  test.each([
    [AcmeServer.LETS_ENCRYPT_STAGING, 'letsencrypt-staging', 'https://acme-staging-v02.api.letsencrypt.org/directory'],
    [AcmeServer.of('https://ca.example.com/acme/directory'), 'acme', 'https://ca.example.com/acme/directory'],
    [AcmeServer.of('https://ca.example.com:9000/dir', 'own-ca'), 'own-ca', 'https://ca.example.com:9000/dir'],
  ])('asks another authority, with another account and name: %#', (server, name, directory) => {
    const { metadata, spec } = made(acme({ server }));
    expect([metadata.name, spec.acme.server, spec.acme.privateKeySecretRef.name]).toEqual([
      name,
      directory,
      `${name}-account-key`,
    ]);
  });

  test('keeps the account of another name in another Secret', () => {
    const { metadata, spec } = made(acme({ name: 'web', kind: IssuerKind.CLUSTER_ISSUER }));
    expect([metadata, spec.acme.privateKeySecretRef]).toEqual([{ name: 'web' }, { name: 'web-account-key' }]);
  });

  test.each<[string, AcmeSolver, object]>([
    [
      'an Ingress of another class, by node ports',
      AcmeSolver.http01Ingress({ className: 'internal', serviceType: SolverServiceType.NODE_PORT }),
      { http01: { ingress: { ingressClassName: 'internal', serviceType: 'NodePort' } } },
    ],
    [
      'a Gateway, with the defaults that an API server fills in',
      AcmeSolver.http01Gateway({ gateway: { name: 'web', namespace: { name: 'infra' } }, sectionName: 'http' }),
      {
        http01: {
          gatewayHTTPRoute: {
            parentRefs: [
              {
                group: 'gateway.networking.k8s.io',
                kind: 'Gateway',
                name: 'web',
                namespace: 'infra',
                sectionName: 'http',
              },
            ],
            serviceType: 'ClusterIP',
          },
        },
      },
    ],
    [
      'a Gateway of the same namespace, by node ports',
      AcmeSolver.http01Gateway({ gateway: { name: 'web' }, serviceType: SolverServiceType.NODE_PORT }),
      {
        http01: {
          gatewayHTTPRoute: {
            parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'web' }],
            serviceType: 'NodePort',
          },
        },
      },
    ],
    ['Route 53', AcmeSolver.dns01Route53(), { dns01: { route53: {} } }],
    [
      'a zone of Route 53',
      AcmeSolver.dns01Route53({ hostedZoneId: 'Z0A', region: 'eu-central-1', role: 'arn:aws:iam::1:role/dns' }),
      { dns01: { route53: { hostedZoneID: 'Z0A', region: 'eu-central-1', role: 'arn:aws:iam::1:role/dns' } } },
    ],
    [
      'Cloudflare',
      AcmeSolver.dns01Cloudflare({ apiTokenSecret: 'cloudflare' }),
      { dns01: { cloudflare: { apiTokenSecretRef: { name: 'cloudflare', key: 'api-token' } } } },
    ],
    [
      'Cloudflare, with a key of another name',
      AcmeSolver.dns01Cloudflare({ apiTokenSecret: 'cloudflare', apiTokenKey: 'token' }),
      { dns01: { cloudflare: { apiTokenSecretRef: { name: 'cloudflare', key: 'token' } } } },
    ],
  ])('answers by %s', (_, solver, expected) => {
    expect(made(acme({ solver })).spec.acme.solvers).toEqual([expected]);
  });
});

describe('the object', () => {
  test('of an existing issuer is not made', () => {
    expect(names(certificates(Issuer.existing('corporate', IssuerKind.CLUSTER_ISSUER)))).toEqual([
      'Certificate shop tls-0',
    ]);
  });

  test('stands before the first certificate that it signs, once for all of the namespace', () => {
    const issuer = acme();
    expect(names(certificates(issuer, issuer, acme()))).toEqual([
      'Issuer shop letsencrypt',
      'Certificate shop tls-0',
      'Certificate shop tls-1',
      'Certificate shop tls-2',
    ]);
  });

  test('is made in each namespace; one for the cluster is made once', () => {
    const [own, shared] = [Issuer.selfSigned(), acme({ kind: IssuerKind.CLUSTER_ISSUER })];
    const app = new App();
    const made = ['blog', 'shop'].map((namespace) => {
      const chart = new Chart(app, namespace, { namespace });
      new Certificate(chart, 'own', { hosts: ['a.example.com'], issuer: own });
      new Certificate(chart, 'shared', { hosts: ['b.example.com'], issuer: shared });
      return names(chart.toJson());
    });
    expect(made).toEqual([
      ['Issuer blog self-signed', 'Certificate blog own', 'ClusterIssuer letsencrypt', 'Certificate blog shared'],
      ['Issuer shop self-signed', 'Certificate shop own', 'Certificate shop shared'],
    ]);
  });

  test('is made in each chart that names no namespace, since those may be applied to different ones', () => {
    const app = new App();
    const made = ['blog', 'shop'].map((id) => {
      const chart = new Chart(app, id);
      new Certificate(chart, 'own', { hosts: ['a.example.com'], issuer: Issuer.selfSigned() });
      return names(chart.toJson());
    });
    expect(made).toEqual([
      ['Issuer self-signed', 'Certificate own'],
      ['Issuer self-signed', 'Certificate own'],
    ]);
  });

  test('is made in each app, however often the issuer is used', () => {
    const issuer = acme();
    expect(certificates(issuer)).toEqual(certificates(issuer));
  });

  test('stands in the chart that it is added to, in a namespace of its own', () => {
    const issuer = acme();
    const app = new NetworkingApp();
    issuer.addTo(new Chart(app, 'issuers'), { name: 'shop' });
    new Certificate(new Chart(app, 'shop', { namespace: 'shop' }), 'tls', { hosts: ['a.example.com'], issuer });
    expect(app.manifestFiles().map(({ path, objects }) => [path, names(objects)])).toEqual([
      ['issuers.k8s.yaml', ['Issuer shop letsencrypt']],
      ['shop.k8s.yaml', ['Certificate shop tls']],
    ]);
  });
});
