/** What a probe measured and how it compares, as every form of the answer needs it. */
export interface ProbeAnswer {
  readonly url: string;
  readonly sample: {
    readonly planned: number;
    readonly answered: number;
    readonly failed: number;
    readonly failures: ReadonlyMap<string, number>;
    readonly milliseconds: number;
    /** Why it ended: all was sent, a person ended it, the time was over, or nothing answered. */
    readonly end: 'done' | 'interrupted' | 'time' | 'silence';
  };
  /** What answers without a group are called. */
  readonly none: string;
  readonly groups: readonly (Counted & {
    readonly group: string | undefined;
    readonly origin: string | undefined;
  })[];
  readonly comparison: ProbeComparison | undefined;
}

interface Counted {
  readonly count: number;
  readonly share: number;
  readonly interval: readonly [number, number];
}

/** What was expected beside what was seen. */
export interface ProbeComparison {
  /** What expects it, e.g. `the manifests`. */
  readonly by: string;
  readonly rows: readonly (Counted & { readonly label: string; readonly expected: number })[];
  readonly unmapped: readonly { readonly group: string | undefined; readonly count: number; readonly why: string }[];
  readonly fit: { readonly test: string; readonly p: number } | undefined;
  readonly significance: number;
  readonly verdict: 'consistent' | 'differs' | 'undecided';
}
