import { Chart, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import {
  GatewayClass,
  Gateway as GatewayObject,
  type GatewaySpecListeners,
} from '../../imports/gateway.networking.k8s.io';
import { madeOnce } from '../certificates/made-once';
import { clusterScoped } from '../cluster-scoped';
import { fields, listOf } from '../fields';
import type { INamespace } from '../namespace';
import type { IPeer, Peer } from '../policy/peer';
import { peerProblems } from '../policy/problems';
import { refuse, refuseOn } from '../refusal';
import { annotations, flag, namespace, objectName, type Problems, record, shown } from '../values';
import { ExistingGateway, type ExistingGatewayProps } from './existing-gateway';
import { type GatewayImplementation, implementationProblems } from './implementation';
import { GatewayListener, listenerProblems } from './listener';
import { type CertificatePlace, Listeners } from './listeners';
import { grantReference } from './reference-grant';

/** A Gateway that services are exposed by: a `Gateway`, or what `Gateway.existing` gives. */
export interface IGateway {
  /** The name of the Gateway. */
  readonly name: string;

  /** The namespace of the Gateway; nothing when it is that of the chart. */
  readonly namespace?: INamespace;

  /** What serves it; nothing when it is not known, and only the core of the Gateway API can be counted on. */
  readonly implementation?: GatewayImplementation;

  /** The Pods that its requests come from; nothing when no NetworkPolicy can tell them. */
  readonly peer?: Peer;

  /** @internal */
  readonly _listeners: Listeners;

  /** @internal */
  readonly _admittedElsewhere: boolean;
}

/** Settings of a `Gateway`. At least one of `className` and `implementation` is given. */
export interface GatewayProps {
  /**
   * The GatewayClass.
   *
   * @default - the one that the `implementation` brings
   */
  readonly className?: string;

  /**
   * What serves the Gateway: which Pods closed namespaces let in, and what may be asked of it beyond the core of the Gateway
   * API.
   *
   * @default - not known: only the core is used, and closed namespaces refuse services that the Gateway exposes
   */
  readonly implementation?: GatewayImplementation;

  /**
   * What is listened for. `Exposure.gateway` with `tls` adds a listener for its host.
   *
   * @default [GatewayListener.http()]
   */
  readonly listeners?: GatewayListener[];

  /**
   * The name of the Gateway, at most 63 characters: its Pods carry it as a label.
   *
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * The namespace. Routes of other namespaces can only name a Gateway whose namespace the manifests name.
   *
   * @default - that of the chart
   */
  readonly namespace?: INamespace;

  /**
   * Annotations of the Gateway.
   *
   * @default - none
   */
  readonly annotations?: { readonly [key: string]: string };

  /**
   * Whether the GatewayClass is made too, once for all Gateways of the app. Most implementations bring theirs.
   *
   * @default false
   */
  readonly createClass?: boolean;

  /**
   * The Pods that the Gateway's requests come from, which closed namespaces let in.
   *
   * @default - those of the `implementation`
   */
  readonly controller?: IPeer;

  /**
   * Whether something else than the NetworkPolicies of this app opens closed namespaces to the Gateway, such as a
   * CiliumNetworkPolicy.
   *
   * @default false
   */
  readonly admittedElsewhere?: boolean;
}

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
    const place = { name: this.name, namespace: props.namespace?.name ?? Chart.of(this).namespace };
    this._listeners = new Listeners(place, false, true);
    this._admittedElsewhere = admittedElsewhere;
    this.peer = admittedElsewhere ? undefined : (controller?.peer ?? implementation?._peerOf(place));
    if (props.createClass && implementation) {
      this.addClass(implementation);
    }
    new GatewayObject(this, 'gateway', {
      metadata: { name: this.name, namespace: props.namespace?.name, annotations: props.annotations },
      spec: {
        gatewayClassName: this.className,
        listeners: Lazy.any({ produce: () => this._listeners.toJson() }) as unknown as GatewaySpecListeners[],
      },
    });
    for (const listener of listeners) {
      this.add(listener);
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
    this.add(listener);
  }

  private add(listener: GatewayListener): void {
    const { tls, secrets = [] } = listener._props;
    const { name, namespace: ownName } = this._listeners.place;
    const { namespace, _listeners } = this;
    const hosts = listener._hostname === undefined ? [] : [listener._hostname];
    const id = `${listener._name}-certificate`;
    const made = tls?.secretFor({ scope: this, id, name, namespace, hosts });
    const certificates: CertificatePlace[] = [
      ...(made === undefined ? [] : [{ name: made, namespace: ownName }]),
      ...secrets.map((secret) => ({ name: secret.name, namespace: secret.namespace?.name ?? ownName })),
    ];
    _listeners.add(listener, certificates);
    for (const certificate of certificates) {
      grantCertificate(this, _listeners, certificate);
    }
  }

  private addClass({ controllerName }: GatewayImplementation): void {
    const name = this.className;
    madeOnce(this, { kind: 'GatewayClass', name, place: 'cluster', meaning: controllerName }, () => {
      clusterScoped(new GatewayClass(this, 'class', { metadata: { name }, spec: { controllerName } }));
    });
  }
}

