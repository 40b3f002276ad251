/** A count with commas between thousands, as `toLocaleString('en')` writes it; that one takes 25 ms to get ready. */
export function numberText(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
