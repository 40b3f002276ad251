import { isOperated, type OperatorPods, operatorPods } from '../../connectivity/read/operators';
import { meets, type Selector } from '../../connectivity/selector';
import type { Facts } from './facts';

/** The pods that operators make of the custom resources among the manifests, for `facts.once`. */
export function operated({ manifests }: Facts): readonly OperatorPods[] {
  return manifests.filter(isOperated).map(operatorPods);
}

/** Whether a selector may mean pods that an operator makes: it asks for none of their known labels to be otherwise. */
export function mayMeanOperated(facts: Facts, selector: Selector, namespaces: ReadonlySet<string>): boolean {
  return facts
    .once(operated)
    .some(
      ({ namespace, labels }) =>
        namespaces.has(namespace) &&
        selector.every((requirement) => !labels.has(requirement.key) || meets(requirement, labels)),
    );
}
