import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  type CertificateSpecIssuerRef,
  ClusterIssuer,
  Issuer as IssuerObject,
  type IssuerSpec,
} from '../../imports/cert-manager.io';
import { clusterScoped } from '../cluster-scoped';
import { type Check, fields, fieldsWith, pattern } from '../fields';
import type { INamespace } from '../namespace';
import { refuseOn } from '../refusal';
import { namespace as namespaceProblems, objectName, oneOf, type Problems, shown } from '../values';
import { AcmeServer } from './acme-server';
import { AcmeSolver } from './acme-solver';
import { IssuerKind } from './issuer-kind';
import type { AcmeIssuerProps, SelfSignedIssuerProps } from './issuer-props';
import { madeOnce } from './made-once';

/** What an issuer is made of. */
interface Parts {
  readonly problems: (what: string) => Problems;
  readonly name: () => string;
  readonly kind: IssuerKind;
  /** Left out, the issuer is there already. */
  readonly spec?: () => IssuerSpec;
  /** Left out, it signs without asking whose the host is. */
  readonly solver?: AcmeSolver;
  readonly selfSigned?: boolean;
}

/**
 * Who signs the certificates that cert-manager keeps.
 *
 * The object is made with the first certificate that is wanted of it: an Issuer once in each namespace, a ClusterIssuer once.
 * `addTo` makes it somewhere else, for instance in a chart of its own. cert-manager itself has to be in the cluster.
 *
 * Wrong values are refused by the construct that is given the issuer.
 *
 * @see https://cert-manager.io/docs/concepts/issuer/
 *
 * @example
 *
 *   const issuer = Issuer.acme({ email: 'ops@shop.example', solver: AcmeSolver.http01Ingress() });
 *   Exposure.ingress({ host: 'shop.example.com', tls: Tls.certManager(issuer) });
 */
export class Issuer {
  /**
   * Signs each certificate with its own key: HTTPS that no client trusts by itself.
   *
   * @see https://cert-manager.io/docs/configuration/selfsigned/
   */
  public static selfSigned(props: SelfSignedIssuerProps = {}): Issuer {
    const { name = 'self-signed', kind = IssuerKind.ISSUER } = Object(props) as SelfSignedIssuerProps;
    return new Issuer({
      problems: (what) => SELF_SIGNED(what, props),
      name: () => name,
      kind,
      spec: () => ({ selfSigned: {} }),
      selfSigned: true,
    });
  }

  /**
   * Has an authority sign that speaks ACME, Let's Encrypt if no other is given.
   *
   * @see https://cert-manager.io/docs/configuration/acme/
   */
  public static acme(props: AcmeIssuerProps): Issuer {
    const { email, solver, server = AcmeServer.LETS_ENCRYPT, name: given, kind } = Object(props) as AcmeIssuerProps;
    const name = () => given ?? server.name;
    return new Issuer({
      problems: (what) => ACME(what, props),
      name,
      kind: kind ?? IssuerKind.ISSUER,
      spec: () => ({
        acme: {
          email,
          server: server.directoryUrl,
          privateKeySecretRef: { name: `${name()}-account-key` },
          solvers: [solver._spec()],
        },
      }),
      solver,
    });
  }

  /**
   * An issuer that is there already.
   *
   * @param name its name
   * @param kind whether it is in the namespace of the certificate or for the cluster
   */
  public static existing(name: string, kind: IssuerKind = IssuerKind.ISSUER): Issuer {
    return new Issuer({
      problems: (what) => [...objectName(`${what}.name`, name), ...issuerKind(`${what}.kind`, kind)],
      name: () => name,
      kind,
    });
  }

  private constructor(private readonly parts: Parts) {}

