import { type Problems, shown } from './values';

const SUFFIXES = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const WRITTEN = /^(\d+)(?:\.(\d+))?(n|u|m|k|[KMGTPE]i|[MGTPE])?$/;

/** A quantity of Kubernetes, such as `100m` or `1.5Gi`. */
export function quantity(what: string, value: unknown): Problems {
  return typeof value === 'string' && WRITTEN.test(value)
    ? []
    : [`${what} is ${shown(value)}; give a quantity as text, such as "250m" or "64Mi"`];
}

/**
 * A quantity as an API server writes it: `1000m` is `1`, `2048Mi` is `2Gi`, `0.5` is `500m`. Written otherwise it
 * would show as a difference from the live object for ever.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function canonicalQuantity(value: string): string {
  const nanos = billionths(value);
  // Below 1024, and where it is no whole number, an API server takes decimal suffixes for both.
  return value.endsWith('i') && nanos >= 1024n * 10n ** 9n && nanos % 10n ** 9n === 0n
    ? scaled(nanos / 10n ** 9n, 1024n, ['', ...BINARY])
    : scaled(nanos, 1000n, SUFFIXES);
}

function scaled(amount: bigint, step: bigint, suffixes: readonly string[]): string {
  let [rest, at] = [amount, 0];
  while (rest !== 0n && rest % step === 0n && at < suffixes.length - 1) {
    rest /= step;
    at += 1;
  }
  return rest === 0n ? '0' : `${rest}${suffixes[at]}`;
}

/** A quantity as a whole number of billionths, rounded up where it has finer parts, as an API server does. */
export function billionths(value: string): bigint {
  const [, whole = '', fraction = '', suffix = ''] = WRITTEN.exec(value) ?? [];
  const binary = BINARY.indexOf(suffix);
  const unit = binary >= 0 ? 1024n ** BigInt(binary + 1) * 10n ** 9n : 1000n ** BigInt(SUFFIXES.indexOf(suffix));
  const divisor = 10n ** BigInt(fraction.length);
  return (BigInt(whole + fraction) * unit + divisor - 1n) / divisor;
}
