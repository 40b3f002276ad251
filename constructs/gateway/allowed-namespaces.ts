import {
  GatewaySpecListenersAllowedRoutesNamespacesFrom as From,
  type GatewaySpecListenersAllowedRoutesNamespaces,
} from '../../imports/gateway.networking.k8s.io';
import { listOf } from '../fields';
import type { INamespace } from '../namespace';
import { selectorProblems } from '../policy/problems';
import { namespace, type Problems, shown } from '../values';

/** What a listener asks of the namespace of a route. */
type Rule =
  | { readonly kind: 'same' | 'all' }
  | { readonly kind: 'named'; readonly names: readonly string[] }
  | { readonly kind: 'labelled'; readonly labels: { readonly [key: string]: string } };

/**
 * The namespaces whose routes a listener takes.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#allowedroutes
 */
export class AllowedNamespaces {
  /** That of the Gateway. */
  public static readonly SAME = new AllowedNamespaces({ kind: 'same' });

  /** All of the cluster: whoever may make an HTTPRoute anywhere may take requests of every host of the listener. */
  public static readonly ALL = new AllowedNamespaces({ kind: 'all' });

  /** These, at least one. Name that of the Gateway too if it is meant. */
  public static named(namespaces: INamespace[]): AllowedNamespaces {
    const names = Array.isArray(namespaces) ? namespaces.map((one) => Object(one).name as string) : [];
    return new AllowedNamespaces({ kind: 'named', names }, (what) =>
      NAMESPACES(`the namespaces of ${what}`, namespaces),
    );
  }

  /** Those that carry all of these labels, at least one. */
  public static labelled(labels: { readonly [key: string]: string }): AllowedNamespaces {
    return new AllowedNamespaces({ kind: 'labelled', labels }, (what) =>
      selectorProblems(`the labels of ${what}`, labels),
    );
  }

  private constructor(
    private readonly rule: Rule,
    private readonly check: (what: string) => Problems = () => [],
  ) {}

  /** @internal */
  public _problems(what: string): Problems {
    return this.check(what);
  }

  /**
   * Why a route of this namespace is not taken; nothing where it is, or only the cluster knows.
   *
   * @param route the namespace of the route; nothing when no manifest names it
   * @param own that of the Gateway
   * @param labelsOf the labels of a namespace, if the manifests have it
   *
   * @internal
   */
  public _refusal(
    route: string | undefined,
    own: string | undefined,
    labelsOf: (name: string) => ReadonlyMap<string, string> | undefined,
  ): string | undefined {
    const { rule } = this;
    switch (rule.kind) {
      case 'all':
        return undefined;
      case 'same':
        return route === own ? undefined : 'takes routes of the namespace of the Gateway only';
      case 'named':
        return route !== undefined && rule.names.includes(route)
          ? undefined
          : `takes routes of ${rule.names.map(shown).join(', ')} only`;
      case 'labelled': {
        const labels = route === undefined ? undefined : labelsOf(route);
        const wanted = Object.entries(rule.labels);
        return labels === undefined || wanted.every(([key, value]) => labels.get(key) === value)
          ? undefined
          : `takes routes of namespaces with the labels ${wanted.map(([key, value]) => `${key}=${value}`).join(', ')} only`;
      }
    }
  }

  /** @internal */
  public _toJson(): GatewaySpecListenersAllowedRoutesNamespaces {
    const { rule } = this;
    switch (rule.kind) {
      case 'all':
        return { from: From.ALL };
      case 'same':
        return { from: From.SAME };
      case 'named':
        return {
          from: From.SELECTOR,
          selector: {
            matchExpressions: [{ key: NAME_LABEL, operator: 'In', values: [...new Set(rule.names)].sort() }],
          },
        };
      case 'labelled':
        return { from: From.SELECTOR, selector: { matchLabels: { ...rule.labels } } };
    }
  }
}

/** A label that every namespace has. */
export const NAME_LABEL = 'kubernetes.io/metadata.name';

const NAMESPACES = listOf(namespace, "[{ name: 'shop' }]");

/** What is wrong with allowed namespaces. */
export function allowedProblems(what: string, value: unknown): Problems {
  return value instanceof AllowedNamespaces
    ? value._problems(what)
    : [`${what} is ${shown(value)}; give AllowedNamespaces.SAME, ALL, named(…) or labelled(…)`];
}
