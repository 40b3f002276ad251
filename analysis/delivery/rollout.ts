import type { Manifest } from '../manifest';
import { isMapping } from '../manifest/value';
import type { Delivery, DividedRoute, HeaderRoute, StepState } from './delivery';
import { type Fields, mappingAt, mappingsIn, numberIn, textIn } from './fields';
import { canaryIngresses } from './rollout-ingress';
import { dividedRoutes } from './rollout-route';
import { GATEWAY_PLUGIN, type RolloutRouting, routeNotes, routingOf } from './rollout-routing';

/**
 * A Rollout of Argo Rollouts, as far as it divides requests.
 *
 * @see https://argo-rollouts.readthedocs.io/en/stable/features/traffic-management/
 */
export function rolloutDelivery(manifest: Manifest, all: readonly Manifest[]): Delivery {
  const { namespace = 'default', name, object } = manifest;
  const canary = mappingAt(object, 'spec', 'strategy', 'canary');
  const traffic = mappingAt(canary, 'trafficRouting');
  const routing = routingOf(manifest, canary);
  const routes: DividedRoute[] = [
    ...routing.ingresses.map((ingress) => ({ kind: 'Ingress', namespace, name: ingress }) as const),
    ...routing.httpRoutes.map(
      (route) => ({ kind: 'HTTPRoute', namespace: routing.namespace, name: route.name }) as const,
    ),
  ];
  const steps = stepsOf(mappingsIn(canary.steps), routing);
  const others = Object.keys(traffic).filter((key) => !EVALUATED.has(key));
  const plugins = Object.keys(mappingAt(traffic, 'plugins')).filter((key) => key !== GATEWAY_PLUGIN);
  return {
    manifest,
    text: `Rollout ${namespace}/${name}`,
    namespace,
    name,
    routes,
    steps,
    plan: mappingAt(object, 'spec').strategy,
    notes: [
      ...others.map((key) => `its trafficRouting by ${key} is not evaluated`),
      ...plugins.map(
        (key) =>
          `its plugin ${JSON.stringify(key)} is not evaluated; that of the Gateway API is called ${GATEWAY_PLUGIN}`,
      ),
      ...(steps.length > 0 && Object.keys(traffic).length === 0
        ? ['it has no trafficRouting: its Pods share the requests by their number, which is not evaluated']
        : []),
      ...routeNotes(routing, routes, all),
    ],
    at: (state, manifests) =>
      state === undefined
        ? manifests
        : [...dividedRoutes(manifests, routing, state), ...canaryIngresses(manifest, manifests, routing, state.weight)],
  };
}

const EVALUATED = new Set(['nginx', 'plugins', 'managedRoutes', 'maxTrafficWeight']);

/** What holds at each step: weights and routes for headers stay until a later step changes them. */
function stepsOf(steps: readonly Fields[], routing: RolloutRouting): readonly StepState[] {
  let weight = 0;
  let scale: number | undefined;
  let headers: readonly HeaderRoute[] = [];
  return steps.map((step) => {
    const notes: string[] = [];
    weight = numberIn(step.setWeight) ?? weight;
    if (isMapping(step.setCanaryScale)) {
      const { replicas, weight: share } = step.setCanaryScale;
      scale = numberIn(replicas) ?? numberIn(share);
    }
    if (isMapping(step.setHeaderRoute)) {
      headers = withHeader(headers, step.setHeaderRoute);
    }
    if (isMapping(step.experiment)) {
      notes.push('it cannot be said whether the experiment of this step takes a part of the requests');
    }
    if (headers.length > 0 && routing.ingresses.length > 0) {
      notes.push('Argo Rollouts does nothing about setHeaderRoute with ingress-nginx');
    }
    if (headers.length > 0 && (scale ?? weight) === 0) {
      notes.push('no Pod of the next version runs at this step, so that requests with its headers find none');
    }
    return { text: textOf(step), weight, headers, notes };
  });
}

function withHeader(headers: readonly HeaderRoute[], { name, match }: Fields): readonly HeaderRoute[] {
  const called = textIn(name) ?? '';
  const others = headers.filter((header) => header.name !== called);
  const wanted = mappingsIn(match);
  return wanted.length === 0 ? others : [...others, { name: called, match: wanted }];
}

function textOf(step: Fields): string {
  const [kind = 'nothing'] = Object.keys(step);
  const value = step[kind];
  const said = isMapping(value) ? (value.duration ?? value.name ?? value.replicas) : value;
  return said === undefined ? kind : `${kind} ${String(said)}`;
}
