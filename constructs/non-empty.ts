/** A map of a manifest, left out where it is empty: an API server keeps no empty ones, and Argo CD would see that. */
export function nonEmpty<Held extends object>(map: Held | undefined): Held | undefined {
  return map === undefined || Object.keys(map).length === 0 ? undefined : map;
}
