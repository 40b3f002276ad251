import type { Manifest } from '../../manifest';

/** Labels by name. */
type Labels = ReadonlyMap<string, string>;

/**
 * Whether a selector as arguments write it, such as `team=shop,tier in (a, b),!internal`, selects labels; `undefined` for
 * what is no selector.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
function selects(selector: string, labels: Labels): boolean | undefined {
  const results = (selector.match(/(?:[^,(]|\([^)]*\))+/g) ?? []).map((part) => holds(part.trim(), labels));
  return results.length === 0 || results.includes(undefined) ? undefined : results.every((result) => result === true);
}

function holds(part: string, labels: Labels): boolean | undefined {
  const set = /^([\w./-]+)\s+(in|notin)\s+\(([^)]*)\)$/.exec(part);
  if (set !== null) {
    const [, name = '', operator, list = ''] = set;
    const value = labels.get(name);
    const isIn = value !== undefined && list.split(',').some((one) => one.trim() === value);
    return isIn === (operator === 'in');
  }
  const [, not, name, operator, value = ''] = /^(!?)([\w./-]+)\s*(?:(==?|!=)\s*([\w.-]*))?$/.exec(part) ?? [];
  if (name === undefined || (not === '!' && operator !== undefined)) {
    return undefined;
  }
  if (operator === undefined) {
    return labels.has(name) === (not === '');
  }
  return (labels.get(name) === value) === (operator !== '!=');
}

/**
 * Whether a controller that watches the namespaces of a selector watches this one; `undefined` where the manifests do not
 * tell, since the namespace is not among them.
 */
export function isWatched(selector: string, namespace: string, manifests: readonly Manifest[]): boolean | undefined {
  const own = new Map([['kubernetes.io/metadata.name', namespace]]);
  const found = manifests.find(({ kind, group, name }) => kind === 'Namespace' && group === '' && name === namespace);
  if (found !== undefined) {
    return selects(selector, new Map([...found.labels, ...own]));
  }
  // Without its labels, only the name that every namespace has as a label decides.
  const isByName =
    /^kubernetes\.io\/metadata\.name\b/.test(selector.trim()) && !selector.replace(/\([^)]*\)/, '').includes(',');
  return isByName ? selects(selector, own) : undefined;
}
