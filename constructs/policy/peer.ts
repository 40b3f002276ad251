import type { k8s } from 'cdk8s-plus-27';
import type { IConstruct } from 'constructs';
import { listOf } from '../fields';
import type { INamespace } from '../namespace';
import {
  cidr,
  cidrWithin,
  namespace as namespaceProblems,
  objectName,
  type Problems,
  record,
  selector,
  serviceName,
  shown,
} from '../values';
import { type IWorkload, namespaceNameOf, podLabelsOf, workloadProblems } from '../workload';
import { type End, foundIn, homeIn, homeOf, type PodLabels, pods } from './end';
import { podsOfAccount, podsOfService } from './found-pods';

/** What can be named as the other end of a connection: an `ExposedService`, a `Peer`, an `IngressNginx`, … */
export interface IPeer {
  /** The end as a NetworkPolicy knows it. */
  readonly peer: Peer;
}

/**
 * The other end of a connection, as a NetworkPolicy selects it.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors
 */
export class Peer implements IPeer {
  /**
   * Pods that carry all of these labels, at least one.
   *
   * @param labels the labels
   * @param namespace where the Pods are; left out, in the namespace that the policy is made for
   */
  public static pods(labels: { readonly [key: string]: string }, namespace?: INamespace): Peer {
    // A label may be empty, as those of node roles are.
    const name = Object.entries(Object(labels))
      .map(([key, value]) => String(value) || key)
      .join('-');
    return new Peer(
      name,
      pods(homeOf(namespace), () => labels),
      (what) => [
        ...labelProblems(`the labels of ${what}`, labels),
        ...(namespace === undefined ? [] : namespaceProblems(`the namespace of ${what}`, namespace)),
      ],
    );
  }

  /**
   * The Pods of a workload of cdk8s-plus, of any release from 27 up, by the labels that it selects them by; those of a Job, a
   * CronJob or a Pod by all labels that it gives them.
   *
   * They are in the namespace of the workload, else in that of its chart.
   */
  public static workload(workload: IWorkload): Peer {
    if (workloadProblems('', workload).length > 0) {
      return new Peer(
        '',
        pods({ kind: 'unnamed' }, () => undefined),
        (what) => workloadProblems(what, workload),
      );
    }
    return new Peer(
      workload.node.id,
      pods(homeIn(namespaceNameOf(workload)), () => podLabelsOf(workload)),
      (what) => selector(`the labels of the Pods of ${workload.node.path}, ${what},`, podLabelsOf(workload)),
    );
  }

  /** Every Pod of a namespace. */
  public static namespace(namespace: INamespace): Peer {
    const name = String(Object(namespace).name);
    return new Peer(`namespace-${name}`, { ...pods(homeOf(namespace), () => undefined), all: true }, (what) =>
      namespaceProblems(`the namespace of ${what}`, namespace),
    );
  }

  /**
   * The Pods of the ingress-nginx controller, by the labels that every release of it gives them.
   *
   * @param namespace where the controller runs, "ingress-nginx" by default
   */
  public static ingressController(namespace: INamespace = { name: 'ingress-nginx' }): Peer {
    return new Peer(
      'ingress-controller',
      pods(homeOf(namespace), () => INGRESS_CONTROLLER_LABELS),
      (what) => namespaceProblems(`the namespace of ${what}`, namespace),
    );
  }

  /**
   * Addresses outside of the cluster, such as "10.0.0.0/8" or "fd00::/8". The address of a Service is none: a policy
   * sees the Pods behind it.
   *
   * @param block the addresses
   * @param except blocks within it that are left out
   */
  public static cidr(block: string, except: string[] = []): Peer {
    const name = `cidr-${String(block)}`;
    return new Peer(name, { kind: 'blocks', blocks: [block], except }, (what) => [
      ...cidr(`the block of ${what}`, block),
      ...(Array.isArray(except)
        ? except.flatMap((inner) => cidrWithin(`an exception of ${what}`, inner, block))
        : [`the exceptions of ${what} are ${shown(except)}; give a list of blocks`]),
    ]);
  }

