import type { DeliveryStep } from '../analysis/delivery';
import type { InputDegree, Problem } from '../analysis/manifest';
import { type RouteExplanation, type RouteRequest, Routes } from '../analysis/routing';
import { type Placed, problemLines } from '../report/problems';
import type { Input } from './input';
import type { Output } from './output';
import { Refusal } from './refusal';
import { settle } from './warnings';

/** Which of several controllers and Gateways; at most one may be given. */
export interface RoutesChoice {
  readonly class?: string | undefined;
  readonly gateway?: string | undefined;
  /** Whether a Gateway that is not among the manifests is taken as there. */
  readonly assumeGateway?: boolean | undefined;
  /** Whether a Service that is not among the manifests is taken as there. */
  readonly assumeServices?: boolean | undefined;
  /** Whether a Secret that an annotation names and that is not among the manifests is taken as there. */
  readonly assumeSecrets?: boolean | undefined;
  /** The step of a delivery that requests are asked about at. */
  readonly step?: DeliveryStep | undefined;
  /** The release of ingress-nginx. */
  readonly controllerVersion?: string | undefined;
  /** The ConfigMap of ingress-nginx, `NAMESPACE/NAME`. */
  readonly configMap?: string | undefined;
}

/** The same, and how manifests are read. */
export interface RoutesReading extends RoutesChoice {
  readonly input: InputDegree;
}

/** The options that a problem calls for. */
const OPTIONS = new Map<string, string>([
  ['several-classes', '--class'],
  ['unknown-class', '--class'],
  ['unknown-config-map', '--config-map'],
  ['several-gateways', '--gateway'],
  ['unknown-gateway', '--gateway'],
  ['unknown-step', '--step'],
  ['several-targets', '--class or --gateway'],
]);

/**
 * Compiles the routes of manifests, and says what is worth knowing about them.
 *
 * @throws Refusal for everything in the input that is wrong, and where there are several to choose from
 */
export function routesOf(input: Input, choice: RoutesReading, output: Output): Routes {
  const routes = settledRoutes(input, choice, output);
  tellNotes(routes.notes, output);
  return routes;
}

/** Says what is worth knowing about routes. */
export function tellNotes(notes: readonly Placed[], output: Output): void {
  for (const line of problemLines(notes, { label: 'note: ' })) {
    output.say(line);
  }
}

/**
 * Compiles the routes of manifests; what is worth knowing about them is left to whoever asks.
 *
 * @throws Refusal for everything in the input that is wrong, and where there are several to choose from
 */
export function settledRoutes(input: Input, choice: RoutesReading, output: Output): Routes {
  const { class: ingressClass, gateway, assumeGateway, assumeServices, assumeSecrets, input: degree } = choice;
  const { controllerVersion, configMap, step } = choice;
  const routes = Routes.of(input, {
    input: degree,
    ...(ingressClass === undefined ? {} : { ingressClass }),
    ...(gateway === undefined ? {} : { gateway }),
    ...(assumeGateway === undefined ? {} : { assumeGateway }),
    ...(assumeServices === undefined ? {} : { assumeServices }),
    ...(assumeSecrets === undefined ? {} : { assumeSecrets }),
    ...(controllerVersion === undefined ? {} : { controllerVersion }),
    ...(configMap === undefined ? {} : { configMap }),
    ...(step === undefined ? {} : { step }),
  });
  const problems = withOptions([...input.unread, ...routes.problems]);
  settle({ problems, warnings: routes.warnings }, degree, output);
  return routes;
}

/** Problems that an option solves, with the option before them. */
export function withOptions<One extends Problem<string>>(problems: readonly One[]): readonly One[] {
  return problems.map((problem) => {
    const option = OPTIONS.get(problem.code);
    return option === undefined ? problem : { ...problem, message: `${option}: ${problem.message}` };
  });
}

/**
 * Asks for one request.
 *
 * @param who what a refusal calls it, e.g. `--url`
 * @throws Refusal for what is no request
 */
export function explained(routes: Routes, request: RouteRequest, who: string): RouteExplanation {
  try {
    return routes.explain(request);
  } catch (error) {
    throw error instanceof RangeError ? new Refusal([`${who}: ${error.message}`]) : error;
  }
}
