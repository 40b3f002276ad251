import { Chart, Duration } from 'cdk8s';
import {
  AcmeSolver,
  Certificate,
  type CertificateProps,
  DefaultDenyNamespace,
  EgressDefault,
  ExposedService,
  Exposure,
  Issuer,
  IssuerKind,
  KeyAlgorithm,
  NetworkingApp,
  Peer,
  Tls,
} from '../../../constructs';
import { crdProblems } from '../../helpers/crd';
import type { Fields } from '../../helpers/fields';
import { find, objectsOf, refusal } from '../../helpers/synth';
import '../../../jest';

const ISSUER = Issuer.existing('corporate');
const ACME = (solver: AcmeSolver) => Issuer.acme({ email: 'ops@shop.example', solver });

/** The one Certificate that these settings make. */
function certificate(props: Partial<CertificateProps> = {}): Fields {
  const objects = objectsOf(
    (chart) => void new Certificate(chart, 'shop-tls', { hosts: ['shop.example.com'], issuer: ISSUER, ...props }),
    { namespace: 'shop' },
  );
  expect(objects.flatMap((object) => (object.kind === 'NetworkPolicy' ? [] : crdProblems(object)))).toEqual([]);
  return objects.find(({ kind }) => kind === 'Certificate') ?? {};
}

describe('a Certificate', () => {
  test('is for its hosts, says all that releases of cert-manager fill in differently, and keeps a Secret of its name', () => {
    expect(certificate({ hosts: ['shop.example.com', '*.shop.example.com', 'shop.example.com'] })).toEqual({
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: { name: 'shop-tls', namespace: 'shop' },
      spec: {
        secretName: 'shop-tls',
        dnsNames: ['shop.example.com', '*.shop.example.com'],
        issuerRef: { group: 'cert-manager.io', kind: 'Issuer', name: 'corporate' },
        privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
        usages: ['digital signature', 'server auth'],
      },
    });
  });

  test('has another name and namespace', () => {
    const { metadata, spec } = certificate({ name: 'web', namespace: { name: 'infra' } });
    expect([metadata, spec.secretName]).toEqual([{ name: 'web', namespace: 'infra' }, 'web']);
  });

  test('tells the name of its Secret', () => {
    objectsOf((chart) => {
      expect(new Certificate(chart, 'tls', { hosts: ['a.example.com'], issuer: ISSUER }).secretName).toBe('tls');
      const named = new Certificate(chart, 'b', { hosts: ['a.example.com'], issuer: ISSUER, name: 'web' });
      expect(named.secretName).toBe('web');
    });
  });

  test('asks an issuer for the cluster', () => {
    const issuer = Issuer.existing('corporate', IssuerKind.CLUSTER_ISSUER);
    expect(certificate({ issuer }).spec.issuerRef).toEqual({
      group: 'cert-manager.io',
      kind: 'ClusterIssuer',
      name: 'corporate',
    });
  });

  test.each([
    [Duration.days(90), '2160h0m0s'],
    [Duration.hours(1), '1h0m0s'],
    [Duration.seconds(93_784), '26h3m4s'],
    [Duration.millis(7_200_000), '2h0m0s'],
  ])('writes how long it lasts as Go does, so that nothing rewrites it: %s', (duration, text) => {
    expect(certificate({ duration, renewBefore: Duration.minutes(5) }).spec).toMatchObject({
      duration: text,
      renewBefore: '5m0s',
    });
  });

  test.each([
    [KeyAlgorithm.ECDSA_P256, { algorithm: 'ECDSA', size: 256 }, []],
    [KeyAlgorithm.ECDSA_P384, { algorithm: 'ECDSA', size: 384 }, []],
    [KeyAlgorithm.RSA_2048, { algorithm: 'RSA', size: 2048 }, ['key encipherment']],
    [KeyAlgorithm.RSA_4096, { algorithm: 'RSA', size: 4096 }, ['key encipherment']],
  ])('has a key of %s', (keyAlgorithm, key, usages) => {
    expect(certificate({ keyAlgorithm }).spec).toMatchObject({
      privateKey: { ...key, rotationPolicy: 'Always' },
      usages: ['digital signature', ...usages, 'server auth'],
    });
  });

  test('has a common name where its own key signs it, since it names its issuer with it', () => {
    const commonName = (...hosts: string[]) => certificate({ hosts, issuer: Issuer.selfSigned() }).spec.commonName;
    expect(commonName('*.example.com', 'example.com')).toBe('*.example.com');
    expect(commonName(`${'a'.repeat(52)}.example.com`)).toBe(`${'a'.repeat(52)}.example.com`);
    expect(commonName(`${'a'.repeat(53)}.example.com`)).toBe('shop-tls');
    expect(certificate({ issuer: ACME(AcmeSolver.http01Ingress()) }).spec.commonName).toBeUndefined();
  });

  test('is for a wildcard that DNS-01 proves', () => {
    expect(certificate({ issuer: ACME(AcmeSolver.dns01Route53()), hosts: ['*.example.com'] }).spec.dnsNames).toEqual([
      '*.example.com',
    ]);
  });
});

