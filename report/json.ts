/** A value as JSON. What is `undefined` is written as `null`, so that a script can rely on every field. */
export function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(value, (_, member) => (member === undefined ? null : member), indent);
}
