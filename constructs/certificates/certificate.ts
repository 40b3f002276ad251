import { Chart, type Duration } from 'cdk8s';
import { Construct } from 'constructs';
import {
  Certificate as CertificateObject,
  type CertificateSpec,
  CertificateSpecPrivateKeyAlgorithm,
  CertificateSpecPrivateKeyRotationPolicy,
  CertificateSpecUsages,
} from '../../imports/cert-manager.io';
import { fieldsWith, listOf } from '../fields';
import type { INamespace } from '../namespace';
import type { IPeer } from '../policy/peer';
import { peerProblems } from '../policy/problems';
import { refuse } from '../refusal';
import { host, namespace, objectName, oneOf, type Problems } from '../values';
import { type Issuer, issuerProblems } from './issuer';
import { KEYS, KeyAlgorithm } from './key-algorithm';
import { durationProblems, durationText, lifetimeProblems, renewBeforeProblems } from './lifetime';
import { admitSolver } from './solver-policy';

/** What a certificate of cert-manager can be told besides its hosts and issuer. */
export interface CertificateOptions {
  /**
   * For how long the certificate is asked for: an hour or more. An ACME authority decides by itself, so it can't be given
   * with one.
   *
   * @default - 90 days
   */
  readonly duration?: Duration;

  /**
   * How long before its end it is renewed: 5 minutes or more.
   *
   * @default - a third of its duration
   */
  readonly renewBefore?: Duration;

  /**
   * The kind of its key. Every renewed certificate gets a new one.
   *
   * @default KeyAlgorithm.ECDSA_P256
   */
  readonly keyAlgorithm?: KeyAlgorithm;
}

/** Settings of a `Certificate`. */
export interface CertificateProps extends CertificateOptions {
  /** The hosts that it is for, such as "shop.example.com" and "*.shop.example.com". */
  readonly hosts: string[];

  /** Who signs it. */
  readonly issuer: Issuer;

  /**
   * The name of the Certificate, and of the Secret that cert-manager keeps it in.
   *
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * The namespace of both.
   *
   * @default - that of the chart
   */
  readonly namespace?: INamespace;

  /**
   * The ingress controller that brings the requests of an authority in, by HTTP-01 through an Ingress: a closed namespace lets
   * it in. Where the issuer's solver names one, that one counts.
   *
   * @default - ingress-nginx in the namespace "ingress-nginx"
   */
  readonly ingressController?: IPeer;
}

/**
 * A certificate that cert-manager has signed, keeps in a Secret and renews in time.
 *
 * It adds the Certificate and, unless something has made it, the issuer. Where the issuer answers an authority by HTTP-01 from a
 * namespace that a `DefaultDenyNamespace` closes, it lets the ingress controller or Gateway in to the Pods that answer.
 *
 * @throws Error when a setting is wrong, or the issuer can't sign for a host; nothing is made then.
 * @see https://cert-manager.io/docs/usage/certificate/
 *
 * @example
 *
 *   const wildcard = new Certificate(chart, 'shop-tls', { hosts: ['*.example.com'], issuer });
 *   Exposure.ingress({ host: 'shop.example.com', tls: Tls.secret(wildcard.secretName) });
 */
export class Certificate extends Construct {
  /** The name of the Secret with the key and the certificate. */
  public readonly secretName: string;

  constructor(scope: Construct, id: string, props: CertificateProps) {
    refuse(scope, id, problemsOf(id, props));
    super(scope, id);
    const { issuer, namespace, name = id } = props;
    this.secretName = name;
    issuer._provide(this, namespace);
    new CertificateObject(this, 'certificate', {
      metadata: { name, namespace: namespace?.name },
      spec: certificateSpec(name, props.hosts, issuer, props),
    });
    if (issuer._solver) {
      const caller = issuer._solver._caller(props.ingressController?.peer);
      admitSolver(this, issuer._solver, caller, namespace?.name ?? Chart.of(this).namespace);
    }
  }
}

/** What is asked for, of whom, and where it is kept. */
export function certificateSpec(
  secretName: string,
  hosts: readonly string[],
  issuer: Issuer,
  { duration, renewBefore, keyAlgorithm = KeyAlgorithm.ECDSA_P256 }: CertificateOptions,
): CertificateSpec {
  const key = KEYS[keyAlgorithm];
  return {
    secretName,
    dnsNames: [...new Set(hosts)],
    // A certificate signed by its own key has itself as its issuer, whose name must not be empty.
    commonName: issuer._isSelfSigned ? commonName(hosts, secretName) : undefined,
    issuerRef: issuer._ref,
    duration: duration && durationText(duration),
    renewBefore: renewBefore && durationText(renewBefore),
    // Written out, since releases of cert-manager differ in what they take when it is left out.
    privateKey: { ...key, rotationPolicy: CertificateSpecPrivateKeyRotationPolicy.ALWAYS },
    usages: [
      CertificateSpecUsages.DIGITAL_SIGNATURE,
      ...(key.algorithm === CertificateSpecPrivateKeyAlgorithm.RSA ? [CertificateSpecUsages.KEY_ENCIPHERMENT] : []),
      CertificateSpecUsages.SERVER_AUTH,
    ],
  };
}

/** The longest common name that X.509 knows. */
const COMMON_NAME = 64;

function commonName([host = '']: readonly string[], name: string): string {
  return host.length <= COMMON_NAME ? host : name.slice(0, COMMON_NAME);
}

/** What is wrong with the settings of a certificate; `id` is the name when there is none. */
function problemsOf(id: string, props: CertificateProps): Problems {
  const problems = PROPS('', props);
  if (problems.length > 0) {
    return problems;
  }
  return [
    ...(props.name === undefined ? objectName('the name, taken from the id,', id) : []),
    ...props.hosts.flatMap((name, at) => props.issuer._hostProblems(`hosts[${at}]`, [name])),
    ...togetherProblems('', props.issuer, props),
  ];
}

/** What is wrong with options that are right on their own. */
export function togetherProblems(what: string, issuer: Issuer, options: CertificateOptions): Problems {
  return issuer._solver !== undefined && options.duration !== undefined
    ? [`${what}duration is given, and an ACME authority decides it by itself; leave it out`]
    : lifetimeProblems(what, options);
}

/** The checks of the options. */
export const OPTIONS = {
  duration: durationProblems,
  renewBefore: renewBeforeProblems,
  keyAlgorithm: (what: string, value: unknown) => oneOf(what, value, Object.values(KeyAlgorithm)),
};

const PROPS = fieldsWith(['hosts', 'issuer'], {
  hosts: listOf(host, '["shop.example.com"]'),
  issuer: issuerProblems,
  name: objectName,
  namespace,
  ingressController: peerProblems,
  ...OPTIONS,
});
