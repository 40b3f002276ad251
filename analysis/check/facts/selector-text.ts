import type { Requirement, Selector } from '../../connectivity/selector';

/** A selector as `kubectl get --selector` takes it: `app=web,tier in (a,b),!legacy`. */
export function selectorText(selector: Selector): string {
  return selector.map(requirementText).join(',');
}

function requirementText({ key, operator, values }: Requirement): string {
  const list = [...values].join(',');
  switch (operator) {
    case 'In':
      return values.size === 1 ? `${key}=${list}` : `${key} in (${list})`;
    case 'NotIn':
      return values.size === 1 ? `${key}!=${list}` : `${key} notin (${list})`;
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `!${key}`;
    default:
      // Of Calico, which kubectl does not know.
      return `${key} ${operator} ${list}`;
  }
}
