import { type AppliedFile, appliedSets, type CheckOptions, type CheckResult, checkSets } from '../analysis/check';
import { refusedOf } from '../analysis/check/alternatives';
import { Cluster } from '../analysis/connectivity';
import type { DeliveryStep } from '../analysis/delivery';
import type { Manifest, Problem, Reading } from '../analysis/manifest';
import { Routes } from '../analysis/routing';
import { type Placed, problemLines } from '../report/problems';
import { shownArgument } from './arguments';
import { Unanswerable } from './failure';
import type { SubjectOptions } from './types';

/** What was read of a subject, and all that is wrong with it. */
export interface SubjectInput {
  readonly manifests: readonly Manifest[];
  readonly problems: Reading['problems'];
  /** What stops a subject from being manifests at all. */
  readonly unread: readonly Problem[];
  /**
   * The manifests by what is applied in the place of something else, as charts of a construct may be.
   *
   * @param alternatives files and folders that are applied so
   */
  files(alternatives: readonly string[]): readonly AppliedFile[];
}

/**
 * Manifests that were read once, for many questions. Made by `manifests`. How they are read is not known here, so that the matchers
 * are the same where there are no files, as in a browser.
 */
export class Manifests {
  private input: SubjectInput | undefined;
  private compiledCluster: Cluster | undefined;
  private compiledRoutes: Routes | undefined;

  /** @internal */
  constructor(
    private readonly readInput: () => SubjectInput,
    private readonly options: SubjectOptions,
  ) {}

  /**
   * What a matcher is asked about: `given` has made it of what a test gave.
   *
   * @internal
   */
  static of(subject: unknown): Manifests {
    if (subject instanceof Manifests) {
      return subject;
    }
    throw new TypeError('a matcher is asked about what `given` did not read');
  }

  /** @internal */
  cluster(): Cluster {
    if (this.compiledCluster === undefined) {
      const { hostNetwork, nodes, pods, ipBlocks, otherPolicies, controller, input: degree } = this.options;
      const input = this.read();
      const options = { hostNetwork, nodes, pods, ipBlocks, otherPolicies, input: degree };
      const cluster = Cluster.from(input, options);
      refuse([...input.unread, ...cluster.problems]);
      // Only now: the workload of a controller that is not found may stand in what can't be read.
      this.compiledCluster = controller === undefined ? cluster : Cluster.from(input, { ...options, controller });
    }
    return this.compiledCluster;
  }

  /** @internal */
  routes(): Routes {
    if (this.compiledRoutes === undefined) {
      const { ingressClass, gateway, assumeGateway, controllerVersion, configMap, step, input: degree } = this.options;
      const { assumeServices, assumeSecrets } = this.options;
      const input = this.read();
      const routes = Routes.of(input, {
        ...(degree === undefined ? {} : { input: degree }),
        ...(ingressClass === undefined ? {} : { ingressClass }),
        ...(gateway === undefined ? {} : { gateway }),
        ...(assumeGateway === undefined ? {} : { assumeGateway }),
        ...(assumeServices === undefined ? {} : { assumeServices }),
        ...(assumeSecrets === undefined ? {} : { assumeSecrets }),
        ...(controllerVersion === undefined ? {} : { controllerVersion }),
        ...(configMap === undefined ? {} : { configMap }),
        ...(step === undefined ? {} : { step: stepOf(step) }),
      });
      refuse([...input.unread, ...routes.problems].map(withAdvice));
      this.compiledRoutes = routes;
    }
    return this.compiledRoutes;
  }

  /**
   * What is wrong with the manifests.
   *
   * @param alternatives files and folders that are applied in the place of others
   * @internal
   */
  findings(options: CheckOptions, alternatives: readonly string[]): CheckResult {
    const input = this.read();
    const sets = appliedSets(input.files(alternatives));
    // What an API server would refuse is refused, as by the command check.
    refuse([...input.unread, ...refusedOf(sets, input.problems, this.options.input).problems]);
    return checkSets(sets, options);
  }

  /** @internal */
  objects(): readonly Manifest[] {
    return this.read().manifests;
  }

  private read(): SubjectInput {
    this.input ??= this.readInput();
    return this.input;
  }
}

function refuse(problems: readonly Placed[]): void {
  if (problems.length > 0) {
    throw new Unanswerable(['The manifests cannot be used:', ...problemLines(problems)].join('\n  '));
  }
}

/** What `manifests` has to be told where there are several to choose from. */
const ADVICE = new Map([
  ['several-classes', '{ ingressClass: "NAME" }'],
  ['several-gateways', '{ gateway: "NAMESPACE/NAME" }'],
  ['several-targets', '{ ingressClass: "NAME" } or { gateway: "NAMESPACE/NAME" }'],
  ['unknown-step', '{ step: 2 } or { step: "NAMESPACE/NAME=2" }'],
]);

/** @throws Unanswerable for what is no step */
function stepOf(step: unknown): DeliveryStep {
  const [, of, digits] = /^(?:([^\s/=]+\/[^\s/=]+)=)?(\d{1,6})$/.exec(String(step)) ?? [];
  if (digits === undefined || (typeof step !== 'number' && typeof step !== 'string')) {
    throw new Unanswerable(`step is ${shownArgument(step)}; give a number from 0, or "NAMESPACE/NAME=2"`);
  }
  return { step: Number(digits), ...(of === undefined ? {} : { of }) };
}

function withAdvice<Some extends Placed & { readonly code: string }>(problem: Some): Some {
  const advice = ADVICE.get(problem.code);
  return advice === undefined ? problem : { ...problem, message: `${problem.message} by manifests(…, ${advice})` };
}
