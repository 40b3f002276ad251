import { Router } from '../explain';
import type { ElsewhereRoute } from '../gateway-api/elsewhere';
import type { RoutingModel } from '../model';
import type { ParsedRequest } from '../request';
import { sortedText } from '../sorted-text';
import type { Ingress } from './ingress';

/** Ingresses whose class is not among the manifests: they are served only if it stands elsewhere. */
export class UnknownClasses {
  readonly routes: readonly ElsewhereRoute[];
  private readonly router: Router | undefined;

  /**
   * @param ingresses each with why it is not served
   * @param model what they would serve
   */
  constructor(
    private readonly ingresses: ReadonlyMap<Ingress, string>,
    model: () => RoutingModel,
  ) {
    this.routes = [...ingresses].map(([ingress, why]) => routeOf(ingress, why));
    this.router = ingresses.size === 0 ? undefined : new Router(model(), []);
  }

  /** What may become of a request otherwise. */
  notesFor(request: ParsedRequest): string[] {
    const rule = this.router?.explain(request).rule;
    return [...(rule === undefined ? [] : this.ingresses)].flatMap(([{ namespace, name, key }, why]) =>
      namespace === rule?.namespace && name === rule.name ? [`Ingress ${key} is taken as not served: ${why}`] : [],
    );
  }
}

function routeOf({ key, rules, manifest }: Ingress, why: string): ElsewhereRoute {
  return {
    parent: 'IngressClass',
    name: `Ingress ${key}`,
    why: `is taken as not served: ${why}`,
    hostnames: rules.flatMap(({ host }) => host ?? []),
    text: sortedText({ annotations: Object.fromEntries(manifest.annotations), spec: manifest.object.spec }),
  };
}
