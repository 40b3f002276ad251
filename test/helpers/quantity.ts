const POWERS = new Map<string, readonly [base: bigint, exponent: number]>([
  ['n', [10n, -9]],
  ['u', [10n, -6]],
  ['m', [10n, -3]],
  ['', [10n, 0]],
  ['k', [10n, 3]],
  ['M', [10n, 6]],
  ['G', [10n, 9]],
  ['T', [10n, 12]],
  ['P', [10n, 15]],
  ['E', [10n, 18]],
  ['Ki', [2n, 10]],
  ['Mi', [2n, 20]],
  ['Gi', [2n, 30]],
  ['Ti', [2n, 40]],
  ['Pi', [2n, 50]],
  ['Ei', [2n, 60]],
]);

const WRITTEN = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+)|([numkMGTPE]|[KMGTPE]i)?)$/;

/**
 * One spelling for every way to write a quantity: `1000m`, `1.0` and 1 are all "1"; `2048Mi` is "2Gi".
 *
 * @throws Error when the value is no quantity.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function canonicalQuantity(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : value;
  const parts = typeof text === 'string' ? WRITTEN.exec(text) : null;
  const [, sign, whole = '', fraction = '', exponent, suffix = ''] = parts ?? [];
  if (!parts || whole + fraction === '') {
    throw new Error(`${JSON.stringify(value)} is not a quantity`);
  }
  const [base, power] = exponent === undefined ? (POWERS.get(suffix) ?? [10n, 0]) : ([10n, Number(exponent)] as const);
  // In units of 10^-9 times 10^-fraction, so that everything stays a whole number.
  let nanos = BigInt(whole + fraction) * 10n ** 9n;
  nanos = power >= 0 ? nanos * base ** BigInt(power) : divideUp(nanos, base ** BigInt(-power));
  nanos = divideUp(nanos, 10n ** BigInt(fraction.length));
  return (sign === '-' && nanos > 0n ? '-' : '') + written(nanos);
}

/** The API server rounds up what is finer than a billionth. */
function divideUp(value: bigint, by: bigint): bigint {
  return (value + by - 1n) / by;
}

function written(nanos: bigint): string {
  const units: [string, bigint][] = [
    ['Ei', 2n ** 60n],
    ['Pi', 2n ** 50n],
    ['Ti', 2n ** 40n],
    ['Gi', 2n ** 30n],
    ['Mi', 2n ** 20n],
    ['Ki', 2n ** 10n],
    ['', 1n],
  ];
  const whole = units.find(([, unit]) => nanos !== 0n && nanos % (unit * 10n ** 9n) === 0n);
  if (nanos === 0n || whole) {
    return whole ? `${nanos / (whole[1] * 10n ** 9n)}${whole[0]}` : '0';
  }
  if (nanos % 10n ** 6n === 0n) {
    return `${nanos / 10n ** 6n}m`;
  }
  return nanos % 10n ** 3n === 0n ? `${nanos / 10n ** 3n}u` : `${nanos}n`;
}
