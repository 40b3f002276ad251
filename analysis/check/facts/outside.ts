import { GENERATED_LABELS } from '../../connectivity/notes';
import type { Selector } from '../../connectivity/selector';

/** Labels of pods that cert-manager makes to solve a challenge. */
const SOLVER_LABELS = new Set(['acme.cert-manager.io/http01-solver', 'acme.cert-manager.io/http-domain']);

/** Whether a selector asks for a label that only controllers give: no manifest shows the pods that it means. */
export function asksForGivenLabel(selector: Selector): boolean {
  return selector.some(
    ({ key, operator }) =>
      (operator === 'In' || operator === 'Exists') && (GENERATED_LABELS.has(key) || SOLVER_LABELS.has(key)),
  );
}
