import { type Check, fields, fieldsWith, listOf } from '../fields';
import type { INamespace } from '../namespace';
import { type Tls, tlsProblems } from '../tls';
import { host, namespace, objectName, type Problems, port, shown } from '../values';
import { type AllowedNamespaces, allowedProblems } from './allowed-namespaces';

/** What is spoken on a port of a Gateway. */
export type ListenerProtocol = 'HTTP' | 'HTTPS' | 'TLS';

/** Settings of `GatewayListener.http` and `GatewayListener.tlsPassthrough`. */
export interface GatewayListenerProps {
  /**
   * The host that is listened for, such as "shop.example.com"; "*.example.com" stands for one or more labels more.
   *
   * @default - every host
   */
  readonly hostname?: string;

  /**
   * The port, from 1 to 65535.
   *
   * @default - 80 for HTTP, 443 for HTTPS and TLS
   */
  readonly port?: number;

  /**
   * The name of the listener.
   *
   * @default - made from protocol, port and host, such as "http" or "https-shop.example.com"
   */
  readonly name?: string;

  /**
   * The namespaces whose routes are taken.
   *
   * @default - that of the Gateway, and those of this app's services that the listener serves
   */
  readonly allowedNamespaces?: AllowedNamespaces;
}

/** A Secret of the type `kubernetes.io/tls` that is there already. */
export interface GatewaySecret {
  /** The name of the Secret. */
  readonly name: string;

  /**
   * The namespace of the Secret. In another one than that of the Gateway a ReferenceGrant is made beside it.
   *
   * @default - that of the Gateway
   */
  readonly namespace?: INamespace;
}

/**
 * Settings of `GatewayListener.https`. At least one of `tls` and `secrets` is given, unless the Gateway is there already.
 */
export interface HttpsListenerProps extends GatewayListenerProps {
  /**
   * The certificate, in the namespace of the Gateway.
   *
   * @default - that of `secrets`
   */
  readonly tls?: Tls;

  /**
   * Further certificates, or some of other namespaces.
   *
   * @default - that of `tls`
   */
  readonly secrets?: GatewaySecret[];
}

/**
 * A port of a Gateway, for one host or all.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#listener
 */
export class GatewayListener {
  /** For HTTP. Wrong values are refused by the Gateway that is given the listener. */
  public static http(props: GatewayListenerProps = {}): GatewayListener {
    return new GatewayListener('HTTP', 80, Object(props), (what) => HTTP(what, props));
  }

  /** For HTTPS. Wrong values are refused by the Gateway that is given the listener. */
  public static https(props: HttpsListenerProps = {}): GatewayListener {
    return new GatewayListener('HTTPS', 443, Object(props), (what) => {
      const problems = HTTPS(what, props);
      return problems.length > 0 ? problems : certificateProblems(what, props);
    });
  }

  /**
   * For TLS that is not decrypted: connections go on to a Service by the name that clients ask for. Wrong values are refused by the
   * Gateway that is given the listener.
   */
  public static tlsPassthrough(props: GatewayListenerProps = {}): GatewayListener {
    return new GatewayListener('TLS', 443, Object(props), (what) => HTTP(what, props));
  }

  /** @internal */
  public readonly _hostname: string | undefined;

  /** @internal */
  public readonly _port: number;

  private constructor(
    /** @internal */
    public readonly _protocol: ListenerProtocol,
    usualPort: number,
    /** @internal */
    public readonly _props: HttpsListenerProps,
    /** @internal */
    public readonly _problems: (what: string) => Problems,
  ) {
    this._hostname = _props.hostname;
    this._port = _props.port ?? usualPort;
  }

  /** @internal */
  public get _name(): string {
    return this._props.name ?? listenerName(this._protocol, this._hostname, this._port);
  }

  /**
   * Whether something says where its certificate is.
   *
   * @internal
   */
  public get _hasCertificate(): boolean {
    return this._props.tls !== undefined || this._props.secrets !== undefined;
  }

  /** @internal */
  public get _text(): string {
    return `${this._name} (${this._protocol} ${this._port}${this._hostname === undefined ? '' : ` for ${this._hostname}`})`;
  }
}

/** The name of a listener that is given none. */
export function listenerName(protocol: ListenerProtocol, hostname: string | undefined, number: number): string {
  const usual = protocol === 'HTTP' ? 80 : 443;
  return [
    protocol.toLowerCase(),
    ...(number === usual ? [] : [String(number)]),
    ...(hostname === undefined ? [] : [hostname.replace(/^\*/, 'wildcard')]),
  ].join('-');
}

const COMMON: Readonly<Record<string, Check>> = {
  hostname: host,
  port,
  name: objectName,
  allowedNamespaces: allowedProblems,
};

const HTTP = fields(COMMON);

const HTTPS = fields({
  ...COMMON,
  tls: tlsProblems,
  secrets: listOf(fieldsWith(['name'], { name: objectName, namespace }), "[{ name: 'shop-tls' }]"),
});

function certificateProblems(what: string, { tls, hostname }: HttpsListenerProps): Problems {
  if (tls === undefined) {
    return [];
  }
  if (hostname !== undefined) {
    return tls._hostProblems(`${what}.hostname`, [hostname]);
  }
  return tls._needsHost ? [`${what}.hostname is missing; a certificate is made for a host`] : [];
}

/** What is wrong with a listener. */
export function listenerProblems(what: string, value: unknown): Problems {
  return value instanceof GatewayListener
    ? value._problems(what)
    : [`${what} is ${shown(value)}; give GatewayListener.http() or GatewayListener.https({ tls })`];
}
