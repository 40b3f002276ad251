import { type AddressRange, parseAddress, parseCidr, without } from '../addresses';
import type { Field } from './field';

/**
 * Reads an `ipBlock`: its block without its exceptions.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors
 */
export function readAddresses(field: Field): readonly AddressRange[] {
  field.checkKeys(['cidr', 'except']);
  const cidr = field.get('cidr');
  const block = readCidr(cidr, 'bad-cidr');
  const holes = field
    .get('except')
    .items()
    .map((item) => {
      const hole = readCidr(item, 'bad-except');
      const inside = hole !== undefined && block !== undefined && block.start <= hole.start && hole.end <= block.end;
      if (hole !== undefined && block !== undefined && !(inside && hole.prefix > block.prefix)) {
        item.wrong('bad-except', `give a smaller block inside of ${cidr.value}`);
      }
      return hole;
    })
    .filter((hole) => hole !== undefined);
  return block === undefined ? [] : without(block, holes);
}

/** Reads a block of addresses, or a single address. */
export function readBlock(field: Field): readonly AddressRange[] {
  const text = typeof field.value === 'string' ? field.value : '';
  const address = parseAddress(text);
  if (address !== undefined) {
    return [{ start: address, end: address + 1n }];
  }
  const block = parseCidr(text);
  if ('advice' in block) {
    field.wrong('bad-cidr', block.advice);
    return [];
  }
  return [{ start: block.start, end: block.end }];
}

function readCidr(field: Field, code: 'bad-cidr' | 'bad-except') {
  if (typeof field.value !== 'string') {
    field.wrong(code, 'give a block of addresses such as "10.0.0.0/8"');
    return undefined;
  }
  const block = parseCidr(field.value);
  if ('advice' in block) {
    field.wrong(code, block.advice);
    return undefined;
  }
  return block;
}
