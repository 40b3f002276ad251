/** One of the things that answers may come from, and how many of them. */
export interface Expected {
  /** E.g. `frontend:80`. */
  readonly label: string;
  /** From 0 to 1. */
  readonly share: number;
}

/** From what a group of answers comes: something expected or not, or why that cannot be said. */
export type Origin = { readonly label: string } | { readonly unknown: string };

/** What a sample is compared with. */
export interface Expectation {
  /** In words, e.g. `the manifests`. */
  readonly by: string;
  /** The shares add up to 1. */
  readonly shares: readonly Expected[];
  originOf(group: string | undefined): Origin;
}
