import { deliveredManifests } from '../../delivery/deliveries';
import { distinct, type Manifest, manifestsOf } from '../../manifest';
import { GATEWAY_GROUP } from '../../routing/gateway-api/objects';
import { Blocks, type HeldPods } from '../blocks';
import { PortSets } from '../engine/port-sets';
import { policyText } from '../explanation';
import { OPENSHIFT_INGRESS_LABELS, OPENSHIFT_ROUTER } from '../exposure/ingress-controllers';
import {
  type Backend,
  type IngressClass,
  NAME_LABEL,
  type NamespaceLabels,
  type Pod,
  type PodOwner,
  type Policy,
  portKey,
  type Rule,
  type Service,
} from '../model';
import {
  aboutNodesNote,
  type DoubtfulBlocks,
  foreignNote,
  generatedLabelNotes,
  hostNote,
  missingPodsNote,
  missingTemplateNote,
  nodeSelectorNote,
  onForwardNote,
  unknownAddressNotes,
} from '../notes';
import { NODE } from '../peer';
import { tierNotes } from '../tier-notes';
import { areEqual, inOrder, type OrderedPolicy } from '../tiers';
import type { ClusterInput, ClusterOptions, Doubt, Note } from '../types';
import { isCalico, isCalicoPolicy, readCalico } from './calico/calico';
import { isCilium, readCilium } from './cilium/cilium';
import { Field, type Problems } from './field';
import { foreignKind } from './foreign';
import { readIngress, readIngressClass } from './ingress';
import { readLabels } from './labels';
import { readBlock, readNodes } from './nodes';
import { isOpenshiftRoute, readOpenshiftRoute } from './openshift-route';
import { isOperated, type MissingPods, missingPods } from './operators';
import { askedNetworks, withNetworks } from './others/networks';
import { otherPolicies } from './others/others';
import { readOutside } from './outside';
import { isLink, isWorkload } from './owners';
import type { PodContext, Unnumbered } from './pod';
import { readPolicy } from './policy';
import { checkPortNumber } from './ports';
import { readRoutes } from './routes';
import { readService } from './service';
import { isAdminPolicy, readAdminPolicy } from './tiers/admin';
import { doubtingPeers, doubtingSubject, UnknownLabels } from './unknown-labels';
import { readWorkloads, usesHostNetwork, workloadKey, workloadRef } from './workloads';

/** Everything that connectivity needs of manifests, checked. */
export interface Model {
  readonly owners: readonly PodOwner[];
  readonly policies: readonly Policy[];
  /** Policies of other tiers, in the order in which they are asked. */
  readonly ordered: readonly OrderedPolicy[];
  readonly namespaces: NamespaceLabels;
  readonly sets: PortSets;
  readonly problems: Problems;
  readonly notes: readonly Note[];
  readonly backends: readonly Backend[];
  readonly services: readonly Service[];
  readonly classes: readonly IngressClass[];
  /** Whether an ipBlock matches pods under plugins that let it, or may match those of which no manifest tells the address. */
  readonly heldPods: HeldPods;
  /** Whether there are addresses in rules, and whether they are taken to match pods. */
  readonly hasBlocks: boolean;
  readonly blocksMatchPods: boolean;
  /** Why there are rules of which nobody knows whether they match; empty where there are none. */
  readonly doubts: readonly Reason[];
  /** Policies of nodes, which are not evaluated and may close what pods on the network of a node have, in words. */
  readonly ofNodes: readonly string[];
  /** Policies that apply to the proxies of Cilium too, which are not evaluated for these, in words. */
  readonly ofProxies: readonly string[];
  /** A pod that no manifest shows as policies see it: with the labels that Calico adds, and the blocks that hold it. */
  placed(pod: Pod): Pod;
  /**
   * The namespace and service account of a pod at one end of a connection, where policies ask for their labels and no manifest shows
   * them: `Namespace shop`.
   */
  unknownOf(pod: Pod, end: 'from' | 'to'): readonly string[];
  /** Any pod, as far as blocks know it. */
  readonly anyPod: Pod;
}

