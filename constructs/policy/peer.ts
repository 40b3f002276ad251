import type { k8s } from 'cdk8s-plus-27';
import type { INamespace } from '../namespace';
import { cidr, cidrWithin, namespace as namespaceProblems, type Problems, record, selector, shown } from '../values';
import { type IWorkload, namespaceNameOf, podLabelsOf, workloadProblems } from '../workload';

/** What can be named as the other end of a connection: an `ExposedService`, a `Peer`, an `IngressNginx`, … */
export interface IPeer {
  /** The end as a NetworkPolicy knows it. */
  readonly peer: Peer;
}

/** Labels of Pods. */
export type PodLabels = { readonly [key: string]: string };

/** Where the Pods of a peer are. */
type Home =
  /** In the namespace of this name. */
  | { readonly kind: 'named'; readonly name: string }
  /** In the namespace of the policy, whichever that is. */
  | { readonly kind: 'same' }
  /** In a namespace that only whoever applies the manifests knows. */
  | { readonly kind: 'unnamed' };

/** A peer outside, or Pods: all of a namespace when there are no labels. */
type End =
  | { readonly kind: 'pods'; readonly home: Home; readonly all: boolean; readonly labels: () => PodLabels | undefined }
  | { readonly kind: 'blocks'; readonly blocks: readonly string[]; readonly except: readonly string[] };

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
    const unnamed = this.end.kind === 'pods' && this.end.home.kind === 'unnamed';
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
   * @internal
   */
  public _labels(): PodLabels | undefined {
    return this.end.kind === 'pods' ? this.end.labels() : undefined;
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
    const home = this.end.kind === 'pods' ? this.end.home : undefined;
    const elsewhere = home?.kind === 'named' && home.name !== policy && !WELL_KNOWN.test(this.name);
    return (elsewhere ? `${home.name}-${this.name}` : this.name)
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '');
  }

  /**
   * The peer as a policy of this namespace writes it.
   *
   * @internal
   */
  public _toJson(policy: string | undefined): k8s.NetworkPolicyPeer[] {
    const { end } = this;
    if (end.kind === 'blocks') {
      const except = end.except.length > 0 ? [...end.except] : undefined;
      return end.blocks.map((block) => ({ ipBlock: { cidr: block, except } }));
    }
    const labels = end.labels();
    const podSelector = labels === undefined ? undefined : { matchLabels: { ...labels } };
    return end.home.kind !== 'named' || end.home.name === policy
      ? [{ podSelector: podSelector ?? {} }]
      : [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': end.home.name } }, podSelector }];
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

type Pods = Extract<End, { kind: 'pods' }>;

function pods(home: Home, labels: Pods['labels']): Pods {
  return { kind: 'pods', home, labels, all: false };
}

function homeOf(namespace: INamespace | undefined): Home {
  return namespace === undefined ? { kind: 'same' } : { kind: 'named', name: Object(namespace).name };
}

function homeIn(name: string | undefined): Home {
  return name === undefined ? { kind: 'unnamed' } : { kind: 'named', name };
}

function labelProblems(what: string, labels: unknown): Problems {
  const problems = record(what, labels);
  return problems.length > 0 ? problems : selector(what, labels as PodLabels);
}
