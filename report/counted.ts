import { numberText } from './numbers';

/** A number of things, e.g. `1 connection` or `2,000 connections`. */
export function counted(count: number, thing: string): string {
  return `${numberText(count)} ${thing}${count === 1 ? '' : 's'}`;
}
