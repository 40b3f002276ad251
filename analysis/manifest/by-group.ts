/**
 * A table by `group/kind` as one of kinds for each group. It is asked of everything that is read, and so no text is made to ask it.
 *
 * @param table by what stands before the last slash, and behind it
 */
export function byGroup<Value>(
  table: Iterable<readonly [string, Value]>,
): ReadonlyMap<string, ReadonlyMap<string, Value>> {
  const groups = new Map<string, Map<string, Value>>();
  for (const [key, value] of table) {
    const slash = key.lastIndexOf('/');
    const group = key.slice(0, slash);
    let kinds = groups.get(group);
    if (kinds === undefined) {
      kinds = new Map();
      groups.set(group, kinds);
    }
    kinds.set(key.slice(slash + 1), value);
  }
  return groups;
}