  /**
   * Makes the object here, and not with the first certificate that is wanted of it.
   *
   * @param scope the construct, or chart, that it belongs to
   * @param namespace its namespace; left out, that of the chart. A ClusterIssuer has none
   * @throws Error when a value of it is wrong, it is there already, or it has been made somewhere else
   */
  public addTo(scope: Construct, namespace?: INamespace): void {
    const problems = this._problems('issuer');
    if (namespace !== undefined) {
      problems.push(...namespaceProblems('namespace', namespace));
      if (this.parts.kind === IssuerKind.CLUSTER_ISSUER) {
        problems.push('namespace is given; a ClusterIssuer belongs to none, leave it out');
      }
    }
    if (!this.parts.spec) {
      problems.push('issuer is one that is there already; it is not made');
    }
    refuseOn(scope, problems);
    if (!this.make(scope, namespace)) {
      const { kind } = this.parts;
      refuseOn(scope, [`the ${kind} "${this.parts.name()}" is made already; call addTo before its first certificate`]);
    }
  }

  /** @internal */
  public _problems(what: string): Problems {
    return this.parts.problems(what);
  }

  /**
   * What keeps it from signing for these hosts.
   *
   * @internal
   */
  public _hostProblems(what: string, hosts: readonly string[]): Problems {
    return this._solver?._isHttp01
      ? hosts
          .filter((host) => host.startsWith('*.'))
          .map(
            (host) => `${what} is ${shown(host)}; HTTP-01 can't prove a wildcard, give the issuer a solver by DNS-01`,
          )
      : [];
  }

  /**
   * How a Certificate refers to it.
   *
   * @internal
   */
  public get _ref(): CertificateSpecIssuerRef {
    return { group: 'cert-manager.io', kind: this.parts.kind, name: this.parts.name() };
  }

  /**
   * What it says; nothing when it is there already.
   *
   * @internal
   */
  public get _spec(): IssuerSpec | undefined {
    return this.parts.spec?.();
  }

  /**
   * Makes the object for a Certificate in this namespace, unless something has made it.
   *
   * @internal
   */
  public _provide(scope: Construct, namespace: INamespace | undefined): void {
    if (this.parts.spec) {
      this.make(scope, namespace);
    }
  }

  /** @internal */
  public get _isSelfSigned(): boolean {
    return this.parts.selfSigned ?? false;
  }

  /**
   * How an ACME authority is answered; nothing for other issuers.
   *
   * @internal
   */
  public get _solver(): AcmeSolver | undefined {
    return this.parts.solver;
  }

  /** Makes the object, unless something has made the same; says whether it did. */
  private make(scope: Construct, namespace: INamespace | undefined): boolean {
    const { kind, name, spec } = this.parts;
    const forCluster = kind === IssuerKind.CLUSTER_ISSUER;
    const props = { metadata: { name: name(), namespace: namespace?.name }, spec: spec?.() ?? {} };
    const place = forCluster ? 'cluster' : { namespace: namespace?.name ?? Chart.of(scope).namespace };
    return madeOnce(scope, { kind, name: name(), place, meaning: props.spec }, () => {
      if (forCluster) {
        clusterScoped(new ClusterIssuer(scope, `issuer-${name()}`, { ...props, metadata: { name: name() } }));
      } else {
        new IssuerObject(scope, `issuer-${name()}`, props);
      }
    });
  }
}

/** What is wrong with a value that should be an issuer. */
export const issuerProblems: Check = (what, value) =>
  value instanceof Issuer
    ? value._problems(what)
    : [
        `${what} is ${shown(value)}; give Issuer.selfSigned(), Issuer.acme({ email, solver }) or Issuer.existing(name, kind)`,
      ];

const issuerKind: Check = (what, value) => oneOf(what, value, Object.values(IssuerKind));

const SELF_SIGNED = fields({ name: objectName, kind: issuerKind });

const ACME = fieldsWith(['email', 'solver'], {
  email: pattern(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'give an address such as "ops@example.com"'),
  solver: (what, value) =>
    value instanceof AcmeSolver
      ? value._problems(what)
      : [`${what} is ${shown(value)}; give an AcmeSolver such as AcmeSolver.http01Ingress()`],
  server: (what, value) =>
    value instanceof AcmeServer
      ? value._problems(what)
      : [`${what} is ${shown(value)}; give an AcmeServer such as AcmeServer.LETS_ENCRYPT_STAGING`],
  name: objectName,
  kind: issuerKind,
});
