import { provideJudge } from '../constructs/judge';
import type { ValidationContext } from './context';

// Apps that ask for it by `validate` are judged by the same means. Whoever neither validates nor synthesizes loads none of it.
provideJudge(() => (require('./app') as typeof import('./app.js')).judgeApp);

/** Properties of `NetworkingValidation`, as they stand in cdk8s.yaml. */
export interface NetworkingValidationProps {
  /**
   * What single rules count for: `on`, `off`, `error`, `warning` or `info`, by the code of the rule.
   *
   * @default - each rule as it is documented
   */
  readonly rules?: { readonly [code: string]: string | boolean };

  /**
   * Findings to leave out, each with the reason.
   *
   * @default - none but those that the annotation `cdk8s-networking/ignore` of an object names
   */
  readonly ignore?: readonly {
    readonly rule: string;
    readonly object?: string;
    readonly reason?: string;
  }[];

  /**
   * The least severity of findings that fail the synthesis: `error`, `warning`, `info` or `never`.
   *
   * @default "error"
   */
  readonly failOn?: string;

  /**
   * The least severity of findings that are told; those of less are counted.
   *
   * @default "warning"
   */
  readonly tell?: string;

  /**
   * Files, and folders of files, that are applied in the place of others, from the folder in which the command runs. Each is judged
   * in that place.
   *
   * @default - the charts that a `NetworkingApp` calls an `alternative`
   */
  readonly alternatives?: readonly string[];

  /**
   * Whether what an API server refuses or drops is an error (`strict`), or is left alone where it can be understood (`tolerant`).
   *
   * @default "strict"
   */
  readonly input?: string;

  /**
   * The configuration file whose section `checks` holds too. What stands in the properties goes first.
   *
   * @default "cdk8s-networking.yaml", if it is there
   */
  readonly config?: string;
}

/**
 * Checks what `cdk8s synth` writes, as the command `cdk8s-networking check` does: the validation plugin of cdk8s.
 *
 * Each violation names the construct, the file and the line, what is wrong and what to do. Charts that a `NetworkingApp` applies in
 * the place of others are judged in their place.
 *
 * @throws Error when a property is wrong.
 * @see https://cdk8s.io/docs/latest/cli/synth/#validations
 *
 * @example
 *
 *   // in cdk8s.yaml
 *   // validations:
 *   //   - package: ./node_modules/cdk8s-networking/lib/validation
 *   //     class: NetworkingValidation
 *   //     version: 0.1.0
 *   new NetworkingValidation({ failOn: 'warning' });
 */
export class NetworkingValidation {
  private readonly validation: import('./run.js').Validation;

  constructor(props: NetworkingValidationProps = {}) {
    const { Validation } = require('./run') as typeof import('./run.js');
    this.validation = new Validation(props);
  }

  /** Checks the manifests that were written, and reports on them. */
  public async validate(context: ValidationContext): Promise<void> {
    this.validation.report(context);
  }
}
