import { type RouteExplanation, type RouteRequest, Routes } from '../analysis/routing';
import { problemLines } from '../report/problems';
import type { Input } from './input';
import type { Output } from './output';
import { Refusal } from './refusal';

/**
 * Compiles the routes of manifests, and says what is worth knowing about them.
 *
 * @throws Refusal for everything in the input that is wrong
 */
export function routesOf(input: Input, ingressClass: string | undefined, output: Output): Routes {
  const routes = Routes.ofIngressNginx(input, ingressClass === undefined ? {} : { ingressClass });
  const problems = [...input.unread, ...routes.problems].map((problem) =>
    problem.code === 'several-classes' || problem.code === 'unknown-class'
      ? { ...problem, message: `--class: ${problem.message}` }
      : problem,
  );
  if (problems.length > 0) {
    throw new Refusal(problemLines(problems));
  }
  for (const line of problemLines(routes.notes, { label: 'note: ' })) {
    output.say(line);
  }
  return routes;
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
