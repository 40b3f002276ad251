import type { Source } from '../manifest';
import type { AddressRange } from './addresses';
import type { Held } from './blocks';
import type { PortSet } from './engine/port-sets';
import type { Balancer } from './exposure/balancers';
import type { GatewayName, Implementation } from './exposure/implementations';
import type { Workload } from './peer';
import type { Protocol } from './ports';
import { matches, type Selector } from './selector';
import type { Via } from './types';

/** A pod as policies see it: of one made from a template, what the template says. */
export interface Pod {
  readonly namespace: string;
  readonly labels: ReadonlyMap<string, string>;
  /** The numbers behind a protocol and a name, e.g. of `TCP/http`. */
  readonly namedPorts: ReadonlyMap<string, PortSet>;
  /** By the same keys, the one number to which a Service leads that has the name as its `targetPort`. */
  readonly targetPorts: ReadonlyMap<string, number>;
  /** Every port that a container declares, e.g. `TCP/8080`. A pod may listen on others as well. */
  readonly listens: ReadonlySet<string>;
  /** On the network of its node, where no policy selects it and no selector matches it as a peer. */
  readonly onNode: boolean;
  /** Whether it is a proxy of Cilium, which has an identity of its own to policies of Cilium, and is its node to others. */
  readonly isProxy?: boolean;
  /** The name of its service account, where its manifest tells. */
  readonly serviceAccount?: string | undefined;
  /** Its own addresses, or those of its node if it is on the network of that, where a manifest tells them. */
  readonly addresses?: readonly bigint[] | undefined;
  /** The node that it runs on, where a manifest tells. */
  readonly nodeName?: string | undefined;
  /** The blocks of rules that hold it; left out where none does. */
  readonly held?: Held | undefined;
  /** The further networks that it asks for; left out where there are none. */
  readonly networks?: readonly string[] | undefined;
  /** What an ingress controller serves; `undefined` for a pod that is none. */
  readonly serves?: Served | undefined;
}

/** Which Ingresses an ingress controller serves. */
export interface Served {
  /** What an IngressClass of this controller names as its controller. */
  readonly controllerClass: string;
  /** The class that it serves without an IngressClass. */
  readonly ingressClass: string;
}

/** A workload with its pods, which differ only where several manifests tell of it. */
export interface PodOwner {
  readonly workload: Workload;
  readonly pods: readonly Pod[];
}

/** The kinds of routes of the Gateway API. */
export type RouteKind = 'GRPCRoute' | 'HTTPRoute' | 'TCPRoute' | 'TLSRoute' | 'UDPRoute';

/** A way from something that leads into the cluster to a Service. */
export interface Backend {
  readonly via: Via;
  readonly source: Source;
  /** The name of the IngressClass; left out where the Ingress names none. */
  readonly className?: string | undefined;
  /** The Gateway to which a route is attached; left out for what is none. */
  readonly gateway?: ServingGateway;
  /** How a Service that is open to the outside itself is reached. */
  readonly outside?: OutsideService;
  readonly host: string | null;
  readonly path: string | null;
  readonly namespace: string;
  /** The name of the Service. */
  readonly service: string;
  /** The number or name of the port of the Service, or the number that it has at the pods; left out, the first. */
  readonly port: number | string | { readonly target: number } | undefined;
  /** Of several ports with one number, which is meant. */
  readonly protocol: Protocol;
  /** Why nobody knows whether requests may go there; left out where somebody does. */
  readonly unsure?: string | undefined;
  /** Why requests may not go there; left out where they may. */
  readonly refused?: string | undefined;
}

/** A Gateway, and who serves it, as far as its class tells. */
export interface ServingGateway extends GatewayName {
  readonly implementation: Implementation | undefined;
  readonly balancer?: Balancer | undefined;
}

/** From where a Service of type LoadBalancer or NodePort is reached. */
export interface OutsideService {
  /** In words: `NodePort`, or `LoadBalancer from 203.0.113.0/24` with the blocks that it lets in. */
  readonly by: string;
  /** `loadBalancerSourceRanges`; left out for all. */
  readonly ranges?: readonly AddressRange[] | undefined;
  /** Whether pods see the addresses of clients. */
  readonly keepsClients: boolean;
}

/** A Service; one that selects no pods by labels says why nobody knows where it leads. */
export interface Service {
  readonly elsewhere?: string | undefined;
  readonly namespace: string;
  readonly name: string;
  readonly selector: ReadonlyMap<string, string>;
  readonly ports: readonly ServicePort[];
}