describe('in a closed namespace', () => {
  const controller = Peer.pods({ app: 'envoy' }, { name: 'infra' });
  /** Closed namespaces with two certificates in shop, made before or after them, and Pods to connect. */
  function closed(solver: AcmeSolver, order: 'first' | 'last' = 'last'): Fields[] {
    const close = (chart: Chart) => {
      new DefaultDenyNamespace(chart, 'shop', { name: 'shop', egress: EgressDefault.DENY_EXCEPT_DNS });
      new DefaultDenyNamespace(chart, 'nginx', { name: 'ingress-nginx', egress: EgressDefault.DENY_EXCEPT_DNS });
      new DefaultDenyNamespace(chart, 'infra', { name: 'infra' });
    };
    const objects = objectsOf((chart) => {
      if (order === 'first') {
        close(chart);
      }
      for (const id of ['a', 'b']) {
        const props = { hosts: [`${id}.example.com`], issuer: ACME(solver), namespace: { name: 'shop' } };
        new Certificate(chart, id, props);
      }
      if (order === 'last') {
        close(chart);
      }
    });
    const labels = { 'acme.cert-manager.io/http01-solver': 'true', 'acme.cert-manager.io/http-token': '1' };
    return [
      ...objects,
      pod('shop', 'solver', labels),
      pod('shop', 'web', { app: 'web' }),
      pod('infra', 'envoy', { app: 'envoy' }),
      pod('ingress-nginx', 'controller', {
        'app.kubernetes.io/name': 'ingress-nginx',
        'app.kubernetes.io/component': 'controller',
      }),
    ];
  }
  const pod = (namespace: string, name: string, labels: object) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace, name, labels },
    spec: { containers: [{ name: 'main', image: 'registry.example/main:1' }] },
  });

  test.each(['first', 'last'] as const)(
    'the ingress controller, and nobody else, reaches the Pods that answer, closed %s',
    (order) => {
      const objects = closed(AcmeSolver.http01Ingress(), order);
      expect(objects).toDenyAllConnections({ to: 'solver', except: [{ from: 'controller', port: 8089 }] });
      expect(objects).toDenyAllConnections({ to: 'web' });
      expect(objects).toDenyAllConnections({ from: ['solver', 'web'], exceptUnseen: ['TCP 53', 'UDP 53'] });
    },
  );

  test('one policy says so, for all certificates', () => {
    const objects = closed(AcmeSolver.http01Ingress());
    const policies = objects.filter(({ kind, metadata }) => kind === 'NetworkPolicy' && /acme/.test(metadata.name));
    expect(policies.map(({ metadata: { namespace, name } }) => `${namespace}/${name}`)).toEqual([
      'shop/acme-http01-solver-allow-from-ingress-controller',
      'ingress-nginx/ingress-controller-allow-to-shop-acme-http01-solver',
    ]);
    expect(policies[0]?.spec).toEqual({
      podSelector: { matchLabels: { 'acme.cert-manager.io/http01-solver': 'true' } },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [
            {
              namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' } },
              podSelector: {
                matchLabels: {
                  'app.kubernetes.io/name': 'ingress-nginx',
                  'app.kubernetes.io/component': 'controller',
                },
              },
            },
          ],
          ports: [{ port: 8089, protocol: 'TCP' }],
        },
      ],
    });
  });

  test.each([
    ['of an Ingress', AcmeSolver.http01Ingress({ className: 'envoy', controller })],
    ['of a Gateway', AcmeSolver.http01Gateway({ gateway: { name: 'web' }, controller })],
    ['that a Gateway knows', AcmeSolver.http01Gateway({ gateway: { name: 'web', peer: controller.peer } })],
  ])('the controller %s reaches them instead', (_, solver) => {
    expect(closed(solver)).toDenyAllConnections({ to: 'solver', except: [{ from: 'envoy', port: 8089 }] });
  });

  test.each<[string, AcmeSolver, string]>([
    ['of the exposure reaches them where the solver names none', AcmeSolver.http01Ingress(), 'edge'],
    ['of the solver reaches them where it names one', AcmeSolver.http01Ingress({ controller }), 'envoy'],
  ])('the controller %s', (_, solver, from) => {
    const objects = objectsOf((chart) => {
      const namespace = new DefaultDenyNamespace(chart, 'shop', { name: 'shop' });
      const exposure = { host: 'a.example.com', tls: Tls.certManager(ACME(solver)) };
      new ExposedService(chart, 'web', {
        namespace,
        image: 'registry.example/web:1',
        port: 80,
        exposure: Exposure.ingress({ ...exposure, controller: Peer.ingressController({ name: 'edge' }) }),
      });
    });
    const policies = objects.filter(({ kind, metadata }) => kind === 'NetworkPolicy' && /acme/.test(metadata.name));
    expect(policies.map(({ metadata: { name } }) => name)).toEqual([
      `acme-http01-solver-allow-from-${from === 'edge' ? 'edge-ingress-controller' : 'infra-envoy'}`,
    ]);
    const pods = [
      pod('shop', 'solver', { 'acme.cert-manager.io/http01-solver': 'true' }),
      pod('infra', 'envoy', { app: 'envoy' }),
      pod('edge', 'edge', {
        'app.kubernetes.io/name': 'ingress-nginx',
        'app.kubernetes.io/component': 'controller',
      }),
    ];
    expect([...objects, ...pods]).toDenyAllConnections({ to: 'solver', except: [{ from, port: 8089 }] });
  });

  test('two controllers, one for each class, have a policy each', () => {
    const objects = objectsOf((chart) => {
      const namespace = new DefaultDenyNamespace(chart, 'shop', { name: 'shop' });
      for (const [id, name] of [
        ['a', 'ingress-nginx'],
        ['b', 'edge'],
      ] as const) {
        const ingressController = Peer.ingressController({ name });
        const issuer = ACME(AcmeSolver.http01Ingress());
        new Certificate(chart, id, { hosts: [`${id}.example.com`], issuer, namespace, ingressController });
      }
    });
    expect(objects.filter(({ kind }) => kind === 'NetworkPolicy').map(({ metadata: { name } }) => name)).toEqual([
      'default-deny',
      'acme-http01-solver-allow-from-ingress-controller',
      'acme-http01-solver-allow-from-edge-ingress-controller',
    ]);
  });

  test('nothing is opened for DNS-01, nor for issuers that ask nobody', () => {
    expect(closed(AcmeSolver.dns01Route53())).toDenyAllConnections({ to: 'solver' });
    const objects = objectsOf((chart) => {
      const { name } = new DefaultDenyNamespace(chart, 'ns', { name: 'shop' });
      new Certificate(chart, 'tls', { hosts: ['a.example.com'], issuer: Issuer.selfSigned(), namespace: { name } });
    });
    expect(objects.filter(({ kind }) => kind === 'NetworkPolicy').map(({ metadata }) => metadata.name)).toEqual([
      'default-deny',
    ]);
  });

  test('nothing is opened where nothing is closed', () => {
    const objects = objectsOf(
      (chart) =>
        void new Certificate(chart, 'tls', { hosts: ['a.example.com'], issuer: ACME(AcmeSolver.http01Ingress()) }),
      { namespace: 'shop' },
    );
    expect(objects.map(({ kind }) => kind)).toEqual(['Issuer', 'Certificate']);
    expect(find(objects, 'Certificate', 'tls').metadata.namespace).toBe('shop');
  });

  test('a Gateway that says nothing of its Pods is refused once all is put together', () => {
    const app = new NetworkingApp();
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    const issuer = ACME(AcmeSolver.http01Gateway({ gateway: { name: 'web' } }));
    new Certificate(chart, 'tls', { hosts: ['a.example.com'], issuer });
    expect(() => app.manifestFiles()).not.toThrow();
    new DefaultDenyNamespace(chart, 'namespace', { name: 'shop' });
    expect(() => app.manifestFiles()).toThrow(
      `shop/tls: the namespace "shop" is closed; say in the issuer's solver who brings the authority's requests in, by controller`,
    );
  });
});