/** Why nobody knows whether a rule matches, whatever an ipBlock is. */
type Reason = Exclude<Doubt['hangsOn'][number], 'ip-blocks'>;

/** What is known of pods that nobody has written down. */
const UNKNOWN: Omit<Pod, 'onNode'> = {
  namespace: NODE.namespace,
  labels: new Map(),
  namedPorts: new Map(),
  targetPorts: new Map(),
  listens: new Set(),
};

/** What stands for a node of which nothing is known but that it is one. */
const ANY_NODE: PodOwner = {
  workload: NODE,
  pods: [{ ...UNKNOWN, onNode: true }],
};

/** The group of policies and Ingresses. */
const GROUP = 'networking.k8s.io';

/** How manifests are read. */
export interface ReadOptions extends ClusterOptions {
  /** Whether selectors that ask for labels that no manifest shows are in doubt; left out, there are no such labels. */
  readonly doubtsLabels?: boolean;
}

/** Reads what decides who can connect to whom. */
export function readModel(
  input: ClusterInput,
  {
    hostNetwork = 'node',
    nodes = [],
    pods = [],
    ipBlocks = 'outside',
    node = false,
    otherPolicies: others = 'doubt',
    doubtsLabels = false,
  }: ReadOptions,
): Model {
  const problems: Problems = [...(input.problems ?? [])];
  const hasCalico = input.manifests.some(isCalicoPolicy);
  const { manifests, problems: duplicates } = distinct(
    deliveredManifests(input.manifests).filter(
      (manifest) =>
        isWorkload(manifest) ||
        isLink(manifest) ||
        isOperated(manifest) ||
        isRead(manifest) ||
        isAdminPolicy(manifest) ||
        isCalico(manifest) ||
        isCilium(manifest) ||
        (hasCalico && manifest.group === '' && manifest.kind === 'ServiceAccount') ||
        isForeign(manifest),
    ),
  );
  problems.push(...duplicates);
  const sets = new PortSets();
  const workloads = manifests.filter(isWorkload);
  const of = (wanted: string, inGroup = GROUP) =>
    manifests.filter(({ group, kind }) => group === inGroup && kind === wanted);
  const context: PodContext = { sets, hostIsNode: hostNetwork === 'node', unnumbered: [] };
  const read = [
    ...readWorkloads([...workloads, ...manifests.filter(isLink)], context, problems),
    ...(node ? [ANY_NODE] : []),
  ];
  const ofNodes = readNodes(of('Node', ''), nodes);
  const blocks = new Blocks({
    nodes: ofNodes,
    pods: pods.map((text) => readBlock('pods', text)),
    ipBlocks,
  });
  const policies = of('NetworkPolicy')
    .map((manifest) => readPolicy(manifest, sets, problems))
    .map((policy) => withBlocks(policy, blocks))
    .map((policy) => (doubtsLabels ? doubtingPeers(policy) : policy));
  const serviceManifests = of('Service', '');
  const selecting = serviceManifests.map((manifest) => readService(manifest, problems));
  const routers = manifests.filter(isOpenshiftRoute);
  const namespaces = readNamespaces(of('Namespace', ''), routers.length > 0, problems);
  const unknown = new UnknownLabels(
    namespaces,
    manifests.filter(({ group, kind }) => group === '' && kind === 'ServiceAccount'),
  );
  const doubtful = (some: readonly OrderedPolicy[]) => inOrder(doubtsLabels ? some.flatMap(doubtingSubject) : some);
  const missing = missingPods(manifests, { owners: read, policies, services: selecting, namespaces });
  const services = selecting.map((service) => withMissing(service, missing));
  const calico = readCalico({ manifests, namespaces, services: selecting, portSets: sets, blocks }, problems);
  const admin = manifests
    .filter(isAdminPolicy)
    .map((manifest) => readAdminPolicy(manifest, sets, problems))
    .map((policy) => withBlocks(policy, blocks));
  const cilium = readCilium({ manifests, owners: read, nodes: ofNodes, services: selecting, sets }, problems);
  const evaluated = doubtful([...admin, ...calico.policies, ...cilium.policies]);
  const foreign = [...manifests.filter(isForeign), ...askedNetworks(workloads, manifests)];
  const isDoubting = others === 'doubt' && foreign.length > 0;
  const ordered = isDoubting ? inOrder([...doubtful(foreign.flatMap(otherPolicies)), ...evaluated]) : evaluated;
  checkUnnumbered(context.unnumbered, [...policies, ...evaluated], services);
  const labelled = (pod: Pod) => cilium.labelled(calico.labelled(isDoubting ? withNetworks(pod) : pod));
  const placed = (pod: Pod) => blocks.placed(doubtsLabels ? unknown.marked(labelled(pod)) : labelled(pod));
  const owners = read.map((owner) => ({ ...owner, pods: owner.pods.map(placed) }));
  const unknownBlocks = doubtfulBlocks(owners);
  const unknownOf = unknown.askedBy([...policies, ...ordered]);
  const known = new Set(workloads.map(workloadKey));
  return {
    owners,
    placed,
    unknownOf,
    anyPod: blocks.placed({ ...UNKNOWN, onNode: false }),
    policies,
    ordered,
    namespaces,
    sets,
    problems,
    notes: [
      ...workloads.filter((manifest) => context.hostIsNode && usesHostNetwork(manifest)).map(hostNote),
      ...foreign.map(foreignNote),
      ...calico.aboutNodes.map(aboutNodesNote),
      ...cilium.aboutNodes.map(nodeSelectorNote),
      ...calico.onForward.map(onForwardNote),
      ...[...policies, ...evaluated].flatMap((policy) => unknownAddressNotes(policy, unknownBlocks)),
      ...policies.flatMap(generatedLabelNotes),
      ...tierNotes({ owners, ordered: evaluated, namespaces, sets }),
      ...missing.map(missingPodsNote),
      ...workloads.flatMap((manifest) => {
        const reference = workloadRef(manifest);
        return reference === undefined || known.has(workloadKey(reference))
          ? []
          : [missingTemplateNote(manifest, reference)];
      }),
    ],
    backends: [
      ...of('Ingress').flatMap((manifest) => readIngress(manifest, problems)),
      ...readRoutes(manifests, problems),
      ...routers.flatMap((manifest) => readOpenshiftRoute(manifest, problems)),
      ...serviceManifests.flatMap((manifest, index) => readOutside(manifest, services[index] as Service, problems)),
    ],
    services,
    classes: of('IngressClass').map(readIngressClass),
    heldPods: blocks.heldPods(read),
    hasBlocks: blocks.all.length > 0,
    blocksMatchPods: ipBlocks === 'everywhere',
    doubts: [
      ...(['nodes', 'pods'] as const).filter((whose) => unknownBlocks[whose].size > 0),
      ...(owners.some(({ pods }) => pods.some((pod) => unknownOf(pod, 'from').length + unknownOf(pod, 'to').length > 0))
        ? ['labels' as const]
        : []),
      ...doubtsOf(evaluated, owners),
      ...(ordered.length > evaluated.length ? ['other-policies' as const] : []),
    ],
    ofProxies: cilium.aboutProxies.map(policyText),
    ofNodes:
      others === 'doubt'
        ? [
            ...foreign.filter((manifest) => foreignKind(manifest)?.isAboutNodes),
            ...calico.aboutNodes,
            ...cilium.aboutNodes,
          ].map(policyText)
        : [],
  };
}

