import { appliedSets, type CheckOptions, type CheckResult, checkSets } from '../analysis/check';
import { refusedOf } from '../analysis/check/alternatives';
import { Cluster } from '../analysis/connectivity';
import type { DeliveryStep } from '../analysis/delivery';
import type { Manifest } from '../analysis/manifest';
import { Routes } from '../analysis/routing';
import { isWithin } from '../input/alternatives';
import { type Placed, problemLines } from '../report/problems';
import { checkMembers, shownArgument } from './arguments';
import { Unanswerable } from './failure';
import { readSubject, type SubjectInput } from './subject';
import type { Subject, SubjectOptions } from './types';

/**
 * Says what manifests alone cannot say, and reads them once for many questions: at the first question; what is changed
 * later has no effect.
 *
 * @example
 * const shop = manifests('dist', { ingressClass: 'nginx', hostNetwork: 'pod' });
 * expect(shop).toRoute({ url: 'http://shop.example.com/' }).toBackend('frontend');
 */
export function manifests(subject: Subject, options: SubjectOptions = {}): Manifests {
  checkMembers(
    'options',
    options,
    [
      'hostNetwork',
      'nodes',
      'pods',
      'ipBlocks',
      'otherPolicies',
      'controller',
      'ingressClass',
      'gateway',
      'assumeGateway',
      'controllerVersion',
      'configMap',
      'step',
      'input',
    ],
    '{ ingressClass: "nginx" }',
  );
  return new Manifests(subject, options);
}

/** Manifests that were read once, for many questions. Made by `manifests`. */
export class Manifests {
  private input: SubjectInput | undefined;
  private compiledCluster: Cluster | undefined;
  private compiledRoutes: Routes | undefined;

  /** @internal */
  constructor(
    private readonly subject: Subject,
    private readonly options: SubjectOptions,
  ) {}

  /** @internal */
  static of(subject: unknown): Manifests {
    return subject instanceof Manifests ? subject : new Manifests(subject as Subject, {});
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
      const input = this.read();
      const routes = Routes.of(input, {
        ...(degree === undefined ? {} : { input: degree }),
        ...(ingressClass === undefined ? {} : { ingressClass }),
        ...(gateway === undefined ? {} : { gateway }),
        ...(assumeGateway === undefined ? {} : { assumeGateway }),
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
    const sets = appliedSets(input.files(isWithin(alternatives, process.cwd())));
    // What an API server would refuse is refused, as by the command check.
    refuse([...input.unread, ...refusedOf(sets, input.problems, this.options.input).problems]);
    return checkSets(sets, options);
  }

  /** @internal */
  objects(): readonly Manifest[] {
    return this.read().manifests;
  }

  private read(): SubjectInput {
    this.input ??= readSubject(this.subject);
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
