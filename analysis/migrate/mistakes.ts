import type { Manifest, ManifestProblemCode, Problem } from '../manifest';
import type { RoutingProblemCode } from '../routing';
import { nameOf } from '../routing/problems';
import type { Migration, Remark } from './migration';
import { placeOf } from './remarks';
import type { SourceIngress } from './source';

type Found = Problem<RoutingProblemCode>;
type Given = Problem<ManifestProblemCode>;

/** What is wrong, Ingress by Ingress, and what is left without. */
export interface Mistakes {
  readonly mistaken: readonly Remark[];
  /** What is wrong with Ingresses that nobody asked about. */
  readonly others: readonly Found[];
  readonly manifests: readonly Manifest[];
  readonly problems: readonly Given[];
}

/** What is to be chosen before anything can be said. */
const CHOICES: ReadonlySet<RoutingProblemCode> = new Set(['several-classes', 'unknown-class', 'unknown-config-map']);

/** Stands for an Ingress whose name cannot be read. */
const NAMELESS = '?';

/**
 * Parts Ingresses in which something is wrong, or whose Service is wrong, from all others.
 *
 * @param problems that routes of the manifests have
 * @param given those of them that were given with the manifests
 * @returns `undefined` where something is wrong that concerns all of them
 */
export function mistakesOf(
  problems: readonly Found[],
  manifests: readonly Manifest[],
  given: readonly Given[],
  sources: readonly SourceIngress[],
): Mistakes | undefined {
  const out = new Set<string>();
  const mistaken: Remark[] = [];
  const others: Found[] = [];
  for (const problem of problems) {
    const { file, line, message } = problem;
    const [who = '', ...rest] = message.split(': ');
    const remark = { file, line, message: rest.join(': ') };
    const objects = manifests.filter((one) => isKnown(one) && nameOf(one) === who);
    if (CHOICES.has(problem.code) || (objects.length === 0 && who !== 'Ingress')) {
      return undefined;
    }
    const concerned = sources.filter(({ ingress }) => objects.some((object) => concerns(object, ingress)));
    const keys = objects.length === 0 ? [NAMELESS] : [...new Set(concerned.map(({ ingress }) => ingress.key))];
    const isService = objects.some(({ kind }) => kind === 'Service');
    mistaken.push(...keys.map((ingress) => ({ ingress, ...remark, message: isService ? message : remark.message })));
    if (keys.length === 0) {
      others.push({ ...problem, severity: 'tolerable' });
    }
    for (const object of [...objects, ...concerned.map(({ ingress }) => ingress.manifest)]) {
      out.add(nameOf(object));
    }
  }
  const told = new Set<object>(problems);
  return {
    mistaken,
    others,
    manifests: manifests.filter((one) => !(isKnown(one) && out.has(nameOf(one)))),
    problems: given.filter((one) => !told.has(one)),
  };
}

/** Whether it is an object of which Ingresses are made. */
function isKnown({ kind, group }: Manifest): boolean {
  return kind === 'Ingress' ? group === 'networking.k8s.io' : kind === 'Service' && group === '';
}

/** Whether an Ingress is an object, or leads to it. */
function concerns(object: Manifest, { manifest, namespace, rules, defaultBackend }: SourceIngress['ingress']): boolean {
  if (object.kind === 'Ingress') {
    return nameOf(object) === nameOf(manifest);
  }
  const backends = [defaultBackend, ...rules.flatMap(({ paths }) => paths ?? []).map(({ backend }) => backend)];
  return namespace === (object.namespace ?? 'default') && backends.some((one) => one?.service === object.name);
}

/** What came of the other Ingresses, and what is wrong with these. */
export function withMistakes(
  rest: Migration,
  { mistaken, others }: Mistakes,
  sources: readonly SourceIngress[],
): Migration {
  return {
    ...rest,
    ingresses: sources.map(placeOf),
    mistaken: [...mistaken, ...rest.mistaken],
    warnings: [...others, ...rest.warnings],
  };
}
