import type { Direction } from '../../connectivity/model';
import type { Field } from '../../connectivity/read/field';
import { readSelector } from '../../connectivity/read/selector';
import type { Selector } from '../../connectivity/selector';
import type { Manifest, Path } from '../../manifest';
import { fieldOf, numberOf, textOf } from './fields';
import type { Namespaces } from './namespaces';
import type { PodSelection } from './pods';
import type { WorkloadFacts } from './workloads';

/** A NetworkPolicy of the manifests, as it is written. */
export interface PolicyFacts {
  readonly manifest: Manifest;
  readonly namespace: string;
  readonly name: string;
  readonly selector: Selector;
  /** The workloads that it selects and applies to: those on the network of their node are not among them. */
  readonly workloads: readonly WorkloadFacts[];
  /** What `spec.policyTypes` says, or what an API server fills in. */
  readonly isolates: ReadonlySet<Direction>;
  /** Whether `spec.policyTypes` is written. */
  readonly hasTypes: boolean;
  /** Every rule that is written, also of a direction that it does not isolate. */
  readonly rules: readonly RuleFacts[];
}

export interface RuleFacts {
  readonly direction: Direction;
  /** From 0, in `spec.ingress` or `spec.egress`. */
  readonly index: number;
  readonly path: Path;
  /** Undefined for everybody. */
  readonly peers: readonly PeerFacts[] | undefined;
  /** Undefined for all ports. */
  readonly ports: readonly PolicyPortFacts[] | undefined;
}

export interface PeerFacts {
  readonly path: Path;
  /** The block; undefined for a peer of selectors. */
  readonly block: { readonly cidr: string; readonly except: readonly string[] } | undefined;
  /** `own` where it names no namespaces. */
  readonly namespaces: Selector | 'own';
  /** Undefined where it is not written: every pod. */
  readonly pods: Selector | undefined;
  /** The names of the namespaces that it means, as far as their labels are known. */
  readonly namespaceNames: ReadonlySet<string>;
  /** The workloads that it means, also those on the network of their node. */
  workloads(): Iterable<WorkloadFacts>;
}

export interface PolicyPortFacts {
  readonly path: Path;
  readonly protocol: string;
  /** A number, a name, or undefined for every port of the protocol. */
  readonly port: number | string | undefined;
  readonly end: number | undefined;
}

/** The NetworkPolicies among manifests. */
export function policiesOf(
  manifests: readonly Manifest[],
  pods: PodSelection,
  namespaces: Namespaces,
): readonly PolicyFacts[] {
  return manifests
    .filter(({ kind, group }) => kind === 'NetworkPolicy' && group === 'networking.k8s.io')
    .map((manifest) => policyFacts(manifest, pods, namespaces));
}

function policyFacts(manifest: Manifest, pods: PodSelection, namespaces: Namespaces): PolicyFacts {
  const spec = fieldOf(manifest, 'spec');
  const namespace = manifest.namespace ?? 'default';
  const selector = readSelector(spec.get('podSelector'));
  const peers = new Peers(namespace, pods, namespaces);
  const rules = (['ingress', 'egress'] as const).flatMap((direction) =>
    spec
      .get(direction)
      .mappings('')
      .map((field) => ruleFacts(field, direction, peers)),
  );
  const types = spec.get('policyTypes').items();
  const named = types.map(({ value }) => (value === 'Egress' ? 'egress' : 'ingress') as Direction);
  const hasEgress = rules.some(({ direction }) => direction === 'egress');
  return {
    manifest,
    namespace,
    name: manifest.name,
    selector,
    workloads: pods.select(selector, namespace).filter(({ onNode }) => !onNode),
    isolates: new Set(types.length > 0 ? named : hasEgress ? ['ingress', 'egress'] : ['ingress']),
    hasTypes: types.length > 0,
    rules,
  };
}

function ruleFacts(field: Field, direction: Direction, peers: Peers): RuleFacts {
  const list = field.get(direction === 'ingress' ? 'from' : 'to').mappings('');
  const ports = field.get('ports').mappings('');
  return {
    direction,
    index: field.path.at(-1) as number,
    path: field.path,
    peers: list.length === 0 ? undefined : list.map((peer) => peers.read(peer)),
    ports: ports.length === 0 ? undefined : ports.map(portFacts),
  };
}

function portFacts(field: Field): PolicyPortFacts {
  const port = field.get('port');
  return {
    path: field.path,
    protocol: textOf(field.get('protocol')) ?? 'TCP',
    port: numberOf(port) ?? textOf(port),
    end: numberOf(field.get('endPort')),
  };
}

/** Reads the peers of one policy. */
class Peers {
  constructor(
    private readonly namespace: string,
    private readonly pods: PodSelection,
    private readonly known: Namespaces,
  ) {}

  read(field: Field): PeerFacts {
    const block = field.get('ipBlock');
    if (block.isGiven) {
      const except = block
        .get('except')
        .items()
        .flatMap((item) => textOf(item) ?? []);
      return {
        path: field.path,
        block: { cidr: textOf(block.get('cidr')) ?? '', except },
        namespaces: 'own',
        pods: undefined,
        namespaceNames: new Set(),
        workloads: () => [],
      };
    }
    const namespaceSelector = field.get('namespaceSelector');
    const podSelector = field.get('podSelector');
    const namespaces = namespaceSelector.isGiven ? readSelector(namespaceSelector) : 'own';
    const pods = podSelector.isGiven ? readSelector(podSelector) : undefined;
    const namespaceNames = namespaces === 'own' ? new Set([this.namespace]) : this.known.select(namespaces);
    return {
      path: field.path,
      block: undefined,
      namespaces,
      pods,
      namespaceNames,
      workloads: () => this.pods.selectIn(pods ?? [], namespaceNames),
    };
  }
}
