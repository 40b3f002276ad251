import type { Manifest } from '../manifest';
import { isMapping } from '../manifest/value';
import type { HeaderRoute, StepState } from './delivery';
import { type Fields, mappingAt, mappingsIn, textIn } from './fields';
import { changed } from './made';
import type { RolloutRouting } from './rollout-routing';

/**
 * The manifests with the HTTPRoutes as the plugin leaves them at a step: with its weights on all backends of the two names, and
 * a rule more for each route by headers. A route that lacks one of the two stays as it is: the plugin fails.
 *
 * @see https://rollouts-plugin-trafficrouter-gatewayapi.readthedocs.io/en/latest/
 */
export function dividedRoutes(
  manifests: readonly Manifest[],
  routing: RolloutRouting,
  { weight, headers }: StepState,
): readonly Manifest[] {
  const wanted = new Map(routing.httpRoutes.map(({ name, hasHeaders }) => [name, hasHeaders]));
  return manifests.map((manifest) => {
    const hasHeaders =
      manifest.kind === 'HTTPRoute' && (manifest.namespace ?? 'default') === routing.namespace
        ? wanted.get(manifest.name)
        : undefined;
    const rules = mappingsIn(mappingAt(manifest.object, 'spec').rules);
    const names = rules.flatMap((rule) => mappingsIn(rule.backendRefs).map(({ name }) => name));
    return hasHeaders === undefined || !names.includes(routing.stableService) || !names.includes(routing.canaryService)
      ? manifest
      : withRules(manifest, [
          ...rules.map((rule) => weighted(rule, routing, weight)),
          ...(hasHeaders ? headers.flatMap((header) => headerRules(rules, routing, header)) : []),
        ]);
  });
}

function withRules(manifest: Manifest, rules: readonly Fields[]): Manifest {
  return changed(manifest, { ...manifest.object, spec: { ...mappingAt(manifest.object, 'spec'), rules } });
}

function weighted(rule: Fields, { stableService, canaryService }: RolloutRouting, weight: number): Fields {
  const weights = new Map([
    [stableService, 100 - weight],
    [canaryService, weight],
  ]);
  return Array.isArray(rule.backendRefs)
    ? {
        ...rule,
        backendRefs: rule.backendRefs.map((ref: unknown) => {
          const own = isMapping(ref) ? weights.get(textIn(ref.name) ?? '') : undefined;
          return own === undefined || !isMapping(ref) ? ref : { ...ref, weight: own };
        }),
      }
    : rule;
}

/** Each rule that divides requests once more, for those with the headers. */
function headerRules(rules: readonly Fields[], routing: RolloutRouting, { match }: HeaderRoute): readonly Fields[] {
  const headers = match.flatMap((header) => headerOf(header));
  return rules.flatMap(({ matches, filters, backendRefs }) => {
    const refs = mappingsIn(backendRefs);
    const canary = refs.find(({ name }) => name === routing.canaryService);
    if (canary === undefined || !refs.some(({ name }) => name === routing.stableService)) {
      return [];
    }
    const { weight: _, ...ref } = canary;
    const own = mappingsIn(matches).length === 0 ? [{}] : mappingsIn(matches);
    return [
      {
        matches: own.map(({ path, queryParams }) => ({
          ...(path === undefined ? {} : { path }),
          ...(queryParams === undefined ? {} : { queryParams }),
          headers,
        })),
        ...(filters === undefined ? {} : { filters }),
        backendRefs: [ref],
      },
    ];
  });
}

function headerOf({ headerName, headerValue }: Fields): readonly Fields[] {
  const { exact, prefix, regex } = mappingAt({ headerValue }, 'headerValue');
  const [type, value] =
    textIn(exact) !== undefined
      ? ['Exact', exact]
      : ['RegularExpression', textIn(prefix) === undefined ? regex : `${String(prefix)}.*`];
  return [{ type, name: headerName, value }];
}
