import { mappingAt, mappingsIn } from '../../delivery/fields';
import { FLAGGER_LABELS, type FlaggerCanary, flaggerCanary } from '../../delivery/flagger-objects';
import { type RolloutRouting, routingOf } from '../../delivery/rollout-routing';
import type { Manifest, Path } from '../../manifest';
import type { Facts } from './facts';
import { fieldOf, textOf } from './fields';

/** A Rollout of Argo Rollouts. */
export interface RolloutFacts {
  readonly manifest: Manifest;
  readonly namespace: string;
  /** `Rollout shop/web`. */
  readonly text: string;
  /** The Services that it names, each with its place. */
  readonly services: readonly NamedService[];
  readonly routing: RolloutRouting;
  /** The Deployment whose template it takes. */
  readonly workload: string | undefined;
}

export interface NamedService {
  readonly path: Path;
  /** `undefined` where nothing is named. */
  readonly name: string | undefined;
}

/** A Canary of Flagger. */
export interface CanaryFacts extends FlaggerCanary {
  /** `Canary shop/web`. */
  readonly text: string;
  /** The label by which Flagger tells the workload, and its value; `undefined` where it has none. */
  readonly label: { readonly key: string; readonly value: string } | undefined;
}

const CANARY = ['spec', 'strategy', 'canary'];
const BLUE_GREEN = ['spec', 'strategy', 'blueGreen'];

/** The Rollouts, for `facts.once`. */
export function rolloutsOf(facts: Facts): readonly RolloutFacts[] {
  return facts.of('argoproj.io/Rollout').map((manifest) => {
    const { namespace = 'default', name, object } = manifest;
    const serviceAt = (...path: string[]) => ({ path, name: textOf(fieldOf(manifest, ...path)) || undefined });
    const ref = fieldOf(manifest, 'spec', 'workloadRef');
    const isDeployment = textOf(ref.get('kind')) === 'Deployment';
    return {
      manifest,
      namespace,
      text: `Rollout ${namespace}/${name}`,
      services: fieldOf(manifest, ...BLUE_GREEN).isGiven
        ? [serviceAt(...BLUE_GREEN, 'activeService'), serviceAt(...BLUE_GREEN, 'previewService')]
        : [serviceAt(...CANARY, 'stableService'), serviceAt(...CANARY, 'canaryService')],
      routing: routingOf(manifest, mappingAt(object, ...CANARY)),
      workload: isDeployment ? textOf(ref.get('name')) : undefined,
    };
  });
}

/** The Canaries, for `facts.once`. */
export function canariesOf(facts: Facts): readonly CanaryFacts[] {
  return facts.of('flagger.app/Canary').map((manifest) => {
    const kind = textOf(fieldOf(manifest, 'spec', 'targetRef', 'kind')) ?? 'Deployment';
    const canary = flaggerCanary(manifest, facts.of(`apps/${kind}`));
    const selected = mappingAt(canary.target?.object, 'spec', 'selector', 'matchLabels');
    const key = FLAGGER_LABELS.find((label) => typeof selected[label] === 'string');
    return {
      ...canary,
      text: `Canary ${canary.namespace}/${manifest.name}`,
      label: key === undefined ? undefined : { key, value: String(selected[key]) },
    };
  });
}

/** The Services to which the rules of a route lead. */
export function ledTo({ object }: Manifest): ReadonlySet<unknown> {
  const rules = mappingsIn(mappingAt(object, 'spec').rules);
  return new Set(
    rules.flatMap((one) => [
      ...mappingsIn(one.backendRefs).map((ref) => ref.name),
      ...mappingsIn(mappingAt(one, 'http').paths).map((path) => mappingAt(path, 'backend', 'service').name),
    ]),
  );
}