/** Lets a Gateway refer to a certificate of another namespace. */
export function grantCertificate(scope: Construct, { place }: Listeners, { name, namespace }: CertificatePlace): void {
  if (namespace !== undefined && place.namespace !== undefined && namespace !== place.namespace) {
    grantReference(scope, {
      from: { kind: 'Gateway', namespace: place.namespace },
      to: { kind: 'Secret', namespace, name },
    });
  }
}

const PROPS = fields({
  className: objectName,
  implementation: implementationProblems,
  listeners: listOf(ownListenerProblems, '[GatewayListener.http()]'),
  name: gatewayName,
  namespace,
  annotations: (what, value) => {
    const problems = record(what, value);
    return problems.length > 0 ? problems : annotations(what, value as Record<string, unknown>);
  },
  createClass: flag,
  controller: peerProblems,
  admittedElsewhere: flag,
});

/** What is wrong with the settings of a Gateway; `id` is the name when there is none. */
function problemsOf(id: string, props: GatewayProps): Problems {
  const problems = PROPS('', props);
  if (problems.length > 0) {
    return problems;
  }
  const { className, implementation, createClass, admittedElsewhere, controller, listeners = [] } = props;
  const others = new Listeners({ name: props.name ?? id, namespace: undefined }, false, true);
  return [
    ...(props.name === undefined ? gatewayName('the name, taken from the id,', id) : []),
    ...(className === undefined && implementation?.className === undefined
      ? ['className is missing; give it, or an implementation that brings one']
      : []),
    ...(createClass && implementation === undefined
      ? ['createClass is true; give the implementation whose class is made']
      : []),
    ...(admittedElsewhere && controller !== undefined
      ? ['admittedElsewhere and controller are given; leave one out']
      : []),
    ...listeners.flatMap((listener) => {
      const found = others.problemsOfAdding(listener);
      others.add(listener);
      return found;
    }),
  ];
}

/** What is wrong with the name of a Gateway. */
export function gatewayName(what: string, value: unknown): Problems {
  const problems = objectName(what, value);
  return problems.length === 0 && String(value).length > 63
    ? [`${what} is ${shown(value)}; use at most 63 characters, since the Gateway's Pods carry it as a label`]
    : problems;
}

function ownListenerProblems(what: string, value: unknown): Problems {
  const problems = listenerProblems(what, value);
  return problems.length === 0 &&
    value instanceof GatewayListener &&
    value._protocol === 'HTTPS' &&
    !value._hasCertificate
    ? [`${what} has no certificate; give GatewayListener.https tls or secrets`]
    : problems;
}
