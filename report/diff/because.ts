import type { ChangedObject } from '../../analysis';
import { placeOf } from '../problems';

/** An object that a change comes from, and where it stands: `NetworkPolicy shop/db changed, dist/shop.yaml:12`. */
export function becauseLine({ object, change, file, line }: ChangedObject): string {
  return `${object} ${change === 'changed' ? 'changed' : `is ${change}`}, ${placeOf(file, line)}`;
}
