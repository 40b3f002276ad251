import { App, Chart, Duration } from 'cdk8s';
import {
  AcmeServer,
  AcmeSolver,
  type CertManagerTlsOptions,
  ExposedService,
  Exposure,
  Issuer,
  IssuerKind,
  KeyAlgorithm,
  Tls,
} from '../../constructs';
import type { Fields } from '../helpers/fields';
import { objectsOf, refusal, yamlOf } from '../helpers/synth';

const ACME = Issuer.acme({ email: 'ops@shop.example', solver: AcmeSolver.http01Ingress() });
const OWN = Issuer.selfSigned();

/** A service at a host, with this certificate. */
function expose(chart: Chart, id: string, host: string, tls: unknown): ExposedService {
  return new ExposedService(chart, id, {
    image: 'registry.example/shop:1.4',
    port: 8080,
    exposure: Exposure.ingress({ host, tls: tls as Tls }),
  });
}
const ofKind = (objects: Fields[], kind: string) => objects.filter((object) => object.kind === kind);

describe('Tls.secret', () => {
  test('is the Secret that the Ingress names; nothing is made', () => {
    const objects = objectsOf((chart) => void expose(chart, 'shop', 'shop.example.com', Tls.secret('shop-tls')));
    expect(objects.map(({ kind }) => kind)).toEqual(['Deployment', 'Service', 'Ingress']);
    expect(objects[2]?.spec.tls).toEqual([{ hosts: ['shop.example.com'], secretName: 'shop-tls' }]);
  });
});

describe('Tls.certManager', () => {
  test('makes a Certificate for the host, whose Secret the Ingress names', () => {
    const make = (chart: Chart) => void expose(chart, 'shop', 'shop.example.com', Tls.certManager(ACME));
    expect(yamlOf(make, { namespace: 'shop' })).toMatchSnapshot();
    const objects = objectsOf(make, { namespace: 'shop' });
    const [ingress, certificate] = [ofKind(objects, 'Ingress')[0], ofKind(objects, 'Certificate')[0]];
    expect(ingress?.metadata.annotations).toBeUndefined();
    expect(ingress?.spec.tls).toEqual([{ hosts: ['shop.example.com'], secretName: 'shop-tls' }]);
    expect(certificate?.spec).toMatchObject({ dnsNames: ['shop.example.com'], secretName: 'shop-tls' });
  });

  test('takes its name, lifetime and key from the options', () => {
    const options = {
      secretName: 'web',
      duration: Duration.days(10),
      renewBefore: Duration.days(1),
      keyAlgorithm: KeyAlgorithm.RSA_2048,
    };
    const objects = objectsOf((chart) => void expose(chart, 'shop', 'a.example.com', Tls.certManager(OWN, options)));
    expect(ofKind(objects, 'Ingress')[0]?.spec.tls[0].secretName).toBe('web');
    expect(ofKind(objects, 'Certificate')[0]).toMatchObject({
      metadata: { name: 'web' },
      spec: {
        secretName: 'web',
        duration: '240h0m0s',
        renewBefore: '24h0m0s',
        privateKey: { algorithm: 'RSA', size: 2048, rotationPolicy: 'Always' },
      },
    });
  });

  test('is in the namespace of the Service, with an Issuer there', () => {
    const objects = objectsOf((chart) => {
      for (const name of ['blog', 'shop']) {
        new ExposedService(chart, name, {
          namespace: { name },
          image: 'registry.example/shop:1.4',
          port: 8080,
          exposure: Exposure.ingress({ host: `${name}.example.com`, tls: Tls.certManager(OWN) }),
        });
      }
    });
    for (const kind of ['Issuer', 'Certificate', 'Ingress']) {
      expect(ofKind(objects, kind).map(({ metadata }) => metadata.namespace)).toEqual(['blog', 'shop']);
    }
  });

  test('makes one Certificate for two Ingresses that want the same of it', () => {
    const tls = Tls.certManager(OWN, { secretName: 'web' });
    const objects = objectsOf((chart) => {
      const shop = expose(chart, 'shop', 'shop.example.com', tls);
      shop.expose(Exposure.ingress({ host: 'shop.example.com', path: '/old', ingressName: 'old', tls }));
    });
    expect(ofKind(objects, 'Certificate')).toHaveLength(1);
    expect(ofKind(objects, 'Ingress').map(({ spec }) => spec.tls[0].secretName)).toEqual(['web', 'web']);
  });

  test('makes a Certificate for each Ingress of a Service', () => {
    const objects = objectsOf((chart) => {
      const shop = expose(chart, 'shop', 'shop.example.com', Tls.certManager(OWN));
      shop.expose(Exposure.ingress({ host: 'www.example.com', ingressName: 'www', tls: Tls.certManager(OWN) }));
    });
    expect(ofKind(objects, 'Certificate').map(({ spec }) => [spec.secretName, spec.dnsNames])).toEqual([
      ['shop-tls', ['shop.example.com']],
      ['www-tls', ['www.example.com']],
    ]);
  });
});

