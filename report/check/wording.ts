/** The words for the findings of a rule. */
export interface Words<Args> {
  /** What the rule looks for, for lists of rules: `a NetworkPolicy selects no pod`. */
  readonly title: string;
  /** What is wrong, with the values: a sentence without the object, and without a full stop. */
  message(args: Args): string;
  /** What to do: the same. */
  advice(args: Args): string;
}
