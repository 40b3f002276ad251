export { ALL_FAMILIES, familyOf, wishesOf } from './families';
export type { Family, Wish, Wishes } from './wish';
