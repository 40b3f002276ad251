import { meets, type Selector } from '../../connectivity/selector';
import { distanceOf } from '../../manifest/near';
import type { Related } from '../rule';
import { selectorText } from './selector-text';
import { type WorkloadFacts, workloadText } from './workloads';

/** The workload that a selector may have meant, and the first label that differs. */
export interface Nearest {
  readonly workload: string;
  /** What the selector asks for, e.g. `app=wbe`. */
  readonly wanted: string;
  readonly key: string;
  /** What the pods have instead; undefined where they have no such label. */
  readonly found: string | undefined;
}

/**
 * The workload of which a selector misses the fewest labels. None where it misses all that it asks for, unless there is a
 * value that differs in few letters.
 */
export function nearestTo(
  selector: Selector,
  workloads: Iterable<WorkloadFacts>,
): { readonly nearest: Nearest; readonly related: Related } | undefined {
  let best: { readonly workload: WorkloadFacts; readonly misses: Selector; readonly distance: number } | undefined;
  for (const workload of workloads) {
    const misses = selector.filter((requirement) => !meets(requirement, workload.labels));
    const distance = misses.reduce(
      (sum, { key, values }) => sum + distanceTo(workload.labels.get(key), [...values]),
      0,
    );
    const isLike = misses.length < selector.length || distance <= misses.length * 2;
    if (misses.length > 0 && isLike && (best === undefined || distance < best.distance)) {
      best = { workload, misses, distance };
    }
  }
  const missed = best?.misses[0];
  if (best === undefined || missed === undefined) {
    return undefined;
  }
  const { manifest, template, labels } = best.workload;
  return {
    nearest: {
      workload: workloadText(best.workload),
      wanted: selectorText([missed]),
      key: missed.key,
      found: labels.get(missed.key),
    },
    related: { role: 'nearest', manifest, path: [...template, 'metadata', 'labels', missed.key] },
  };
}

/** In how many letters a value differs from the nearest of those that are wanted; many, where there is none. */
function distanceTo(found: string | undefined, wanted: readonly string[]): number {
  return Math.min(FAR, ...(found === undefined ? [] : wanted.map((value) => distanceOf(found, value))));
}

const FAR = 10;