  /**
   * The Pods of a Service that the app makes without an `ExposedService`: by a Service of cdk8s-plus, by a Helm chart or a file
   * that it includes. What the Service selects is what a policy names; a Service that the app doesn't make, or that selects
   * nothing, is an error at synth.
   *
   * @param name the name of the Service
   * @param namespace where it is
   */
  public static service(name: string, namespace: INamespace): Peer {
    const home = homeOf(namespace);
    return new Peer(
      String(name),
      { kind: 'found', home, what: 'Service', find: (at) => podsOfService(at, name, namespace.name) },
      (what) => [
        ...serviceName(`the name of ${what}`, name),
        ...namespaceProblems(`the namespace of ${what}`, namespace),
      ],
    );
  }

  /**
   * The Pods that run as a ServiceAccount, by the labels of the workloads of the app that do. A NetworkPolicy knows no
   * ServiceAccounts; one that no workload of the app runs as is an error at synth.
   *
   * @param name the name of the ServiceAccount
   * @param namespace where it is
   */
  public static serviceAccount(name: string, namespace: INamespace): Peer {
    const home = homeOf(namespace);
    return new Peer(
      String(name),
      { kind: 'found', home, what: 'ServiceAccount', find: (at) => podsOfAccount(at, name, namespace.name) },
      (what) => [
        ...objectName(`the name of ${what}`, name),
        ...namespaceProblems(`the namespace of ${what}`, namespace),
      ],
    );
  }

  /**
   * A set of addresses outside of the cluster under a name, such as those of a database.
   *
   * @param name the name that policies have in theirs, such as "postgres"
   * @param blocks the addresses, such as ["10.20.0.0/24"]
   */
  public static blocks(name: string, blocks: string[]): Peer {
    return new Peer(String(name), { kind: 'blocks', blocks, except: [] }, (what) => [
      ...objectName(`the name of ${what}`, name),
      ...blocksProblems(what, blocks),
    ]);
  }

  /**
   * The API server, which runs on no Pod that a policy could name.
   *
   * @param blocks its addresses: what `kubectl get endpointslices kubernetes` lists, not the address of the Service
   */
  public static apiServer(blocks: string[]): Peer {
    return new Peer('api-server', { kind: 'blocks', blocks, except: [] }, (what) => blocksProblems(what, blocks));
  }

  /**
   * The nodes, and with them the kubelet and Pods of the network of their node.
   *
   * @param blocks their addresses, which are none of Pods
   */
  public static nodes(blocks: string[]): Peer {
    return new Peer('nodes', { kind: 'blocks', blocks, except: [] }, (what) => blocksProblems(what, blocks));
  }

  /** Every address, of IPv4 and of IPv6. */
  public static anywhere(): Peer {
    return Peer._blocks('anywhere', ['0.0.0.0/0', '::/0']);
  }

  /**
   * Blocks of addresses that have been checked.
   *
   * @internal
   */
  public static _blocks(name: string, blocks: readonly string[]): Peer {
    return new Peer(name, { kind: 'blocks', blocks, except: [] }, () => []);
  }

  /**
   * The Pods of something that knows its place.
   *
   * @internal
   */
  public static _at(name: string, namespace: string | undefined, labels: () => PodLabels): Peer {
    return new Peer(name, pods(homeIn(namespace), labels), () => []);
  }

  private constructor(
    private readonly name: string,
    private readonly end: End,
    private readonly check: (what: string) => Problems,
  ) {}

  public get peer(): Peer {
    return this;
  }

  /** @internal */
  public _problems(what: string): Problems {
    return this.check(what);
  }

  /**
   * What is wrong with the peer in a policy of this namespace.
   *
   * @internal
   */
  public _placeProblems(policy: string | undefined): Problems {
    const unnamed = this.end.kind !== 'blocks' && this.end.home.kind === 'unnamed';
    return unnamed && policy !== undefined
      ? [`${this.name} has no namespace that the manifests name, so a policy of "${policy}" can't tell it; give it one`]
      : [];
  }

