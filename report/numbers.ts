/** A share as people read it: `5 %`, `33.3333 %`; what is more than nothing is never `0 %`, less than all never `100 %`. */
export function percent(share: number, digits = 4): string {
  const rounded = Number((share * 100).toFixed(digits));
  const least = 10 ** -digits;
  return share > 0 && rounded === 0
    ? `< ${least.toFixed(digits)} %`
    : share < 1 && rounded === 100
      ? `> ${(100 - least).toFixed(digits)} %`
      : `${rounded} %`;
}

/** A count with commas between thousands, as `toLocaleString('en')` writes it; that one takes 25 ms to get ready. */
export function numberText(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
