import type { Manifest } from '../manifest';
import { isMapping } from '../manifest/value';

/** When a cluster made an object, in milliseconds; `undefined` for one that is yet to be made. */
export function createdAt({ object: { metadata } }: Manifest): number | undefined {
  const time = isMapping(metadata) ? metadata.creationTimestamp : undefined;
  const milliseconds = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}