export interface ServicePort {
  readonly name: string | undefined;
  readonly port: number;
  readonly protocol: Protocol;
  /** The number of the pods' port, or its name. */
  readonly target: number | string;
}

/** An IngressClass. */
export interface IngressClass {
  readonly name: string;
  readonly controller: string;
  readonly isDefault: boolean;
}

/** The key of a named port: names are looked up per protocol. */
export function portKey(protocol: Protocol, name: string): string {
  return `${protocol}/${name}`;
}

/** The ports of a rule: numbers, and names that the pod at the receiving end gives numbers to. */
export interface PortSpec {
  readonly numbers: PortSet;
  /** As `portKey` writes them. */
  readonly names: readonly string[];
}

/** Peers that are pods: those that `pods` selects in the namespaces that `namespaces` selects. */
export interface PodPeer {
  /** `own` is the namespace of the policy. */
  readonly namespaces: Selector | 'own';
  readonly pods: Selector;
  /** The place in `from` or `to`, from 0; left out for a policy that has no such lists. */
  readonly item?: number;
}

/** An `ipBlock` of a rule, as it is written. */
export interface Block {
  /** The place in `from` or `to`, from 0. */
  readonly item: number;
  readonly cidr: string;
  readonly except: readonly string[];
  readonly addresses: readonly AddressRange[];
}

/** One rule of a policy. */
export interface Rule {
  /** The place of the rule in its list, from 0. */
  readonly index: number;
  /** A rule without peers means everybody: pods, nodes and addresses outside. */
  readonly everybody: boolean;
  readonly pods: readonly PodPeer[];
  readonly addresses: readonly AddressRange[];
  /** The number of these addresses, by which pods are known to be among them; left out where there are none. */
  readonly block?: number | undefined;
  /** The same addresses by the peers that name them; left out for a policy that has no such peers. */
  readonly blocks?: readonly Block[];
  readonly ports: PortSpec;
  /** Whom the rule may match or not, which manifests cannot tell; left out where there is nobody. */
  readonly doubtful?: Doubtful | undefined;
}

/** Peers of whom nobody knows whether a rule matches them. */
export interface Doubtful extends Pick<Rule, 'everybody' | 'pods' | 'addresses' | 'block'> {
  /** What it hangs on, in words: `domainNames`. */
  readonly why: string;
}

/** A NetworkPolicy with its odd cases settled. */
export interface Policy {
  readonly namespace: string;
  readonly name: string;
  readonly source: Source;
  readonly selector: Selector;
  /** The rules of each direction in which the policy isolates pods; `undefined` where it does not. */
  readonly ingress: readonly Rule[] | undefined;
  readonly egress: readonly Rule[] | undefined;
}

export type Direction = 'ingress' | 'egress';

/** The labels of namespaces by name; those that are not here have the one label that Kubernetes gives to each. */
export type NamespaceLabels = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** The labels of a namespace. */
export function labelsOfNamespace(namespaces: NamespaceLabels, name: string): ReadonlyMap<string, string> {
  return namespaces.get(name) ?? new Map([[NAME_LABEL, name]]);
}

/** @see https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-metadata-name */
export const NAME_LABEL = 'kubernetes.io/metadata.name';

/** Whether a policy selects a pod, in whichever direction. */
export function selects(policy: Policy, pod: Pod): boolean {
  return !pod.onNode && policy.namespace === pod.namespace && matches(policy.selector, pod.labels);
}

/** Whether the addresses of a rule hold a pod: by its node, or by itself where blocks match pods. */
export function isHeld({ block }: Pick<Rule, 'block'>, { held }: Pick<Pod, 'held'>): boolean {
  return block !== undefined && held?.sure.has(block) === true;
}

/** Whether nobody knows if the addresses of a rule hold a pod. */
export function isDoubtful({ block }: Pick<Rule, 'block'>, { held }: Pick<Pod, 'held'>): boolean {
  return block !== undefined && held?.doubtful.has(block) === true;
}

/** Whether a pod is a peer of a rule. */
export function isPeer(peer: PodPeer, ownNamespace: string, pod: Pod, namespaces: NamespaceLabels): boolean {
  return (
    !pod.onNode &&
    (peer.namespaces === 'own'
      ? pod.namespace === ownNamespace
      : matches(peer.namespaces, labelsOfNamespace(namespaces, pod.namespace))) &&
    matches(peer.pods, pod.labels)
  );
}
