import { type AddressRange, without } from '../../addresses';
import { matches } from '../../selector';
import { readBlock } from '../addresses';
import type { Field } from '../field';
import { readSelector } from '../selector';

/** A CiliumCIDRGroup. */
export interface CidrGroup {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly addresses: readonly AddressRange[];
}

/** Addresses outside that a rule means. */
export interface Cidrs {
  readonly addresses: readonly AddressRange[];
  /** Why nobody knows all of them; `undefined` where somebody does. */
  readonly doubt: string | undefined;
}

/** Reads an item of `fromCIDRSet` or `toCIDRSet`: a block without its exceptions, or groups of blocks. */
export function readCidrSet(field: Field, groups: readonly CidrGroup[]): Cidrs {
  const [unknown] = field.unknownKeys(['cidr', 'cidrGroupRef', 'cidrGroupSelector', 'except']);
  const [cidr, ref, selector] = ['cidr', 'cidrGroupRef', 'cidrGroupSelector'].map((key) => field.get(key)) as [
    Field,
    Field,
    Field,
  ];
  if ([cidr, ref, selector].filter((one) => one.isGiven).length !== 1) {
    field.report('bad-cidr', `${field.place}: give exactly one of cidr, cidrGroupRef and cidrGroupSelector`);
    return { addresses: [], doubt: undefined };
  }
  const holes = field.get('except').items().flatMap(readBlock);
  const wanted = selector.isGiven ? readSelector(selector) : [];
  const meant = groups.filter(({ name, labels }) => (ref.isGiven ? name === ref.value : matches(wanted, labels)));
  const whole = cidr.isGiven ? readBlock(cidr) : meant.flatMap(({ addresses }) => addresses);
  const isMissing = !cidr.isGiven && meant.length === 0;
  return {
    addresses: whole.flatMap((range) => without(range, holes)),
    doubt:
      unknown ??
      (isMissing
        ? `the addresses of ${ref.isGiven ? `CiliumCIDRGroup ${String(ref.value)}` : 'a CiliumCIDRGroup'}`
        : undefined),
  };
}
