import { Chart, Lazy } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { ListenerSet, type ListenerSetSpecListeners } from '../../imports/gateway.networking.k8s.io';
import { claimsOn } from '../claims';
import { gatewayProblems } from '../exposure/gateway-end';
import { fieldsWith, listOf, recordOf } from '../fields';
import type { INamespace } from '../namespace';
import type { Peer } from '../policy/peer';
import { refuse, refuseOn } from '../refusal';
import { annotations, namespace, objectName, type Problems } from '../values';
import { GatewayFeature } from './feature';
import { standListener } from './gateway';
import { placeOf } from './gateway-route';
import { type GatewayImplementation, lackProblems } from './implementation';
import type { GatewayListener } from './listener';
import { Listeners } from './listeners';
import { ownListenerProblems } from './problems';
import type { IGateway } from './props';
import { GATEWAY_GROUP } from './reference-grant';

/** Settings of a `GatewayListenerSet`. */
export interface GatewayListenerSetProps {
  /**
   * The Gateway that the listeners are added to. One of this app takes them; one that somebody else made has to allow ListenerSets of
   * the namespace, by `allowedListeners`. Its implementation has to have ListenerSets.
   */
  readonly gateway: IGateway;

  /** What is listened for, at least one. `Exposure.gateway` with `tls` adds a listener for its host. */
  readonly listeners: GatewayListener[];

  /**
   * The name of the ListenerSet.
   *
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * The namespace.
   *
   * @default - that of the chart
   */
  readonly namespace?: INamespace;

  /**
   * Annotations of the ListenerSet.
   *
   * @default - none
   */
  readonly annotations?: { readonly [key: string]: string };
}

/**
 * Listeners that are added to a Gateway from beside the services that need them, with their certificates: a ListenerSet. Services are
 * exposed by it as by a Gateway.
 *
 * A Gateway of this app is told to take the set. Unless a listener says otherwise it takes routes of the set's own namespace and of those
 * services of the app that it serves.
 *
 * @throws Error when a setting is wrong; nothing is made then. Synthesis fails where the Gateway, or another set, listens for the same
 * already.
 * @see https://gateway-api.sigs.k8s.io/geps/gep-1713/
 *
 * @example
 *
 *   const listeners = new GatewayListenerSet(chart, 'shop', {
 *     gateway: web,
 *     listeners: [GatewayListener.https({ hostname: 'shop.example.com', tls: Tls.secret('shop-tls') })],
 *   });
 */
export class GatewayListenerSet extends Construct implements IGateway {
  public readonly name: string;
  public readonly namespace?: INamespace;
  public readonly implementation?: GatewayImplementation;
  public readonly peer?: Peer;

  /** @internal */
  public readonly _listeners: Listeners;

  /** @internal */
  public readonly _admittedElsewhere: boolean;

  constructor(scope: Construct, id: string, props: GatewayListenerSetProps) {
    refuse(scope, id, problemsOf(scope, id, props));
    super(scope, id);
    const { gateway, listeners } = props;
    const { _listeners: parent } = gateway;
    this.name = props.name ?? id;
    this.namespace = props.namespace;
    this.implementation = gateway.implementation;
    this.peer = gateway.peer;
    this._admittedElsewhere = gateway._admittedElsewhere;
    const own = props.namespace?.name ?? Chart.of(this).namespace;
    this._listeners = new Listeners({ kind: 'ListenerSet', name: this.name, namespace: own }, false, true, this);
    parent.join(this._listeners, this);
    new ListenerSet(this, 'listeners', {
      metadata: { name: this.name, namespace: props.namespace?.name, annotations: props.annotations },
      spec: {
        parentRef: {
          group: GATEWAY_GROUP,
          kind: 'Gateway',
          name: parent.place.name,
          namespace: parent.place.namespace,
        },
        listeners: Lazy.any({ produce: () => this._listeners.toJson() }) as unknown as ListenerSetSpecListeners[],
      },
    });
    for (const listener of listeners) {
      standListener(this, this._listeners, props.namespace, listener);
    }
    const sets = claimsOn(this, ['listener-sets', ...placeOf(this, parent)]);
    sets.add(this);
    this.node.addValidation({
      validate: () => parent.conflictsOf(this._listeners, this, [...sets].filter(isListenerSet).map(listenersOf)),
    });
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
}

function isListenerSet(one: IConstruct): one is GatewayListenerSet {
  return one instanceof GatewayListenerSet;
}

function listenersOf({ _listeners }: GatewayListenerSet): Listeners {
  return _listeners;
}

const PROPS = fieldsWith(['gateway', 'listeners'], {
  gateway: gatewayProblems,
  listeners: listOf(ownListenerProblems, '[GatewayListener.http()]'),
  name: objectName,
  namespace,
  annotations: recordOf(annotations),
});

function problemsOf(scope: Construct, id: string, props: GatewayListenerSetProps): Problems {
  const problems = PROPS('', props);
  if (problems.length > 0) {
    return problems;
  }
  const { gateway, listeners } = props;
  const { place, text } = gateway._listeners;
  const own = props.namespace?.name ?? Chart.of(scope).namespace;
  const others = new Listeners({ kind: 'ListenerSet', name: props.name ?? id, namespace: own }, false, true);
  return [
    ...(props.name === undefined ? objectName('the name, taken from the id,', id) : []),
    ...(place.kind === 'ListenerSet' ? [`gateway is ${text}; give the Gateway that it belongs to`] : []),
    ...lackProblems('gateway', gateway.implementation, GatewayFeature.LISTENER_SET),
    ...((place.namespace === undefined) === (own === undefined)
      ? []
      : [`${text} and the set are not both in namespaces that the manifests name; give both one`]),
    ...listeners.flatMap((listener) => {
      const found = others.problemsOfAdding(listener);
      others.add(listener);
      return found;
    }),
  ];
}
