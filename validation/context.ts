/**
 * What the `cdk8s` command hands to a validation plugin, as far as this one uses it. The types of cdk8s-cli are met by it;
 * they are not named, so that an app compiles without that package.
 *
 * @see https://cdk8s.io/docs/latest/cli/synth/#validations
 */
export interface ValidationContext {
  /** The paths of the manifests that were written. */
  readonly manifests: readonly string[];
  /** The paths of constructs by the names of resources. */
  readonly metadata: { readonly [name: string]: { readonly path: string } };
  /** Whether the manifests go to standard output and their files are gone afterwards. */
  readonly stdout?: boolean | undefined;
  readonly report: ValidationReport;
}

/** Where a validation plugin says what it found. */
export interface ValidationReport {
  /** Adds what violates a rule. */
  addViolation(violation: ValidationViolation): void;
  /** Ends the report. */
  submit(status: 'success' | 'failure', metadata?: { readonly [key: string]: string }): void;
}

/** A rule, and the objects that violate it. */
export interface ValidationViolation {
  readonly ruleName: string;
  readonly recommendation: string;
  readonly fix: string;
  readonly violatingResources: readonly {
    readonly resourceName: string;
    readonly locations: readonly string[];
    readonly manifestPath: string;
  }[];
}
