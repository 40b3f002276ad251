import { Chart, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import {
  GatewayClass,
  Gateway as GatewayObject,
  type GatewaySpecAllowedListeners,
  type GatewaySpecListeners,
} from '../../imports/gateway.networking.k8s.io';
import { madeOnce } from '../certificates/made-once';
import { clusterScoped } from '../cluster-scoped';
import type { INamespace } from '../namespace';
import type { Peer } from '../policy/peer';
import { refuse, refuseOn } from '../refusal';
import { ExistingGateway, type ExistingGatewayProps } from './existing-gateway';
import type { GatewayImplementation } from './implementation';
import { GatewayListener } from './listener';
import { type CertificatePlace, type GatewayPlace, Listeners } from './listeners';
import { ownListenerProblems, problemsOf } from './problems';
import type { GatewayProps, IGateway } from './props';
import { grantReference } from './reference-grant';

/**
 * A Gateway: where requests come in, for services that are exposed by `Exposure.gateway`.
 *
 * It adds the Gateway; on request the GatewayClass; and for certificates in Secrets of other namespaces a ReferenceGrant
 * there. Unless a listener says otherwise it takes routes of the Gateway's own namespace and of those services of the app
 * that it serves, and of no others.
 *
 * @throws Error when a setting is wrong; nothing is made then.
 * @see https://gateway-api.sigs.k8s.io/api-types/gateway/
 *
 * @example
 *
 *   const web = new Gateway(chart, 'web', {
 *     namespace: { name: 'infra' },
 *     implementation: GatewayImplementation.ENVOY_GATEWAY,
 *   });
 */
export class Gateway extends Construct implements IGateway {
  /**
   * A Gateway that somebody else made.
   *
   * @throws Error when a value is wrong.
   */
  public static existing(props: ExistingGatewayProps): IGateway {
    return new ExistingGateway(props);
  }

  public readonly name: string;
  public readonly namespace?: INamespace;
  public readonly implementation?: GatewayImplementation;
  public readonly peer?: Peer;

  /** The GatewayClass. */
  public readonly className: string;

  /** @internal */
  public readonly _listeners: Listeners;

  /** @internal */
  public readonly _admittedElsewhere: boolean;

  constructor(scope: Construct, id: string, props: GatewayProps) {
    refuse(scope, id, problemsOf(id, props));
    super(scope, id);
    const { implementation, listeners = [GatewayListener.http()], controller, admittedElsewhere = false } = props;
    this.name = props.name ?? id;
    this.namespace = props.namespace;
    this.implementation = implementation;
    this.className = props.className ?? String(implementation?.className);
    const place: GatewayPlace = {
      kind: 'Gateway',
      name: this.name,
      namespace: props.namespace?.name ?? Chart.of(this).namespace,
    };
    this._listeners = new Listeners(place, false, true, this);
    this._admittedElsewhere = admittedElsewhere;
    this.peer = admittedElsewhere ? undefined : (controller?.peer ?? implementation?._peerOf(place));
    if (props.createClass && implementation) {
      this.addClass(implementation);
    }
    new GatewayObject(this, 'gateway', {
      metadata: { name: this.name, namespace: props.namespace?.name, annotations: props.annotations },
      spec: {
        gatewayClassName: this.className,
        allowedListeners: Lazy.any({
          produce: () => allowedSets(this._listeners),
        }) as unknown as GatewaySpecAllowedListeners,
        listeners: Lazy.any({ produce: () => this._listeners.toJson() }) as unknown as GatewaySpecListeners[],
      },
    });
    for (const listener of listeners) {
      standListener(this, this._listeners, this.namespace, listener);
    }
  }

  /**
   * Listens for something more.
   *
   * @throws Error when the listener is wrong, or one for the same port and host is there already.
   */
  public addListener(listener: GatewayListener): void {
    const problems = ownListenerProblems('the listener', listener);
    refuseOn(this, problems.length > 0 ? problems : this._listeners.problemsOfAdding(listener));
    standListener(this, this._listeners, this.namespace, listener);
  }

  private addClass({ controllerName }: GatewayImplementation): void {
    const name = this.className;
    madeOnce(this, { kind: 'GatewayClass', name, place: 'cluster', meaning: controllerName }, () => {
      clusterScoped(new GatewayClass(this, 'class', { metadata: { name }, spec: { controllerName } }));
    });
  }
}

function allowedSets(listeners: Listeners) {
  const namespaces = listeners.setsToJson();
  return namespaces && { namespaces };
}

/** Adds a listener with its certificates, and the permissions to refer to them. */
export function standListener(
  scope: Construct,
  listeners: Listeners,
  namespace: INamespace | undefined,
  listener: GatewayListener,
): void {
  const { tls, secrets = [] } = listener._props;
  const { name, namespace: ownName } = listeners.place;
  const hosts = listener._hostname === undefined ? [] : [listener._hostname];
  const id = `${listener._name}-certificate`;
  const made = tls?._secretFor({ scope, id, name, namespace, hosts });
  const certificates: CertificatePlace[] = [
    ...(made === undefined ? [] : [{ name: made, namespace: ownName }]),
    ...secrets.map((secret) => ({ name: secret.name, namespace: secret.namespace?.name ?? ownName })),
  ];
  listeners.add(listener, certificates);
  for (const certificate of certificates) {
    grantCertificate(scope, listeners, certificate);
  }
}

/** Lets a Gateway refer to a certificate of another namespace. */
export function grantCertificate(scope: Construct, { place }: Listeners, { name, namespace }: CertificatePlace): void {
  if (namespace !== undefined && place.namespace !== undefined && namespace !== place.namespace) {
    grantReference(scope, {
      from: { kind: place.kind, namespace: place.namespace },
      to: { kind: 'Secret', namespace, name },
    });
  }
}
