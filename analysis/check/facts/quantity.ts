/** Suffixes of decimal quantities, the largest first, as powers of 1000. */
const DECIMAL = ['E', 'P', 'T', 'G', 'M', 'k', '', 'm', 'u', 'n'];
/** Suffixes of binary quantities, the largest first, as powers of 1024. */
const BINARY = ['Ei', 'Pi', 'Ti', 'Gi', 'Mi', 'Ki'];

/**
 * A quantity as an API server writes it: without a fraction, with the largest suffix that allows it. Undefined for what is no
 * quantity, and for one with an exponent.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function canonicalQuantity(text: string): string | undefined {
  const [, sign = '', whole = '', fraction = '', suffix = ''] =
    /^([+-]?)(\d*)(?:\.(\d*))?([EPTGMk]|[EPTGMK]i|[mun]|)$/.exec(text) ?? [];
  if (whole === '' && fraction === '') {
    return undefined;
  }
  // The smallest step is a billionth.
  const [digits, scale] = [BigInt(`${whole}${fraction}`), 10n ** BigInt(fraction.length)];
  const nano = (digits * unitOf(suffix)) / scale;
  const isExact = nano * scale === digits * unitOf(suffix);
  if (!isExact) {
    return undefined;
  }
  const minus = sign === '-' && nano !== 0n ? '-' : '';
  const suffixes = suffix.endsWith('i') && nano >= 1024n * NANO ? [...BINARY, '', 'm', 'u', 'n'] : DECIMAL;
  const best = nano === 0n ? '' : (suffixes.find((one) => nano % unitOf(one) === 0n) ?? 'n');
  return `${minus}${nano / unitOf(best)}${best}`;
}

const NANO = 1_000_000_000n;

/** A suffix in billionths. */
function unitOf(suffix: string): bigint {
  const binary = BINARY.indexOf(suffix);
  return binary >= 0 ? 1024n ** BigInt(BINARY.length - binary) * NANO : 1000n ** BigInt(9 - DECIMAL.indexOf(suffix));
}
