import { k8s } from 'cdk8s-plus-27';
import { billionths, canonicalQuantity, quantity } from './quantity';
import { type Problems, record, shown } from './values';

/** Amounts of what a node has. */
export interface ResourceAmounts {
  /**
   * Processor time in cores, e.g. `250m` or `1`.
   *
   * @default - not set
   */
  readonly cpu?: string;

  /**
   * Memory in bytes, e.g. `64Mi` or `1.5Gi`.
   *
   * @default - not set
   */
  readonly memory?: string;
}

/**
 * What a container asks for and may use at most.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
 */
export interface ContainerResources {
  /**
   * What the node must have free.
   *
   * @default - nothing
   */
  readonly requests?: ResourceAmounts;

  /**
   * What the container may use at most; not below the request.
   *
   * @default - no limit
   */
  readonly limits?: ResourceAmounts;
}

const RESOURCES = ['cpu', 'memory'] as const;
const SIDES = ['requests', 'limits'] as const;

/** What is wrong with the resources of a container. */
export function resourceProblems(what: string, resources: ContainerResources): Problems {
  const problems = record(what, resources);
  if (problems.length === 0) {
    problems.push(
      ...unknownFields(what, resources, SIDES),
      ...SIDES.flatMap((side) =>
        resources[side] === undefined ? [] : amountProblems(`${what}.${side}`, resources[side]),
      ),
    );
  }
  return problems.length > 0
    ? problems
    : RESOURCES.flatMap((resource) => {
        const [request, limit] = [resources.requests?.[resource], resources.limits?.[resource]];
        return request !== undefined && limit !== undefined && billionths(request) > billionths(limit)
          ? [`${what}.requests.${resource} is ${shown(request)}; give at most the limit, ${shown(limit)}`]
          : [];
      });
}

function amountProblems(what: string, amounts: ResourceAmounts): Problems {
  const problems = record(what, amounts);
  return problems.length > 0
    ? problems
    : [
        ...unknownFields(what, amounts, RESOURCES),
        ...RESOURCES.flatMap((resource) =>
          amounts[resource] === undefined ? [] : quantity(`${what}.${resource}`, amounts[resource]),
        ),
      ];
}

function unknownFields(what: string, value: object, known: readonly string[]): Problems {
  return Object.keys(value)
    .filter((key) => !known.includes(key))
    .map((key) => `${what} holds ${shown(key)}; give ${known.map(shown).join(' and ')}`);
}

/** The resources as a Pod holds them; every amount as an API server would write it. */
export function resourceRequirements(resources: ContainerResources): k8s.ResourceRequirements {
  const amounts = (given: ResourceAmounts = {}) => {
    const written = RESOURCES.flatMap((resource) => {
      const amount = given[resource];
      return amount === undefined ? [] : [[resource, k8s.Quantity.fromString(canonicalQuantity(amount))] as const];
    });
    return written.length > 0 ? Object.fromEntries(written) : undefined;
  };
  return { requests: amounts(resources.requests), limits: amounts(resources.limits) };
}