  /**
   * The name of the namespace that the Pods are in, as seen from a policy's: nothing for addresses outside.
   *
   * @internal
   */
  public _namespaceFrom(policy: string | undefined): string | undefined {
    if (this.end.kind === 'blocks') {
      return undefined;
    }
    return this.end.home.kind === 'named' ? this.end.home.name : policy;
  }

  /**
   * The labels of the Pods; nothing for all Pods of a namespace and for addresses outside.
   *
   * @param at a construct of the tree in which other objects may tell them
   * @throws Error when they can't be told.
   * @internal
   */
  public _labels(at: IConstruct): PodLabels | undefined {
    const { end } = this;
    if (end.kind === 'found') {
      const [labels, ...others] = foundIn(end, at);
      if (others.length > 0) {
        throw new Error(`${end.what} ${this.name} stands for several workloads; name each by Peer.workload`);
      }
      return labels;
    }
    return end.kind === 'pods' ? end.labels() : undefined;
  }

  /**
   * What is wrong once everything is made: the Pods can't be told.
   *
   * @internal
   */
  public _foundProblems(at: IConstruct, isSubject: boolean): Problems {
    const { end } = this;
    if (end.kind !== 'found') {
      return [];
    }
    const { pods: found, problem } = end.find(at);
    return problem !== undefined
      ? [problem]
      : isSubject && found.length > 1
        ? [`${end.what} ${this.name} stands for several workloads; name each by Peer.workload`]
        : [];
  }

  /**
   * Whether the peer is every Pod of a namespace.
   *
   * @internal
   */
  public get _isNamespace(): boolean {
    return this.end.kind === 'pods' && this.end.all;
  }

  /**
   * The peer in the name of a policy that stands in this namespace.
   *
   * @internal
   */
  public _nameFrom(policy: string | undefined): string {
    const home = this.end.kind === 'blocks' ? undefined : this.end.home;
    const elsewhere = home?.kind === 'named' && home.name !== policy && !WELL_KNOWN.test(this.name);
    return (elsewhere ? `${home.name}-${this.name}` : this.name)
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '');
  }

  /**
   * What tells the peer from others before everything is made.
   *
   * @internal
   */
  public _meaning(policy: string | undefined): unknown {
    const { end } = this;
    return end.kind === 'found' ? [end.what, end.home, this.name] : this._toJson(policy);
  }

  /**
   * The peer as a policy of this namespace writes it.
   *
   * @param at a construct of the tree in which other objects may tell it; needed for such peers alone
   * @throws Error when it can't be told.
   * @internal
   */
  public _toJson(policy: string | undefined, at?: IConstruct): k8s.NetworkPolicyPeer[] {
    const { end } = this;
    if (end.kind === 'blocks') {
      const except = end.except.length > 0 ? [...end.except] : undefined;
      return end.blocks.map((block) => ({ ipBlock: { cidr: block, except } }));
    }
    const { home } = end;
    const all = end.kind === 'pods' ? [end.labels()] : foundIn(end, at);
    return all.map((labels) => {
      const podSelector = labels === undefined ? undefined : { matchLabels: { ...labels } };
      return home.kind !== 'named' || home.name === policy
        ? { podSelector: podSelector ?? {} }
        : { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': home.name } }, podSelector };
    });
  }
}

/**
 * Labels that the Pods of the ingress-nginx controller carry and no other Pod of its namespace does. Without the
 * instance, a label that Argo CD writes over in some set-ups.
 */
export const INGRESS_CONTROLLER_LABELS: PodLabels = {
  'app.kubernetes.io/name': 'ingress-nginx',
  'app.kubernetes.io/component': 'controller',
};

/** Names that say the namespace themselves. */
const WELL_KNOWN = /^(namespace-|ingress-controller$)/;

const blockList = listOf(cidr, '["10.20.0.0/24"]');

function blocksProblems(what: string, blocks: unknown): Problems {
  return blockList(`the blocks of ${what}`, blocks);
}

function labelProblems(what: string, labels: unknown): Problems {
  const problems = record(what, labels);
  return problems.length > 0 ? problems : selector(what, labels as PodLabels);
}
