import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { Certificate, type CertificateOptions, type Issuer } from './certificates';
import { certificateSpec, OPTIONS, togetherProblems } from './certificates/certificate';
import { issuerProblems } from './certificates/issuer';
import { madeOnce } from './certificates/made-once';
import { fields } from './fields';
import type { INamespace } from './namespace';
import type { IPeer } from './policy/peer';
import { refuseOn } from './refusal';
import { objectName, type Problems, shown } from './values';

/** For what a certificate is wanted. */
export interface TlsUse {
  readonly scope: Construct;
  readonly id: string;
  readonly name: string;
  readonly namespace: INamespace | undefined;
  readonly hosts: readonly string[];
  /** The ingress controller by which the hosts are exposed. */
  readonly ingressController?: IPeer | undefined;
}

/** What `Tls.certManager` can be told besides the issuer. */
export interface CertManagerTlsOptions extends CertificateOptions {
  /**
   * The name of the Certificate, and of the Secret that cert-manager keeps it in.
   *
   * @default - the name of the Ingress or Gateway with "-tls" after it
   */
  readonly secretName?: string;
}

/**
 * Where the certificate of a host comes from.
 *
 * Wrong values are refused by the construct that is exposed.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress/#tls
 */
export abstract class Tls {
  /**
   * A Secret of the type `kubernetes.io/tls` that is there already, in the namespace of the Ingress or Gateway. The command
   * `cdk8s-networking certificate` prints one to try things out with.
   */
  public static secret(name: string): Tls {
    return new ExistingSecret(name);
  }

  /**
   * A Certificate for the hosts of the Ingress or Gateway, made beside it, which cert-manager has signed and renews.
   *
   * @param issuer who signs it
   * @param options how long it lasts, its key, the name of its Secret
   * @see https://cert-manager.io/docs/usage/certificate/
   */
  public static certManager(issuer: Issuer, options: CertManagerTlsOptions = {}): Tls {
    return new SignedCertificate(issuer, options);
  }

  protected constructor() {}

  /**
   * The name of the Secret for these hosts; what keeps it is made first, once for the same hosts.
   *
   * @internal
   */
  public abstract _secretFor(use: TlsUse): string;

  /**
   * Whether it has to be told for which hosts.
   *
   * @internal
   */
  public abstract readonly _needsHost: boolean;

  /** @internal */
  public abstract _problems(what: string): Problems;

  /**
   * What keeps it from being for these hosts.
   *
   * @internal
   */
  public abstract _hostProblems(what: string, hosts: readonly string[]): Problems;
}

/** What is wrong with the source of a certificate. */
export function tlsProblems(what: string, value: unknown): Problems {
  return value instanceof Tls
    ? value._problems(what)
    : [`${what} is ${shown(value)}; give Tls.secret(name) or Tls.certManager(issuer)`];
}

class ExistingSecret extends Tls {
  public readonly _needsHost = false;

  constructor(private readonly name: string) {
    super();
  }

  public _secretFor(): string {
    return this.name;
  }

  public _problems(what: string): Problems {
    return objectName(`the name of the Secret of ${what}`, this.name);
  }

  public _hostProblems(): Problems {
    return [];
  }
}

class SignedCertificate extends Tls {
  public readonly _needsHost = true;

  constructor(
    private readonly issuer: Issuer,
    private readonly options: CertManagerTlsOptions,
  ) {
    super();
  }

  public _secretFor({ scope, id, name: user, namespace, hosts, ingressController }: TlsUse): string {
    const { issuer } = this;
    const { secretName: name = `${user}-tls`, ...options } = this.options;
    refuseOn(scope, this._hostProblems('host', hosts));
    const place = { namespace: namespace?.name ?? Chart.of(scope).namespace };
    const meaning = [certificateSpec(name, hosts, issuer, options), issuer._spec];
    madeOnce(scope, { kind: 'Certificate', name, place, meaning }, () => {
      new Certificate(scope, id, { ...options, name, namespace, hosts: [...hosts], issuer, ingressController });
    });
    return name;
  }

  public _problems(what: string): Problems {
    const problems = [...issuerProblems(`${what}.issuer`, this.issuer), ...OF_CERT_MANAGER(what, this.options)];
    return problems.length > 0 ? problems : togetherProblems(`${what}.`, this.issuer, this.options);
  }

  public _hostProblems(what: string, hosts: readonly string[]): Problems {
    return this.issuer._hostProblems(what, hosts);
  }
}

const OF_CERT_MANAGER = fields({ secretName: objectName, ...OPTIONS });
