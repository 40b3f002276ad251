import type { Construct } from 'constructs';
import { refuseOn } from '../refusal';
import { objectName } from '../values';
import { closuresOf } from './closed-namespaces';
import { addPolicy, type Policy } from './network-policy';
import type { Peer } from './peer';
import type { PolicyPort } from './policy-port';

/** A connection that is to be let through. */
export interface Connection {
  readonly from: Peer;
  readonly to: Peer;
  /** Left out, every port. */
  readonly ports?: readonly PolicyPort[];
  /** The namespace of the end that asks for it; nothing when no manifest names it. */
  readonly namespace: string | undefined;
  /** The name of the policy at the end that asks for it; left out, made from the two ends. */
  readonly name?: string;
  /** What it is for, in names that are made: what is said of the same two ends for something else stays apart. */
  readonly purpose?: string;
}

/** Writes the policy at the end that is connected to. From then on nothing but what policies allow reaches those Pods. */
export function letIn(scope: Construct, { from, to, ports, namespace, name, purpose }: Connection): void {
  const at = to._namespaceFrom(namespace);
  refuseOn(scope, from._placeProblems(at));
  addOnce(scope, {
    name: name ?? `${subject(to, at)}${allow(purpose)}-from-${from._nameFrom(at)}`,
    namespace: at,
    pods: to,
    ingress: [{ peers: [from], ports }],
  });
}

/** Writes the policy at the end that connects. From then on those Pods reach nothing but what policies allow. */
export function letOut(scope: Construct, { from, to, ports, namespace, name, purpose }: Connection): void {
  const at = from._namespaceFrom(namespace);
  refuseOn(scope, to._placeProblems(at));
  addOnce(scope, {
    name: name ?? `${subject(from, at)}${allow(purpose)}-to-${to._nameFrom(at)}`,
    namespace: at,
    pods: from,
    egress: [{ peers: [to], ports }],
  });
}

/** Lets the connection into the namespace at its other end, if something closes that one, now or later. */
export function letInIfClosed(scope: Construct, connection: Connection): void {
  const at = connection.to._namespaceFrom(connection.namespace);
  if (at !== undefined) {
    closuresOf(scope, at).each(() => letIn(scope, { ...connection, name: otherName(connection, 'ingress') }));
  }
}

/** Lets the connection out of the namespace at its other end, if something closes that for egress, now or later. */
export function letOutIfClosed(scope: Construct, connection: Connection): void {
  const at = connection.from._namespaceFrom(connection.namespace);
  if (at !== undefined) {
    closuresOf(scope, at).each(({ egress }) => {
      if (egress) {
        letOut(scope, { ...connection, name: otherName(connection, 'egress') });
      }
    });
  }
}

/** The name at the other end: a name that is given keeps apart what is said twice of the same two ends. */
function otherName({ name }: Connection, direction: 'ingress' | 'egress'): string | undefined {
  return name === undefined ? undefined : `${name}-${direction}`;
}

function allow(purpose: string | undefined): string {
  return purpose === undefined ? 'allow' : `allow-${purpose}`;
}

/** The Pods that a policy is about, at the beginning of its name; nothing when those are all of the namespace. */
function subject(pods: Peer, at: string | undefined): string {
  return pods._isNamespace ? '' : `${pods._nameFrom(at)}-`;
}

const WRITTEN = new WeakMap<Construct, Map<string, string>>();

/** Saying the same twice is saying it once; saying something else under the same name is a mistake. */
function addOnce(scope: Construct, policy: Policy): void {
  const { name, namespace, pods, ingress, egress } = policy;
  const [wrong] = objectName('the name of the NetworkPolicy', name);
  refuseOn(scope, wrong === undefined ? [] : [`${wrong}; give it a name`]);
  const rules = [...(ingress ?? []), ...(egress ?? [])].map(({ peers, ports }) => ({
    peers: peers.map((peer) => peer._meaning(namespace)),
    ports: ports?.map((port) => port._toJson()),
  }));
  const meaning = JSON.stringify([namespace, pods?._meaning(namespace), rules]);
  const written = WRITTEN.get(scope) ?? new Map<string, string>();
  WRITTEN.set(scope, written);
  const place = JSON.stringify([namespace, name]);
  const before = written.get(place);
  if (before === undefined) {
    written.set(place, meaning);
    addPolicy(scope, policy);
  } else if (before !== meaning) {
    refuseOn(scope, [`the NetworkPolicy "${name}" is there and says something else; give this one a name`]);
  }
}
