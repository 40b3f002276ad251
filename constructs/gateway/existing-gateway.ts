import { fieldsWith, listOf } from '../fields';
import type { INamespace } from '../namespace';
import type { IPeer, Peer } from '../policy/peer';
import { peerProblems } from '../policy/problems';
import { flag, namespace, objectName, type Problems } from '../values';
import { type GatewayImplementation, implementationProblems } from './implementation';
import { GatewayListener, listenerProblems } from './listener';
import { Listeners } from './listeners';
import type { IGateway } from './props';

/** A Gateway that somebody else made. */
export interface ExistingGatewayProps {
  /** The name of the Gateway. */
  readonly name: string;

  /** The namespace of the Gateway. */
  readonly namespace: INamespace;

  /**
   * Its listeners as they are, without certificates. Routes are then checked against them at synth.
   *
   * @default - not known: nothing is checked, and nothing can be HTTPS only
   */
  readonly listeners?: GatewayListener[];

  /**
   * What serves the Gateway.
   *
   * @default - not known: only the core of the Gateway API is used, and closed namespaces refuse services that it exposes
   */
  readonly implementation?: GatewayImplementation;

  /**
   * The Pods that the Gateway's requests come from, which closed namespaces let in.
   *
   * @default - those of the `implementation`
   */
  readonly controller?: IPeer;

  /**
   * Whether something else than the NetworkPolicies of this app opens closed namespaces to the Gateway.
   *
   * @default false
   */
  readonly admittedElsewhere?: boolean;
}

/** A Gateway by its name. */
export class ExistingGateway implements IGateway {
  public readonly name: string;
  public readonly namespace: INamespace;
  public readonly implementation?: GatewayImplementation;
  public readonly peer?: Peer;

  /** @internal */
  public readonly _listeners: Listeners;

  /** @internal */
  public readonly _admittedElsewhere: boolean;

  constructor(props: ExistingGatewayProps) {
    const problems = PROPS('props', props);
    if (problems.length > 0) {
      throw new Error(`Gateway.existing: ${[...new Set(problems)].join('; ')}`);
    }
    const { name, listeners, implementation, controller, admittedElsewhere = false } = props;
    const place = { kind: 'Gateway', name, namespace: props.namespace.name } as const;
    this.name = name;
    this.namespace = props.namespace;
    this.implementation = implementation;
    this.peer = admittedElsewhere ? undefined : (controller?.peer ?? implementation?._peerOf(place));
    this._admittedElsewhere = admittedElsewhere;
    this._listeners = new Listeners(place, listeners === undefined, false);
    for (const listener of listeners ?? []) {
      const found = this._listeners.problemsOfAdding(listener);
      if (found.length > 0) {
        throw new Error(`Gateway.existing: ${found.join('; ')}`);
      }
      this._listeners.add(listener);
    }
  }
}

const PROPS = fieldsWith(['name', 'namespace'], {
  name: objectName,
  namespace,
  listeners: listOf(existingListenerProblems, '[GatewayListener.http()]'),
  implementation: implementationProblems,
  controller: peerProblems,
  admittedElsewhere: flag,
});

function existingListenerProblems(what: string, value: unknown): Problems {
  const problems = listenerProblems(what, value);
  return problems.length === 0 && value instanceof GatewayListener && value._hasCertificate
    ? [`${what} has a certificate; the Gateway is there already, leave it out`]
    : problems;
}
