import type { Manifest } from '../manifest';
import type { Delivery, DividedRoute, StepState } from './delivery';
import { mappingsIn, numberIn } from './fields';
import { type FlaggerCanary, flaggerCanary, flaggersObjects } from './flagger-objects';
import { flaggersIngress, flaggersRoute } from './flagger-routes';
import { changed, madeBy, named, withNew } from './made';

/**
 * A Canary of Flagger, and what Flagger makes of it.
 *
 * @see https://docs.flagger.app/usage/deployment-strategies
 */
export function flaggerDelivery(manifest: Manifest, all: readonly Manifest[]): Delivery {
  const canary = flaggerCanary(manifest, all);
  const { namespace, provider, ingress, service, apex } = canary;
  const isIngress = provider === 'nginx' && ingress !== undefined;
  const isGateway = provider.startsWith('gatewayapi');
  const routes: DividedRoute[] = [
    ...(isIngress ? [{ kind: 'Ingress', namespace, name: ingress } as const] : []),
    ...(isGateway ? [{ kind: 'HTTPRoute', namespace, name: apex } as const] : []),
  ];
  const unread = NOT_EVALUATED.filter((key) => service[key] !== undefined);
  return {
    manifest,
    text: `Canary ${namespace}/${manifest.name}`,
    namespace,
    name: manifest.name,
    routes,
    steps: stepsOf(canary),
    plan: manifest.object.spec,
    notes: [
      ...(isIngress || isGateway ? [] : [`its provider ${JSON.stringify(provider)} is not evaluated`]),
      ...unread.map((key) => `service.${key} is not evaluated`),
      ...(canary.analysis.sessionAffinity === undefined ? [] : ['its sessionAffinity is not evaluated']),
      ...(canary.target === undefined ? ['the workload that it names is not among the manifests'] : []),
    ],
    at: (state, manifests) => {
      const weight = state?.weight ?? 0;
      const made = madeBy(manifest, flaggersObjects(canary));
      const withObjects = withNew(manifests, made);
      const routesMade = madeBy(manifest, [
        ...(isIngress ? flaggersIngress(canary, manifests, weight) : []),
        ...(isGateway ? flaggersRoute(canary, weight) : []),
      ]);
      return state === undefined ? withNew(withObjects, routesMade) : inPlace(withObjects, routesMade);
    },
  };
}

const NOT_EVALUATED = ['headers', 'rewrite', 'mirror', 'corsPolicy', 'retries'];

/** Routes that are there, as those of a running cluster, are as they were when somebody looked. */
function inPlace(manifests: readonly Manifest[], made: readonly Manifest[]): readonly Manifest[] {
  const changedOnes = made.flatMap((one) => {
    const there = named(manifests, { ...one, namespace: one.namespace ?? 'default' });
    return there === undefined ? [] : [[there, changed(there, one.object)] as const];
  });
  const by = new Map(changedOnes);
  return withNew(manifests, made).map((manifest) => by.get(manifest) ?? manifest);
}

/** The checks of a Canary, each with what it finds: weights grow by whole steps until they reach the maximum. */
function stepsOf({ analysis }: FlaggerCanary): readonly StepState[] {
  const state = (text: string, weight: number): StepState => ({
    text,
    weight,
    headers: [],
    notes: [],
  });
  const iterations = numberIn(analysis.iterations) ?? 0;
  if (iterations > 0) {
    const tests = mappingsIn(analysis.match);
    const each = (text: string, weight: number) =>
      Array.from({ length: Math.min(iterations, MOST) }, (_, at) => state(`${text} ${at + 1}`, weight));
    return tests.length > 0 ? each('A/B check', 100) : [...each('check', 0), state('all requests', 100)];
  }
  return weightsOf(analysis).map((weight) => state(`weight ${weight}`, weight));
}

/** More steps are not told apart. */
const MOST = 1000;

function weightsOf(analysis: FlaggerCanary['analysis']): readonly number[] {
  const list = Array.isArray(analysis.stepWeights) ? analysis.stepWeights.flatMap((one) => numberIn(one) ?? []) : [];
  if (list.length > 0) {
    return list.map((weight) => Math.min(weight, 100));
  }
  const step = numberIn(analysis.stepWeight) ?? 100;
  const maximum = numberIn(analysis.maxWeight) || 100;
  const weights: number[] = [];
  for (let weight = 0; weight < maximum && weight < 100 && step > 0 && weights.length < MOST; ) {
    weight = Math.min(weight + step, 100);
    weights.push(weight);
  }
  return weights;
}
