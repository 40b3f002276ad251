import { Router } from '../explain';
import type { RoutingModel } from '../model';
import type { ParsedRequest } from '../request';
import type { Ingress } from './ingress';

/** Ingresses that nobody serves, which would take requests if somebody did. */
export class Unserved {
  private readonly router: Router | undefined;

  /**
   * @param ingresses each with why it is not served
   * @param model what they would serve
   */
  constructor(
    private readonly ingresses: ReadonlyMap<Ingress, string>,
    model: () => RoutingModel,
  ) {
    this.router = ingresses.size === 0 ? undefined : new Router(model(), []);
  }

  /** The Ingresses that would take a request, each with why it does not. */
  takersOf(request: ParsedRequest): readonly (readonly [Ingress, string])[] {
    const rule = this.router?.explain(request).rule;
    return rule === undefined
      ? []
      : [...this.ingresses].filter(([{ namespace, name }]) => namespace === rule.namespace && name === rule.name);
  }
}
