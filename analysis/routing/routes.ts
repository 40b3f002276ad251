import type { Manifest, ManifestProblemCode, Problem } from '../manifest';
import { distinct, manifestsOf } from '../manifest';
import type { Answer, RouteExplanation, RouteRequest, RouteRow } from './answer';
import { Router } from './explain';
import { type ReadRoutes, readIngressNginx } from './ingress-nginx/read';
import type { RoutingModel } from './model';
import { Findings, type RoutingNote, type RoutingProblemCode } from './problems';
import { parsedRequest } from './request';
import { tableOf } from './table';

/** Manifests as `readManifests` and `manifestsOf` give them. */
export interface RoutesInput {
  readonly manifests: readonly Manifest[];
  /** Problems that reading found; they become problems of the routes. */
  readonly problems?: readonly Problem<ManifestProblemCode>[];
}

export interface IngressNginxOptions {
  /**
   * The class to serve: the name of an IngressClass, or the value of the old class annotation.
   *
   * @default - the only one that the manifests use
   */
  readonly ingressClass?: string;
}

/**
 * Where requests go that reach a controller, from manifests alone.
 *
 * @example
 * const routes = Routes.ofIngressNginx(readManifests(text, 'shop.yaml'));
 * const answer = routes.route({ url: 'http://shop.example.com/cart', headers: { FOO: 'bar' } });
 */
export class Routes {
  /** What hosts, paths and decisions there are, as data. */
  readonly model: RoutingModel;
  /** Everything in the manifests that is wrong. Answers are right only where there is nothing. */
  readonly problems: readonly Problem<RoutingProblemCode>[];
  /** What decides answers and may surprise: Ingresses that are not served, canaries that do nothing, assumptions. */
  readonly notes: readonly RoutingNote[];

  private readonly router: Router;

  private constructor({ model, notes }: ReadRoutes, { problems, notes: findings }: Findings) {
    this.model = model;
    this.problems = problems;
    this.notes = findings;
    this.router = new Router(model, notes);
  }

  /**
   * Reads what ingress-nginx makes of Ingresses, as its releases 1.8 to 1.15 do.
   *
   * Arguments and ConfigMap of the controller count where it is among the manifests. Ingresses without creation time are
   * taken as made at the same time.
   *
   * @param input what `readManifests` or `manifestsOf` gave, or Kubernetes objects as they are
   * @see https://kubernetes.github.io/ingress-nginx/
   */
  static ofIngressNginx(input: RoutesInput | readonly object[], { ingressClass }: IngressNginxOptions = {}): Routes {
    const { manifests, problems = [] } = 'manifests' in input ? input : manifestsOf(input);
    const findings = new Findings();
    const once = distinct(manifests);
    findings.problems.push(...problems, ...once.problems);
    const read = readIngressNginx(once.manifests, ingressClass, findings);
    return new Routes(read, findings);
  }

  /**
   * Where a request goes.
   *
   * @throws RangeError for what is no request, such as a relative URL
   */
  route(request: RouteRequest): Answer {
    return this.explain(request).answer;
  }

  /**
   * Where a request goes, and why.
   *
   * @throws RangeError for what is no request, such as a relative URL
   */
  explain(request: RouteRequest): RouteExplanation {
    return this.router.explain(parsedRequest(request));
  }

  /** All routes that the manifests make, by host and path; those of every host last. */
  table(): readonly RouteRow[] {
    return tableOf(this.model);
  }
}
