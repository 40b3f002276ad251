import { listOf } from '../fields';
import type { INamespace } from '../namespace';
import { selectorProblems } from '../policy/problems';
import { cidr, namespace as namespaceProblems, type Problems, shown } from '../values';

/** What a selector of labels says. */
interface Selector {
  readonly matchLabels?: { readonly [key: string]: string };
  readonly matchExpressions?: { readonly key: string; readonly operator: string; readonly values: string[] }[];
}

/** Which Pods or addresses, in the words of the API. */
export interface AdminSelector {
  readonly namespaces?: Selector;
  readonly pods?: { readonly namespaceSelector: Selector; readonly podSelector: Selector };
  readonly networks?: string[];
}

const NAME = 'kubernetes.io/metadata.name';

/**
 * Pods or addresses that a policy of all of the cluster is about: who the policy is for, or the other end of its connections.
 *
 * @see https://network-policy-api.sigs.k8s.io/api-overview/
 */
export class AdminPeer {
  /** The Pods of every namespace. */
  public static everywhere(): AdminPeer {
    return new AdminPeer({ namespaces: {} }, () => []);
  }

  /** The Pods of some namespaces, by their names. */
  public static namespaces(namespaces: INamespace[]): AdminPeer {
    return AdminPeer.byName('In', namespaces);
  }

  /** The Pods of all namespaces but some, such as those that the cluster itself runs in. */
  public static namespacesExcept(namespaces: INamespace[]): AdminPeer {
    return AdminPeer.byName('NotIn', namespaces);
  }

  /** The Pods of every namespace that carries all of these labels, at least one. */
  public static namespacesLabelled(labels: { readonly [key: string]: string }): AdminPeer {
    return new AdminPeer({ namespaces: { matchLabels: labels } }, (what) =>
      selectorProblems(`the labels of ${what}`, labels),
    );
  }

  /**
   * Pods that carry all of these labels, at least one.
   *
   * @param labels the labels of the Pods
   * @param namespace where they are; left out, in every namespace
   */
  public static pods(labels: { readonly [key: string]: string }, namespace?: INamespace): AdminPeer {
    const namespaceSelector = namespace === undefined ? {} : { matchLabels: { [NAME]: Object(namespace).name } };
    return new AdminPeer({ pods: { namespaceSelector, podSelector: { matchLabels: labels } } }, (what) => [
      ...selectorProblems(`the labels of ${what}`, labels),
      ...(namespace === undefined ? [] : namespaceProblems(`the namespace of ${what}`, namespace)),
    ]);
  }

  /**
   * Addresses outside of the cluster, such as ["169.254.169.254/32"]; only where Pods connect to them, since the API has no
   * addresses among those who connect.
   */
  public static networks(blocks: string[]): AdminPeer {
    return new AdminPeer({ networks: blocks }, (what) => BLOCKS(`the blocks of ${what}`, blocks));
  }

  private static byName(operator: string, namespaces: INamespace[]): AdminPeer {
    const values = (Array.isArray(namespaces) ? namespaces : []).map((one) => Object(one).name as string);
    const selector = { matchExpressions: [{ key: NAME, operator, values }] };
    return new AdminPeer({ namespaces: selector }, (what) => NAMESPACES(`the namespaces of ${what}`, namespaces));
  }

  private constructor(
    private readonly selector: AdminSelector,
    private readonly check: (what: string) => Problems,
  ) {}

  /** @internal */
  public _problems(what: string): Problems {
    return this.check(what);
  }

  /** @internal */
  public get _isNetwork(): boolean {
    return this.selector.networks !== undefined;
  }

  /** @internal */
  public _toJson(): AdminSelector {
    return this.selector;
  }
}

const BLOCKS = listOf(cidr, '["169.254.169.254/32"]');
const NAMESPACES = listOf(namespaceProblems, '[{ name: "kube-system" }]');

/** What is wrong with one of the Pods or addresses of a rule. */
export function adminPeerProblems(what: string, value: unknown): Problems {
  return value instanceof AdminPeer
    ? value._problems(what)
    : [`${what} is ${shown(value)}; give an AdminPeer such as AdminPeer.everywhere()`];
}

/** What is wrong with the Pods that a policy is about. */
export function subjectProblems(what: string, value: unknown): Problems {
  const problems = adminPeerProblems(what, value);
  return problems.length === 0 && (value as AdminPeer)._isNetwork
    ? [`${what} is AdminPeer.networks; a policy is about Pods, give AdminPeer.everywhere() or some of them`]
    : problems;
}
