import { App, Chart } from 'cdk8s';
import { AcmeServer, AcmeSolver, Certificate, Issuer, IssuerKind } from '../../../constructs';
import { refusal } from '../../helpers/synth';

const email = 'ops@shop.example';
const acme = (settings: object = {}) => Issuer.acme({ email, solver: AcmeSolver.http01Ingress(), ...settings });

describe('an issuer fails', () => {
  const given = (issuer: unknown) =>
    refusal((chart) => void new Certificate(chart, 'tls', { hosts: ['a.example.com'], issuer: issuer as Issuer }));
  const NAME = 'use at most 253 lower-case letters, digits, "-" and ".", with a letter or digit at both ends';
  const gateway = (value: unknown) => AcmeSolver.http01Gateway({ gateway: value as { name: string } });
  const any = (value: unknown) => value as never;

  test.each<[string, unknown, string]>([
    [
      'text for an issuer',
      'letsencrypt',
      'issuer is "letsencrypt"; give Issuer.selfSigned(), Issuer.acme({ email, solver }) or Issuer.existing(name, kind)',
    ],
    ['a wrong name', Issuer.selfSigned({ name: 'Own' }), `issuer.name is "Own"; ${NAME}`],
    [
      'a wrong kind',
      Issuer.selfSigned({ kind: any('Cluster') }),
      'issuer.kind is "Cluster"; give one of "Issuer", "ClusterIssuer"',
    ],
    ['no settings', Issuer.selfSigned(any('own')), `issuer is "own"; give an object such as { key: 'value' }`],
    ['an unknown setting', Issuer.selfSigned(any({ email })), 'issuer.email is not known; give name, kind'],
    ['an existing one without a name', Issuer.existing(any(undefined)), `issuer.name is undefined; ${NAME}`],
    [
      'an existing one of a wrong kind',
      Issuer.existing('a', any('issuer')),
      'issuer.kind is "issuer"; give one of "Issuer", "ClusterIssuer"',
    ],
    [
      'no settings of ACME',
      Issuer.acme(any(undefined)),
      `issuer is undefined; give an object such as { key: 'value' }`,
    ],
    [
      'an address without a domain',
      acme({ email: 'ops' }),
      'issuer.email is "ops"; give an address such as "ops@example.com"',
    ],
    ['ACME without a solver', acme({ solver: undefined }), 'issuer.solver is missing'],
    ['ACME without an address', acme({ email: undefined }), 'issuer.email is missing'],
    [
      'text for a solver',
      acme({ solver: 'http01' }),
      'issuer.solver is "http01"; give an AcmeSolver such as AcmeSolver.http01Ingress()',
    ],
    [
      'text for a server',
      acme({ server: 'letsencrypt' }),
      'issuer.server is "letsencrypt"; give an AcmeServer such as AcmeServer.LETS_ENCRYPT_STAGING',
    ],
    [
      'a server without HTTPS',
      acme({ server: AcmeServer.of('http://ca.example.com/dir') }),
      'issuer.server.directoryUrl is "http://ca.example.com/dir"; give the URL of an ACME directory such as "https://acme.example.com/directory"',
    ],
    [
      'a wrong name of a server',
      acme({ server: AcmeServer.of('https://ca.example.com/dir', 'Own CA') }),
      `issuer.server.name is "Own CA"; ${NAME}`,
    ],
    ['a wrong name with ACME', acme({ name: '' }), `issuer.name is ""; ${NAME}`],
    ['a wrong kind with ACME', acme({ kind: 1 }), 'issuer.kind is 1; give one of "Issuer", "ClusterIssuer"'],
    [
      'a wrong class',
      acme({ solver: AcmeSolver.http01Ingress({ className: 'my class' }) }),
      `issuer.solver.className is "my class"; ${NAME}`,
    ],
    [
      'a wrong type of Service',
      acme({ solver: AcmeSolver.http01Ingress({ serviceType: any('LoadBalancer') }) }),
      'issuer.solver.serviceType is "LoadBalancer"; give one of "ClusterIP", "NodePort"',
    ],
    [
      'text for a controller',
      acme({ solver: AcmeSolver.http01Ingress({ controller: any('nginx') }) }),
      'issuer.solver.controller is "nginx"; give an ExposedService, a DefaultDenyNamespace or a Peer such as Peer.workload(…)',
    ],
    [
      'a solver without a Gateway',
      acme({ solver: AcmeSolver.http01Gateway(any({})) }),
      'issuer.solver.gateway is missing',
    ],
    [
      'text for a Gateway',
      acme({ solver: gateway('web') }),
      `issuer.solver.gateway is "web"; give an object such as { key: 'value' }`,
    ],
    ['a Gateway without a name', acme({ solver: gateway({}) }), 'issuer.solver.gateway.name is missing'],
    [
      'a wrong name of a Gateway',
      acme({ solver: gateway({ name: 'infra/web' }) }),
      `issuer.solver.gateway.name is "infra/web"; ${NAME}`,
    ],
    [
      'a wrong namespace of a Gateway',
      acme({ solver: gateway({ name: 'web', namespace: 'infra' }) }),
      `issuer.solver.gateway.namespace is "infra"; give a namespace such as { name: 'shop' }`,
    ],
    [
      'text for the Pods of a Gateway',
      acme({ solver: gateway({ name: 'web', peer: 'web' }) }),
      'issuer.solver.gateway.peer is "web"; give an ExposedService, a DefaultDenyNamespace or a Peer such as Peer.workload(…)',
    ],
    [
      'a wrong listener',
      acme({ solver: AcmeSolver.http01Gateway({ gateway: { name: 'web' }, sectionName: 'HTTP' }) }),
      `issuer.solver.sectionName is "HTTP"; ${NAME}`,
    ],
    [
      'a wrong type of Service by a Gateway',
      acme({ solver: AcmeSolver.http01Gateway({ gateway: { name: 'web' }, serviceType: any(1) }) }),
      'issuer.solver.serviceType is 1; give one of "ClusterIP", "NodePort"',
    ],
    [
      'a number for a controller',
      acme({ solver: AcmeSolver.http01Gateway({ gateway: { name: 'web' }, controller: any(1) }) }),
      'issuer.solver.controller is 1; give an ExposedService, a DefaultDenyNamespace or a Peer such as Peer.workload(…)',
    ],
    [
      'a wrong zone',
      acme({ solver: AcmeSolver.dns01Route53({ hostedZoneId: 'example.com' }) }),
      'issuer.solver.hostedZoneId is "example.com"; give the ID of a hosted zone such as "Z0123456789EXAMPLE"',
    ],
    [
      'a wrong region',
      acme({ solver: AcmeSolver.dns01Route53({ region: 'Frankfurt' }) }),
      'issuer.solver.region is "Frankfurt"; give a region such as "eu-central-1"',
    ],
    [
      'a wrong role',
      acme({ solver: AcmeSolver.dns01Route53({ role: 'dns' }) }),
      'issuer.solver.role is "dns"; give the ARN of a role such as "arn:aws:iam::123456789012:role/dns"',
    ],
    ['no token', acme({ solver: AcmeSolver.dns01Cloudflare(any({})) }), 'issuer.solver.apiTokenSecret is missing'],
    [
      'a wrong name of a token',
      acme({ solver: AcmeSolver.dns01Cloudflare({ apiTokenSecret: 'a b' }) }),
      `issuer.solver.apiTokenSecret is "a b"; ${NAME}`,
    ],
    [
      'a wrong key of a token',
      acme({ solver: AcmeSolver.dns01Cloudflare({ apiTokenSecret: 'a', apiTokenKey: 'a b' }) }),
      'issuer.solver.apiTokenKey is "a b"; give a key of a Secret such as "api-token"',
    ],
  ])('with %s', (_, issuer, message) => {
    expect(given(issuer)).toBe(`shop/tls: ${message}`);
  });

  test('to be added wrong, into a wrong namespace, or when it is there already', () => {
    const cluster = Issuer.selfSigned({ kind: IssuerKind.CLUSTER_ISSUER });
    expect(refusal((chart) => Issuer.selfSigned({ name: '-' }).addTo(chart))).toBe(`shop: issuer.name is "-"; ${NAME}`);
    expect(refusal((chart) => acme().addTo(chart, any('shop')))).toBe(
      `shop: namespace is "shop"; give a namespace such as { name: 'shop' }`,
    );
    expect(refusal((chart) => cluster.addTo(chart, { name: 'shop' }))).toBe(
      'shop: namespace is given; a ClusterIssuer belongs to none, leave it out',
    );
    expect(refusal((chart) => Issuer.existing('corporate').addTo(chart))).toBe(
      'shop: issuer is one that is there already; it is not made',
    );
  });

  test('to be added after its first certificate', () => {
    const chart = new Chart(new App(), 'shop');
    new Certificate(chart, 'tls', { hosts: ['a.example.com'], issuer: acme() });
    expect(() => acme().addTo(chart)).toThrow(
      'shop: the Issuer "letsencrypt" is made already; call addTo before its first certificate',
    );
  });

  test('if another issuer of the same name in the same namespace says something else', () => {
    const certificates = (...issuers: Issuer[]) => {
      const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
      for (const [at, issuer] of issuers.entries()) {
        new Certificate(chart, `tls-${at}`, { hosts: ['a.example.com'], issuer });
      }
    };
    expect(() => certificates(acme(), acme({ email: 'web@shop.example' }))).toThrow(
      'shop/tls-1: the Issuer "letsencrypt" is made by shop/tls-0 already and says something else; give this one another name',
    );
    expect(() => certificates(acme(), acme({ email: 'web@shop.example', name: 'other' }))).not.toThrow();
    expect(() =>
      certificates(acme(), acme({ email: 'web@shop.example', kind: IssuerKind.CLUSTER_ISSUER })),
    ).not.toThrow();
  });
});
