import type { Construct } from 'constructs';
import type { INamespace } from './namespace';
import { objectName, type Problems } from './values';

/** For what a certificate is wanted. */
export interface TlsUse {
  readonly scope: Construct;
  readonly id: string;
  readonly name: string;
  readonly namespace: INamespace | undefined;
  readonly hosts: readonly string[];
}

/**
 * Where the certificate of a host comes from.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress/#tls
 */
export abstract class Tls {
  /** A Secret of the type `kubernetes.io/tls` that is there already, in the namespace of the Service. */
  public static secret(name: string): Tls {
    return new ExistingSecret(name);
  }

  /** @internal */
  public abstract secretFor(use: TlsUse): string;

  /** @internal */
  public abstract problems(what: string): Problems;
}

class ExistingSecret extends Tls {
  constructor(private readonly name: string) {
    super();
  }

  public secretFor(): string {
    return this.name;
  }

  public problems(what: string): Problems {
    return objectName(`the name of the Secret of ${what}`, this.name);
  }
}
