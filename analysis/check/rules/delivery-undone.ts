import { controllingOwner } from '../../connectivity/read/workloads';
import { mappingAt } from '../../delivery/fields';
import type { Manifest, Path } from '../../manifest';
import { type CanaryFacts, canariesOf, type RolloutFacts, rolloutsOf } from '../facts/deliveries';
import type { Facts } from '../facts/facts';
import { fieldOf, numberOf, textOf } from '../facts/fields';
import { defineRule, type Found } from '../rule';

/** What the findings of `delivery-undone` hold. */
export interface DeliveryUndone {
  /** The replicas that a Rollout takes away, an autoscaler of the workload that it empties, or an object that Flagger makes. */
  readonly what: 'replicas' | 'autoscaler' | 'made';
  /** `Rollout shop/web`. */
  readonly delivery: string;
  /** `3`, `Deployment shop/web`, `Service shop/web`. */
  readonly value: string;
  /** The name of the Rollout. */
  readonly name: string;
}

/**
 * What manifests say that a controller of progressive delivery changes on the cluster: each time they are applied, its work
 * is undone.
 *
 * @see https://argo-rollouts.readthedocs.io/en/stable/migrating/#reference-deployment-from-rollout
 * @see https://docs.flagger.app/faq
 */
export const rule = defineRule({
  code: 'delivery-undone',
  severity: 'warning',
  reads: ['Rollout', 'Canary', 'Deployment', 'HorizontalPodAutoscaler', 'Service', 'HTTPRoute'],
  *check(facts: Facts): Generator<Found<DeliveryUndone>> {
    for (const rollout of facts.once(rolloutsOf)) {
      yield* rolloutFindings(facts, rollout);
    }
    for (const canary of facts.once(canariesOf)) {
      yield* canaryFindings(facts, canary);
    }
  },
});

function* rolloutFindings(facts: Facts, rollout: RolloutFacts): Generator<Found<DeliveryUndone>> {
  const { manifest, namespace, text, workload } = rollout;
  const deployment = facts
    .of('apps/Deployment')
    .find((one) => one.name === workload && (one.namespace ?? 'default') === namespace);
  const scaleDown = fieldOf(manifest, 'spec', 'workloadRef', 'scaleDown');
  const isScaled = ['onsuccess', 'progressively'].includes(textOf(scaleDown) ?? '');
  const args = { delivery: text, name: manifest.name };
  const replicas = deployment === undefined ? undefined : numberOf(fieldOf(deployment, 'spec', 'replicas'));
  if (deployment !== undefined && isScaled && replicas !== undefined && replicas > 0) {
    yield {
      manifest: deployment,
      path: ['spec', 'replicas'],
      args: { ...args, what: 'replicas', value: String(replicas) },
      related: [{ role: 'because', manifest, path: scaleDown.path }],
    };
  }
  for (const scaler of workload === undefined ? [] : facts.of('autoscaling/HorizontalPodAutoscaler')) {
    const target = fieldOf(scaler, 'spec', 'scaleTargetRef');
    const isSame = textOf(target.get('kind')) === 'Deployment' && textOf(target.get('name')) === workload;
    if (isSame && (scaler.namespace ?? 'default') === namespace) {
      yield {
        manifest: scaler,
        path: target.path,
        args: { ...args, what: 'autoscaler', value: `Deployment ${namespace}/${workload}` },
        related: [{ role: 'because', manifest, path: ['spec', 'workloadRef'] }],
      };
    }
  }
}

function* canaryFindings(facts: Facts, canary: CanaryFacts): Generator<Found<DeliveryUndone>> {
  const { manifest, namespace, text, apex, label, target, provider } = canary;
  const found = (one: Manifest, path: Path): Found<DeliveryUndone> => ({
    manifest: one,
    path,
    args: { what: 'made', delivery: text, value: `${one.kind} ${namespace}/${one.name}`, name: manifest.name },
    related: [{ role: 'because', manifest, path: ['spec'] }],
  });
  const written = (kind: string) =>
    facts.of(kind).filter((one) => (one.namespace ?? 'default') === namespace && controllingOwner(one) === undefined);
  const selected = new Map([
    [apex, `${label?.value}-primary`],
    [`${apex}-primary`, `${label?.value}-primary`],
    [`${apex}-canary`, label?.value],
  ]);
  for (const service of written('/Service').filter(({ name }) => selected.has(name))) {
    const selector = mappingAt(service.object, 'spec', 'selector');
    // A Service as Flagger would make it stays as it is.
    if (
      label !== undefined &&
      (Object.keys(selector).length !== 1 || selector[label.key] !== selected.get(service.name))
    ) {
      yield found(service, ['spec', 'selector']);
    }
  }
  for (const one of written(`apps/${target?.kind}`)) {
    if (one.name === `${target?.name}-primary`) {
      yield found(one, ['metadata', 'name']);
    }
  }
  for (const route of provider.startsWith('gatewayapi') ? written('gateway.networking.k8s.io/HTTPRoute') : []) {
    if (route.name === apex) {
      yield found(route, ['metadata', 'name']);
    }
  }
}