describe('fails', () => {
  const HOST = 'give a DNS name in lower case such as "shop.example.com" or "*.example.com"';
  const NAME = 'use at most 253 lower-case letters, digits, "-" and ".", with a letter or digit at both ends';

  test.each<[string, object, string]>([
    ['hosts', { hosts: undefined }, 'hosts is missing'],
    ['a host', { hosts: [] }, 'hosts is empty; give a list such as ["shop.example.com"], or leave it out'],
    [
      'a list of hosts',
      { hosts: 'a.example.com' },
      'hosts is "a.example.com"; give a list such as ["shop.example.com"], or leave it out',
    ],
    ['a host that is one', { hosts: ['a.example.com', 'A'] }, `hosts[1] is "A"; ${HOST}`],
    ['a host without a scheme', { hosts: ['https://a'] }, 'hosts[0] is "https://a"; leave out the scheme "https://"'],
    ['an issuer', { issuer: undefined }, 'issuer is missing'],
    ['a name that can be one', { name: 'Shop' }, `name is "Shop"; ${NAME}`],
    ['a namespace', { namespace: 'shop' }, `namespace is "shop"; give a namespace such as { name: 'shop' }`],
    [
      'an ingress controller that is one',
      { ingressController: 'nginx' },
      'ingressController is "nginx"; give an ExposedService, a DefaultDenyNamespace or a Peer such as Peer.workload(…)',
    ],
    [
      'a known key',
      { keyAlgorithm: 'dsa' },
      'keyAlgorithm is "dsa"; give one of "ecdsa-p256", "ecdsa-p384", "rsa-2048", "rsa-4096"',
    ],
    ['a Duration', { duration: '90d' }, 'duration is "90d"; give a Duration of cdk8s such as Duration.days(90)'],
    [
      'a Duration of an hour',
      { duration: Duration.minutes(59) },
      'duration is 3540 seconds; give an hour or more, in whole seconds',
    ],
    [
      'a Duration in whole seconds',
      { duration: Duration.millis(3_600_001) },
      'duration is 3600.001 seconds; give an hour or more, in whole seconds',
    ],
    [
      'a Duration before its end',
      { renewBefore: 30 },
      'renewBefore is 30; give a Duration of cdk8s such as Duration.days(30)',
    ],
    [
      '5 minutes before its end',
      { renewBefore: Duration.minutes(4) },
      'renewBefore is 240 seconds; give 5 minutes or more, in whole seconds',
    ],
    [
      'time before it is renewed',
      { duration: Duration.hours(2), renewBefore: Duration.hours(2) },
      'renewBefore is 2 hours; give less than the 2 hours of the whole certificate',
    ],
    [
      'time before it is renewed by default',
      { renewBefore: Duration.days(90) },
      'renewBefore is 2160 hours; give less than the 2160 hours of the whole certificate',
    ],
    [
      'settings that are known',
      { secretName: 'a' },
      'secretName is not known; give hosts, issuer, name, namespace, ingressController, duration, renewBefore, keyAlgorithm',
    ],
    [
      'an issuer that leaves the duration to it',
      { issuer: ACME(AcmeSolver.dns01Route53()), duration: Duration.days(30) },
      'duration is given, and an ACME authority decides it by itself; leave it out',
    ],
    [
      'an issuer that can prove all hosts',
      { issuer: ACME(AcmeSolver.http01Ingress()), hosts: ['a.example.com', '*.example.com'] },
      `hosts[1] is "*.example.com"; HTTP-01 can't prove a wildcard, give the issuer a solver by DNS-01`,
    ],
  ])('without %s', (_, props, message) => {
    const all = { hosts: ['a.example.com'], issuer: ISSUER, ...props } as CertificateProps;
    expect(refusal((chart) => void new Certificate(chart, 'tls', all))).toBe(`shop/tls: ${message}`);
  });

  test('if its id can be no name, and none is given', () => {
    const props = { hosts: ['a.example.com'], issuer: ISSUER };
    expect(refusal((chart) => void new Certificate(chart, 'TLS', props))).toBe(
      `shop/TLS: the name, taken from the id, is "TLS"; ${NAME}`,
    );
    expect(objectsOf((chart) => void new Certificate(chart, 'TLS', { ...props, name: 'tls' }))).toHaveLength(1);
  });
});