/** Reports named ports of containers without a number: an answer rests on those that a policy or Service names. */
function checkUnnumbered(
  unnumbered: readonly Unnumbered[],
  policies: readonly (Policy | OrderedPolicy)[],
  services: readonly Service[],
): void {
  const rules = (unnumbered.length === 0 ? [] : policies).flatMap(({ ingress = [], egress = [] }): readonly Rule[] => [
    ...ingress,
    ...egress,
  ]);
  const named = new Set([
    ...rules.flatMap(({ ports }) => ports.names),
    ...services.flatMap(({ ports }) => ports.map(({ protocol, target }) => portKey(protocol, String(target)))),
  ]);
  for (const { key, number } of unnumbered) {
    checkPortNumber(number, named.has(key) ? 'error' : 'tolerable');
  }
}

/** The blocks of which nobody knows whether they hold nodes of pods that use their network, or other pods. */
function doubtfulBlocks(owners: readonly PodOwner[]): DoubtfulBlocks {
  const of = (onNode: boolean) => {
    const pods = owners.flatMap((owner) => owner.pods.filter((pod) => pod.onNode === onNode));
    const held = new Set(pods.map((pod) => pod.held?.doubtful ?? []));
    return new Set([...held].flatMap((blocks) => [...blocks]));
  };
  return { nodes: of(true), pods: of(false) };
}

