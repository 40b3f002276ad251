import { pattern } from '../fields';
import { objectName, type Problems } from '../values';

/**
 * A certificate authority that speaks ACME.
 *
 * @see https://cert-manager.io/docs/configuration/acme/
 */
export class AcmeServer {
  /** Let's Encrypt, whose certificates browsers trust. It limits how many it signs for a domain within a week. */
  public static readonly LETS_ENCRYPT = new AcmeServer('https://acme-v02.api.letsencrypt.org/directory', 'letsencrypt');

  /** Let's Encrypt for trying things out: the limits are wide, and browsers don't trust what it signs. */
  public static readonly LETS_ENCRYPT_STAGING = new AcmeServer(
    'https://acme-staging-v02.api.letsencrypt.org/directory',
    'letsencrypt-staging',
  );

  /**
   * Another authority.
   *
   * @param directoryUrl the URL of its directory, with HTTPS
   * @param name what its issuer is called when it is given no name
   */
  public static of(directoryUrl: string, name: string = 'acme'): AcmeServer {
    return new AcmeServer(directoryUrl, name);
  }

  private constructor(
    /** The URL of the directory. */
    public readonly directoryUrl: string,
    /** What its issuer is called when it is given no name. */
    public readonly name: string,
  ) {}

  /** @internal */
  public _problems(what: string): Problems {
    return [...directory(`${what}.directoryUrl`, this.directoryUrl), ...objectName(`${what}.name`, this.name)];
  }
}

const directory = pattern(
  /^https:\/\/[a-z0-9.-]+(:\d+)?\/\S*$/i,
  'give the URL of an ACME directory such as "https://acme.example.com/directory"',
);
