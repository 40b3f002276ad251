import {
  type Chosen,
  chosenStep,
  type DeliveryStep,
  deliveredManifests,
  deliveriesOf,
  restingDeliveries,
} from '../delivery/deliveries';
import type { Delivery } from '../delivery/delivery';
import type { Manifest } from '../manifest';
import type { RouteRule } from './model';
import type { Findings } from './problems';

/** Manifests as controllers of progressive delivery have them on the cluster. */
export interface DeliveredManifests {
  readonly manifests: readonly Manifest[];
  /** What is to be said of answers by a rule. */
  notesFor(rule: RouteRule | undefined): readonly string[];
}

/** Takes manifests as they are at a step of a delivery, or before the first step of all. */
export function delivered(
  manifests: readonly Manifest[],
  step: DeliveryStep | undefined,
  findings: Findings,
): DeliveredManifests {
  const deliveries = deliveriesOf(manifests);
  const resting = step === undefined ? undefined : restingDeliveries(deliveries, step);
  const found = step === undefined ? undefined : (resting ?? chosenStep(deliveries, step));
  if (typeof found === 'string') {
    findings.problems.push({ code: 'unknown-step', file: '', line: 0, message: found });
  }
  const chosen = typeof found === 'object' && 'state' in found ? found : undefined;
  const isAtRest = (delivery: Delivery) => typeof resting === 'object' && resting.includes(delivery);
  for (const { manifest, notes } of deliveries) {
    for (const note of notes) {
      findings.note(manifest, ['spec'], 'no-effect', note);
    }
  }
  return {
    manifests: deliveries.length === 0 ? manifests : deliveredManifests(manifests, deliveries, chosen),
    notesFor: (rule) =>
      rule === undefined
        ? []
        : deliveries
            .filter(({ routes }) =>
              routes.some(
                ({ kind, namespace, name }) => kind === rule.kind && namespace === rule.namespace && name === rule.name,
              ),
            )
            .flatMap((delivery) => (isAtRest(delivery) ? [] : notesOf(delivery, chosen))),
  };
}

function notesOf(delivery: Delivery, chosen: Chosen | undefined): readonly string[] {
  const { text, steps } = delivery;
  if (delivery !== chosen?.delivery) {
    return steps.length === 0
      ? []
      : [
          `it cannot be said whether ${text} is between two releases, as is taken, or at one of its ${counted(steps.length)} to the next; ask at a step, or at step 0`,
        ];
  }
  const { step, state } = chosen;
  return [`at step ${step} of ${steps.length} of ${text}: ${state.text}`, ...state.notes];
}

function counted(steps: number): string {
  return `${steps} step${steps === 1 ? '' : 's'}`;
}