/** Why nobody knows of rules of ordered policies whether they match, or which of them is asked first. */
function doubtsOf(ordered: readonly OrderedPolicy[], owners: readonly PodOwner[]): readonly ('nodes' | 'policies')[] {
  const rules = ordered.flatMap(({ ingress = [], egress = [] }) => [...ingress, ...egress]);
  const hasNodes = owners.some(({ pods }) => pods.some(({ onNode }) => onNode));
  const isUnclear =
    rules.some(({ doubtful }) => doubtful !== undefined) ||
    ordered.some((policy, place) => place > 0 && areEqual(ordered[place - 1] as OrderedPolicy, policy));
  return [
    ...(hasNodes && rules.some(({ nodes, doubtful }) => nodes === 'some' && doubtful === undefined)
      ? ['nodes' as const]
      : []),
    ...(isUnclear ? ['policies' as const] : []),
  ];
}

/** Gives the rules of a policy that have addresses the number of these. */
function withBlocks<Some extends Policy | OrderedPolicy>(policy: Some, blocks: Blocks): Some {
  const { ingress, egress } = policy;
  return { ...policy, ingress: ingress && blocks.numbered(ingress), egress: egress && blocks.numbered(egress) };
}

/** Says of a Service whose pods an operator makes that manifests do not tell where it leads. */
function withMissing(service: Service, missing: readonly MissingPods[]): Service {
  const found = missing.find(({ by }) => by.includes(`Service ${service.namespace}/${service.name}`));
  if (found === undefined) {
    return service;
  }
  const { kind, name } = found.manifest;
  return { elsewhere: `selects pods that no manifest shows, those of ${kind} ${found.namespace}/${name}`, ...service };
}

/** Manifests from what a caller may give: a reading, or objects in memory. */
export function inputOf(input: ClusterInput | readonly object[]): ClusterInput {
  return 'manifests' in input ? input : manifestsOf(input);
}

function isRead({ group, kind }: Manifest): boolean {
  return (
    group === GROUP ||
    group === GATEWAY_GROUP ||
    isOpenshiftRoute({ group, kind }) ||
    (group === '' && (kind === 'Namespace' || kind === 'Service' || kind === 'Node'))
  );
}

function isForeign({ group, kind }: Manifest): boolean {
  return (
    group !== GROUP &&
    !isAdminPolicy({ group, kind }) &&
    !isCalico({ group, kind }) &&
    !isCilium({ group, kind }) &&
    foreignKind({ group, kind }) !== undefined
  );
}

/** @param isOpenshift whether there is the namespace of the router, as every OpenShift has it */
function readNamespaces(manifests: readonly Manifest[], isOpenshift: boolean, problems: Problems): NamespaceLabels {
  const router = OPENSHIFT_ROUTER.namespace;
  const always: [string, ReadonlyMap<string, string>][] = isOpenshift
    ? [[router, new Map([...OPENSHIFT_INGRESS_LABELS, [NAME_LABEL, router]])]]
    : [];
  return new Map([
    ...always,
    ...manifests.map((manifest) => {
      const labels = readLabels(Field.of(manifest, problems).mappingAt('metadata').get('labels'));
      const own: [string, ReadonlyMap<string, string>] = [
        manifest.name,
        new Map([...labels, [NAME_LABEL, manifest.name]]),
      ];
      return own;
    }),
  ]);
}
