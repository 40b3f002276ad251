import { Router } from '../explain';
import type { RoutingModel } from '../model';
import type { ParsedRequest } from '../request';
import type { Ingress } from './ingress';

/** Ingresses that nobody serves, which would take requests if somebody did. */
export class Unserved<Why> {
  private readonly router: Router | undefined;

  /**
   * @param ingresses each with why it is not served
   * @param model what they would serve
   */
  constructor(
    private readonly ingresses: ReadonlyMap<Ingress, Why>,
    model: () => RoutingModel,
  ) {
    this.router = ingresses.size === 0 ? undefined : new Router(model(), []);
  }

  /** The Ingresses that would take a request, or a share of it as canaries, each with why it does not. */
  takersOf(request: ParsedRequest): readonly (readonly [Ingress, Why])[] {
    if (this.router === undefined) {
      return [];
    }
    const { rule, answer } = this.router.answer(request);
    const shares = answer.outcome === 'backends' && answer.backends.length > 1 ? answer.backends : [];
    return [...this.ingresses].filter(
      ([ingress]) =>
        (ingress.namespace === rule?.namespace && ingress.name === rule.name) ||
        shares.some(({ namespace, service }) => namespace === ingress.namespace && isBackend(service, ingress)),
    );
  }
}

function isBackend(service: string, { rules }: Ingress): boolean {
  return rules.some(({ paths = [] }) => paths.some(({ backend }) => backend.service === service));
}
