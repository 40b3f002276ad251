import type { Manifest } from '../manifest';
import type { Delivery, StepState } from './delivery';
import { flaggerDelivery } from './flagger';
import { rolloutDelivery } from './rollout';

/** Which step of which delivery is asked about. */
export interface DeliveryStep {
  /** From 1; 0 between two releases, before the first step. */
  readonly step: number;
  /**
   * `NAMESPACE/NAME` of the Rollout or Canary.
   *
   * @default - the only one that has steps; for step 0 all of them
   */
  readonly of?: string;
}

/** The Rollouts and Canaries among manifests. */
export function deliveriesOf(manifests: readonly Manifest[]): readonly Delivery[] {
  return manifests.flatMap((manifest) => {
    if (manifest.kind === 'Rollout' && manifest.group === 'argoproj.io') {
      return [rolloutDelivery(manifest, manifests)];
    }
    return manifest.kind === 'Canary' && manifest.group === 'flagger.app' ? [flaggerDelivery(manifest, manifests)] : [];
  });
}

/** Manifests with what controllers of progressive delivery make of them and change in them. */
export function deliveredManifests(
  manifests: readonly Manifest[],
  deliveries: readonly Delivery[] = deliveriesOf(manifests),
  chosen?: Chosen,
): readonly Manifest[] {
  return deliveries.reduce(
    (before, delivery) => delivery.at(delivery === chosen?.delivery ? chosen.state : undefined, before),
    manifests,
  );
}

/** A step that there is. */
export interface Chosen {
  readonly delivery: Delivery;
  readonly step: number;
  readonly state: StepState;
}

/** Deliveries that are asked about between two releases, where that is what is asked, or which there are. */
export function restingDeliveries(
  deliveries: readonly Delivery[],
  { step, of }: DeliveryStep,
): readonly Delivery[] | string | undefined {
  if (step !== 0) {
    return undefined;
  }
  const resting = deliveries.filter((delivery) => delivery.steps.length > 0 && isOf(delivery, of));
  return resting.length === 0
    ? (chosenStep(deliveries, { step: 1, ...(of === undefined ? {} : { of }) }) as string)
    : resting;
}

function isOf({ namespace, name }: Delivery, of: string | undefined): boolean {
  return of === undefined || `${namespace}/${name}` === of;
}

/** Finds a step, or says which there are. */
export function chosenStep(deliveries: readonly Delivery[], { step, of }: DeliveryStep): Chosen | string {
  const moving = deliveries.filter(({ steps }) => steps.length > 0);
  const there = moving.length === 0 ? 'no Rollout or Canary among the manifests has steps' : stepsText(moving);
  const meant = moving.filter((delivery) => isOf(delivery, of));
  const [delivery, second] = meant;
  if (delivery === undefined) {
    return of === undefined ? there : `${of} has no steps; ${there}`;
  }
  if (second !== undefined) {
    return `${step} may be a step of several; say of which, as ${delivery.namespace}/${delivery.name}=${step}; ${there}`;
  }
  const state = delivery.steps[step - 1];
  return state === undefined || !Number.isInteger(step)
    ? `${delivery.text} has no step ${step}; it has ${rangeText(delivery.steps)}`
    : { delivery, step, state };
}

function stepsText(deliveries: readonly Delivery[]): string {
  return `there are ${deliveries.map(({ text, steps }) => `${text} with ${rangeText(steps)}`).join('; ')}`;
}

/** Few steps are told one by one. */
const FEW = 12;

function rangeText(steps: readonly StepState[]): string {
  return steps.length > FEW ? `1 to ${steps.length}` : steps.map(({ text }, at) => `${at + 1} (${text})`).join(', ');
}
