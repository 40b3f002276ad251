import type { Construct } from 'constructs';
import type { ExistingService } from '../existing-service';
import { ExposedService } from '../exposed-service';
import { existingProblems } from '../exposed-service/problems';
import { fields } from '../fields';
import { image } from '../image';
import type { INamespace } from '../namespace';
import { type Problems, record, serviceName, shown } from '../values';

/** Where a canary's requests go. Exactly one of `image`, `service` and `existing` is given. */
export interface CanaryTarget {
  /**
   * Another image for the main service, which has to be made from an image itself. All other settings are the same, and it
   * may connect to whatever the main service may.
   *
   * @default - one of `service` and `existing` is given
   */
  readonly image?: string;

  /**
   * The name of the Deployment and Service that are made for `image`.
   *
   * @default - the name of the main service with "-canary" after it
   */
  readonly name?: string;

  /**
   * Another service, in the namespace of the main one and not exposed itself.
   *
   * @default - one of `image` and `existing` is given
   */
  readonly service?: ExposedService;

  /**
   * A Service that something else made, in the namespace of the main one, which is also its default.
   *
   * @default - one of `image` and `service` is given
   */
  readonly existing?: ExistingService;
}

const KINDS = ['image', 'service', 'existing'] as const;

const FIELDS = fields({
  image,
  name: serviceName,
  service: (what, value) =>
    value instanceof ExposedService ? [] : [`${what} is ${shown(value)}; give an ExposedService`],
  existing: existingProblems,
});

/** What is wrong with a target for the canary of this service. */
export function targetProblems(main: ExposedService, target: CanaryTarget): Problems {
  const problems = FIELDS('canary', target);
  if (record('canary', target).length > 0) {
    return problems;
  }
  const given = KINDS.filter((kind) => target[kind] !== undefined);
  if (given.length !== 1) {
    const said = given.length === 0 ? 'canary says nothing' : `canary has ${given.join(' and ')}`;
    return [`${said}; give one of ${KINDS.join(', ')}`, ...problems];
  }
  if (problems.length > 0) {
    return problems;
  }
  return target.image === undefined ? otherProblems(main, target) : imageProblems(main, target);
}

function imageProblems(main: ExposedService, { image, name }: CanaryTarget): Problems {
  if (!main._isOfImage) {
    return [
      `canary.image is ${shown(image)}; ${main.node.path} is not made from an image, give canary.service or canary.existing`,
    ];
  }
  const own = nameOfVariant(main, name);
  return own === main.name
    ? [`canary.name is ${shown(own)}, the name of the main service; give another`]
    : serviceName('the name of the canary, made from that of the main service,', own).map(
        (problem) => `${problem}; or give canary.name`,
      );
}

function otherProblems(main: ExposedService, target: CanaryTarget): Problems {
  const what = target.service ? 'canary.service' : 'canary.existing';
  const { name } = target.service ?? target.existing ?? main;
  const own = main._namespaceName;
  const namespace = target.service ? target.service._namespaceName : (target.existing?.namespace?.name ?? own);
  if (target.name !== undefined) {
    return [`canary.name is ${shown(target.name)}; ${what} has a name, leave it out`];
  }
  if (namespace !== own) {
    return [`${what} is in ${placeText(namespace)}; give one of ${placeText(own)}, where main is`];
  }
  return name === main.name ? [`${what} is the Service ${shown(name)}, which is that of main; give another`] : [];
}

function placeText(namespace: string | undefined): string {
  return namespace === undefined ? 'a namespace that no manifest names' : `the namespace ${shown(namespace)}`;
}

function nameOfVariant(main: ExposedService, name: string | undefined): string {
  return name ?? `${main.name}-canary`;
}

/** The Service that a canary's requests go to. */
export interface CanaryEnd {
  readonly service: ExistingService;
  /** The construct of it, if there is one. */
  readonly exposed?: ExposedService;
}

/** Makes what is not there yet of a target without problems. */
export function canaryEnd(scope: Construct, main: ExposedService, target: CanaryTarget): CanaryEnd {
  const { image, service, existing } = target;
  if (existing) {
    return { service: { ...existing, namespace: existing.namespace ?? namespaceOf(main) } };
  }
  const exposed = service ?? main._variant(scope, 'service', nameOfVariant(main, target.name), String(image));
  return { service: exposed.service, exposed };
}

function namespaceOf(main: ExposedService): INamespace | undefined {
  const name = main._namespaceName;
  return name === undefined ? undefined : { name };
}