describe('fails', () => {
  const NAME = 'use at most 253 lower-case letters, digits, "-" and ".", with a letter or digit at both ends';
  const ISSUERS = 'give Issuer.selfSigned(), Issuer.acme({ email, solver }) or Issuer.existing(name, kind)';
  const signed = (options: unknown, issuer: unknown = OWN) =>
    Tls.certManager(issuer as Issuer, options as CertManagerTlsOptions);

  test.each<[string, unknown, string]>([
    ['text', 'shop-tls', 'exposure.tls is "shop-tls"; give Tls.secret(name) or Tls.certManager(issuer)'],
    ['a wrong Secret', Tls.secret('Bad Name'), `the name of the Secret of exposure.tls is "Bad Name"; ${NAME}`],
    [
      'no name of a Secret',
      Tls.secret(undefined as unknown as string),
      `the name of the Secret of exposure.tls is undefined; ${NAME}`,
    ],
    ['no issuer', signed({}, null), `exposure.tls.issuer is null; ${ISSUERS}`],
    ['a wrong issuer', signed({}, Issuer.existing('A')), `exposure.tls.issuer.name is "A"; ${NAME}`],
    ['text for options', signed('web'), `exposure.tls is "web"; give an object such as { key: 'value' }`],
    ['a wrong name', signed({ secretName: 'W' }), `exposure.tls.secretName is "W"; ${NAME}`],
    [
      'an unknown option',
      signed({ name: 'web' }),
      'exposure.tls.name is not known; give secretName, duration, renewBefore, keyAlgorithm',
    ],
    [
      'a wrong duration',
      signed({ duration: 90 }),
      'exposure.tls.duration is 90; give a Duration of cdk8s such as Duration.days(90)',
    ],
    [
      'a wrong time of renewal',
      signed({ renewBefore: Duration.seconds(1) }),
      'exposure.tls.renewBefore is 1 seconds; give 5 minutes or more, in whole seconds',
    ],
    [
      'a renewal before the beginning',
      signed({ renewBefore: Duration.days(2), duration: Duration.days(1) }),
      'exposure.tls.renewBefore is 48 hours; give less than the 24 hours of the whole certificate',
    ],
    [
      'a wrong key',
      signed({ keyAlgorithm: 'ecdsa' }),
      'exposure.tls.keyAlgorithm is "ecdsa"; give one of "ecdsa-p256", "ecdsa-p384", "rsa-2048", "rsa-4096"',
    ],
    [
      'a duration that the authority decides',
      signed({ duration: Duration.days(1) }, ACME),
      'exposure.tls.duration is given, and an ACME authority decides it by itself; leave it out',
    ],
  ])('with %s', (_, tls, message) => {
    expect(refusal((chart) => void expose(chart, 'shop', 'a.example.com', tls))).toBe(`shop/shop: ${message}`);
  });

  test('with a wildcard that the issuer cannot prove', () => {
    expect(refusal((chart) => void expose(chart, 'shop', '*.example.com', Tls.certManager(ACME)))).toBe(
      `shop/shop: exposure.host is "*.example.com"; HTTP-01 can't prove a wildcard, give the issuer a solver by DNS-01`,
    );
  });

  test('if two Certificates of one name are wanted for different hosts, or of different issuers', () => {
    const two = (host: string, issuer: Issuer) => () => {
      const chart = new Chart(new App(), 'shop');
      expose(chart, 'a', 'a.example.com', Tls.certManager(OWN, { secretName: 'web' }));
      expose(chart, 'b', host, Tls.certManager(issuer, { secretName: 'web' }));
    };
    const message =
      'shop/b: the Certificate "web" is made by shop/a already and says something else; give this one another name';
    expect(two('b.example.com', OWN)).toThrow(message);
    expect(two('a.example.com', Issuer.selfSigned({ kind: IssuerKind.CLUSTER_ISSUER }))).toThrow(message);
    expect(two('a.example.com', Issuer.selfSigned())).not.toThrow();
    const { LETS_ENCRYPT, LETS_ENCRYPT_STAGING } = AcmeServer;
    const acme = (server: AcmeServer) =>
      Issuer.acme({ email: 'ops@shop.example', solver: AcmeSolver.dns01Route53(), name: 'acme', server });
    const chart = new Chart(new App(), 'shop');
    expose(chart, 'a', 'a.example.com', Tls.certManager(acme(LETS_ENCRYPT), { secretName: 'web' }));
    const again = () =>
      expose(chart, 'b', 'a.example.com', Tls.certManager(acme(LETS_ENCRYPT_STAGING), { secretName: 'web' }));
    expect(again).toThrow(message);
  });
});
