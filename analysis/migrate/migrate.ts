import {
  type AcceptedName,
  type NamedDifference,
  type RouteDifference,
  type RoutingComparison,
  type SettingDifference,
  sameRouting,
} from '../diff';
import { distinct, type Manifest, manifestsOf, type Path } from '../manifest';
import { Routes, type RoutesInput } from '../routing';
import { GATEWAY_GROUP } from '../routing/gateway-api/objects';
import type { Settings } from '../routing/ingress-nginx/settings';
import { attachedTo } from './attached-to';
import { emptyReason, resourcePaths, servedKeys } from './empty';
import { fatesOf } from './fates';
import { gatewayObject } from './gateway';
import { classObject, gatewayClassOf } from './gateway-class';
import type { MigrateOptions, MigrateSettings, Migration, Remark, SettingFate, WrittenSetting } from './migration';
import { mistakesOf, withMistakes } from './mistakes';
import { operationsOf } from './operations';
import { filtersOf, type Plan, planOf } from './plan';
import { type Policies, policiesOf } from './policies';
import { premisesOf } from './premises';
import { placeOf, remarkOf, shortened } from './remarks';
import { missingServices, type SourceIngress, sourceIngresses } from './source';
import { type Target, targetOf } from './targets';
import { type TranslateOptions, type Translation, translate } from './translate';
import { settingText, untoldDoubts, untoldSettings } from './untold';

/** What is accepted unless something else is said: what nobody has written into an Ingress. */
export const ACCEPTED_DIFFERENCES: readonly AcceptedName[] = ['redirect-slash', 'controller-paths'];

/**
 * Writes what Ingresses of ingress-nginx say as a Gateway with HTTPRoutes, and proves that every request goes where it went.
 *
 * Ingresses that cannot be taken over faithfully are left out, each with its reasons: annotations that HTTPRoute cannot say,
 * and requests that would go elsewhere. Where Services are not among the manifests, they are taken to be there.
 *
 * @param input what `readManifests` or `manifestsOf` gave, or Kubernetes objects as they are
 * @see https://gateway-api.sigs.k8s.io/guides/migrating-from-ingress/
 */
export function migrate(input: RoutesInput | readonly object[], options: MigrateOptions): Migration {
  const migration = migrateOnce(input, options);
  const { accept = ACCEPTED_DIFFERENCES, allowDifferences = false } = options;
  const unexplained = migration.refused.filter(({ reasons }) => reasons.length === 0);
  // Whatever is rewritten is a regular expression in any case, and hardly anybody asks in another one.
  const found = unexplained.flatMap(({ differences }) => differences.flatMap(({ names }) => names));
  const names = [...new Set<NamedDifference>([...found, 'path-case'])].filter((name) => !accept.includes(name));
  if ((unexplained.length === 0 && !allowDifferences) || names.length === 0) {
    return migration;
  }
  const other = new Set(
    migrateOnce(input, { ...options, accept: [...accept, ...names] }).refused.map(({ ingress }) => ingress),
  );
  const refused = migration.refused.map((one) => ({
    ...one,
    acceptable: one.reasons.length > 0 || other.has(one.ingress) ? [] : acceptableOf(one.differences),
  }));
  return { ...migration, refused };
}

/** What is to be accepted of differences; those that have no name are so by case. */
function acceptableOf(differences: readonly RouteDifference[]): readonly AcceptedName[] {
  const all = differences.flatMap((one): readonly AcceptedName[] =>
    one.names.length === 0 ? ['path-case'] : one.names.map((name) => narrowed(name, one)),
  );
  return [...new Set(all)];
}

/** A difference of a wildcard host by its name and that host; others by their name. */
function narrowed(name: NamedDifference, { before, after }: RouteDifference): AcceptedName {
  const host = [before, after].map(({ rule }) => rule?.host ?? '').find((one) => one.startsWith('*.'));
  return /^wildcard-/.test(name) && host !== undefined ? `${name}=${host}` : name;
}

function migrateOnce(input: RoutesInput | readonly object[], options: MigrateOptions): Migration {
  const { manifests, problems = [] } = 'manifests' in input ? input : manifestsOf(input);
  const once = distinct(manifests);
  const { ingressClass, input: degree, assumeServices = true, forwardedTls, controllerVersion, configMap } = options;
  const choice = { controllerVersion, configMap };
  const { sources, settings } = sourceIngresses(once.manifests, ingressClass, choice);
  const target = options.target === undefined ? undefined : targetOf(options.target);
  const gatewayClass = options.gatewayClass ?? gatewayClassOf(once.manifests, target);
  const missing = assumeServices
    ? missingServices(once.manifests, sources)
    : { objects: [], byIngress: new Map<SourceIngress, readonly string[]>() };
  const assumed = manifestsOf(missing.objects).manifests;
  const taken = new Set(once.manifests.map(({ kind, namespace = 'default', name }) => `${kind} ${namespace}/${name}`));
  const before = Routes.ofIngressNginx(
    { manifests: [...manifests, ...assumed], problems },
    {
      assumeSecrets: true,
      assumeServices,
      ...(degree === undefined ? {} : { input: degree }),
      ...(ingressClass === undefined ? {} : { ingressClass }),
      ...(forwardedTls === undefined ? {} : { forwardedTls }),
      ...(controllerVersion === undefined ? {} : { controllerVersion }),
      ...(configMap === undefined ? {} : { configMap }),
    },
  );
  const hasClass = once.manifests.some(({ kind, name }) => kind === 'GatewayClass' && name === gatewayClass);
  if (before.problems.length > 0) {
    const mistakes =
      options.leavesOutMistakes === true ? mistakesOf(before.problems, manifests, problems, sources) : undefined;
    return mistakes === undefined
      ? unread(before, gatewayClass)
      : withMistakes(migrateOnce(mistakes, options), mistakes, sources);
  }
  const { target: _, ...own } = options;
  const defaultCertificate = options.defaultCertificate ?? settings.defaultCertificate;
  const all = { ...own, gatewayClass, ...(defaultCertificate === undefined ? {} : { defaultCertificate }) };
  return new Migrator(before, sources, settings, taken, all, target).run((objects) => {
    // Where nothing could be written there is still a Gateway to compare with.
    const bare = gatewayObject(options.gateway, gatewayClass, [], new Set());
    const targets = manifestsOf(objects.length === 0 ? [bare] : objects, 'migrated').manifests;
    const others = [...once.manifests, ...assumed].filter(isKept);
    const { namespace, name } = options.gateway;
    const classes = target === undefined || hasClass ? [] : manifestsOf([classObject(gatewayClass, target)]).manifests;
    return Routes.ofGateway(
      { manifests: [...classes, ...others, ...targets] },
      {
        ...(degree === undefined ? {} : { input: degree }),
        gateway: `${namespace}/${name}`,
      },
    );
  }, missing.byIngress);
}

/** Whether something stands beside the Gateway that is written as it stood beside the Ingresses. */
function isKept({ group, kind }: Manifest): boolean {
  return group === GATEWAY_GROUP ? ['GatewayClass', 'BackendTLSPolicy'].includes(kind) : group !== 'networking.k8s.io';
}

/** Of manifests that are wrong nothing is written, and nothing is proved. */
function unread(before: Routes, gatewayClass: string): Migration {
  const { problems, warnings, notes } = before;
  const nothing = { objects: [], migrated: [], refused: [], remarks: [], differences: [], undecided: [] };
  const none = {
    ingresses: [],
    empty: [],
    unserved: [],
    premises: [],
    settings: [],
    written: [],
    untold: [],
    mistaken: [],
  };
  const comparison = { same: false, proven: false, classes: 0, difference: undefined, accepted: [], assumed: [] };
  return {
    ...nothing,
    ...none,
    problems,
    warnings,
    notes,
    gatewayClass,
    comparison: { ...comparison, differences: [], settings: [], undecided: [] },
  };
}

interface Refusals {
  readonly reasons: Map<string, Remark>;
  differences: readonly RouteDifference[];
}

class Migrator {
  private readonly refused = new Map<string, Refusals>();
  private readonly remarks: Remark[] = [];
  private readonly byKey: ReadonlyMap<string, SourceIngress>;
  private readonly served: ReadonlySet<string>;
  private readonly fates: SettingFate[] = [];
  private readonly prefix: string;
  private readonly plan: Plan;
  private readonly translating: TranslateOptions;

  constructor(
    private readonly before: Routes,
    private readonly sources: readonly SourceIngress[],
    private readonly controller: Settings,
    private readonly taken: ReadonlySet<string>,
    private readonly options: MigrateSettings,
    target: Target | undefined,
  ) {
    this.prefix = `${controller.annotationPrefix}/`;
    this.byKey = new Map(sources.map((source) => [source.ingress.key, source]));
    this.served = servedKeys(before.model);
    const operations = operationsOf(before.model);
    this.plan = planOf(sources, target, options.gateway, (key) => operations.get(key) ?? []);
    const filters = sources.map(({ ingress: { key, namespace, manifest } }) => {
      return [key, filtersOf({ namespace, name: manifest.name }, this.plan.get(key) ?? [])] as const;
    });
    this.translating = { ...options, target, filters: new Map(filters) };
  }

  run(read: (objects: readonly object[]) => Routes, missing: ReadonlyMap<SourceIngress, readonly string[]>): Migration {
    for (const source of this.sources) {
      this.readAnnotations(source);
      const services = missing.get(source) ?? [];
      if (services.length > 0) {
        this.remark(source, [], `not among the manifests, taken as there: Service ${services.join(', Service ')}`);
      }
    }
    const accept = this.options.accept ?? ACCEPTED_DIFFERENCES;
    const allows = this.options.allowDifferences === true;
    // Each turn leaves out at least one Ingress more.
    for (;;) {
      const without = new Set(allows ? [] : this.refused.keys());
      const translation = translate(this.before.model, this.sources, without, this.taken, this.translating);
      this.takeReasons(translation.reasons);
      const policies = this.policiesFor(translation, without);
      this.takeReasons(policies.reasons);
      if (!allows && this.refused.size > without.size) {
        continue;
      }
      const objects = [...translation.objects, ...policies.objects];
      const after = read(objects);
      const comparison = sameRouting(this.before, after, { accept });
      const differences = comparison.differences.filter((one) => !without.has(ownerOf(one, translation) ?? ''));
      this.takeDifferences(differences, translation);
      this.takeLosses(comparison.settings, without);
      if (allows || this.refused.size === without.size) {
        this.takeRemarks(translation.remarks);
        return this.result(objects, policies, after, comparison, differences, without);
      }
    }
  }

  private result(
    objects: readonly object[],
    policies: Policies,
    after: Routes,
    comparison: RoutingComparison,
    differences: readonly RouteDifference[],
    without: ReadonlySet<string>,
  ): Migration {
    const isWritten = (key: string) =>
      this.served.has(key) && (this.options.allowDifferences === true || !this.refused.has(key));
    const { problems, warnings } = this.before;
    return {
      problems: problems.length > 0 ? problems : after.problems,
      warnings,
      objects,
      gatewayClass: this.options.gatewayClass,
      ingresses: this.sources.map(placeOf),
      mistaken: [],
      migrated: this.sources.map(({ ingress }) => ingress.key).filter(isWritten),
      refused: [...this.refused].map(([ingress, { reasons, ...rest }]) => ({
        ingress,
        reasons: [...reasons.values()],
        acceptable: [],
        ...rest,
      })),
      empty: this.sources
        .filter(({ ingress: { key } }) => !this.served.has(key) && !this.refused.has(key))
        .map((source) => remarkOf(source, [], `nothing is written: ${emptyReason(source)}`)),
      unserved: this.sources
        .filter(({ ingress: { key } }) => this.served.has(key))
        .flatMap((source) =>
          resourcePaths(source).map(({ path, at, why }) => ({ ...remarkOf(source, at, why), path })),
        ),
      premises: premisesOf(this.options, this.translating.target, this.controller),
      remarks: this.remarks,
      settings: this.fates,
      written: this.writtenOf(policies, isWritten),
      notes: this.before.notes,
      comparison,
      untold: untoldSettings(
        comparison.settings,
        policies,
        this.fates.map(({ key }) => key.slice(this.prefix.length)),
      ),
      differences,
      undecided: untoldDoubts(
        comparison.undecided.filter(({ request }) => {
          const { rule } = this.before.explain(request);
          return rule === undefined || !without.has(`${rule.namespace}/${rule.name}`);
        }),
        this.fates,
        this.prefix,
      ),
    };
  }

  private readAnnotations(source: SourceIngress): void {
    const fates = fatesOf(source, this.prefix, this.plan.get(source.ingress.key) ?? [], this.options);
    this.fates.push(...fates);
    for (const { key, value, why, targets, keepsBack } of fates) {
      const at = ['metadata', 'annotations', key];
      const hint = targets.length === 0 ? '' : `; --for ${targets.join(', ')} says it`;
      if (keepsBack) {
        this.refuse(source, at, `${key}: ${JSON.stringify(shortened(value))} cannot be taken over: ${why}${hint}`);
      } else if (why !== '') {
        this.remark(source, at, `${key} is left out: ${why}${hint}`);
      }
    }
  }

  private takeReasons(reasons: ReadonlyMap<string, readonly string[]>): void {
    for (const [key, texts] of reasons) {
      const source = this.byKey.get(key);
      for (const text of source === undefined ? [] : texts) {
        this.refuse(source as SourceIngress, [], text);
      }
    }
  }

  private takeRemarks(remarks: ReadonlyMap<string, readonly string[]>): void {
    for (const [key, texts] of remarks) {
      const source = this.byKey.get(key);
      for (const text of source === undefined ? [] : texts) {
        this.remark(source as SourceIngress, [], text);
      }
    }
  }

  /** The objects of the target for the Ingresses that are written. */
  private policiesFor(translation: Translation, without: ReadonlySet<string>): Policies {
    const { gateway } = this.options;
    const all = this.sources
      .filter(({ ingress: { key } }) => !without.has(key))
      .map(({ ingress: { key, namespace, manifest } }) => ({
        wishes: this.plan.get(key) ?? [],
        at: { ingress: { namespace, name: manifest.name }, gateway, ...attachedTo(key, translation) },
      }));
    return policiesOf(all.filter(({ at }) => at.routes.length > 0));
  }

  private writtenOf({ byWish }: Policies, isWritten: (key: string) => boolean): readonly WrittenSetting[] {
    return this.sources.flatMap((source) => {
      const wishes = isWritten(source.ingress.key) ? (this.plan.get(source.ingress.key) ?? []) : [];
      return wishes.flatMap((wish): WrittenSetting[] => {
        const { names, outcome } = wish;
        const [first = ''] = names;
        if (outcome?.kind !== 'said' || !byWish.has(wish)) {
          return [];
        }
        const annotations = names.map((name) => `${this.prefix}${name}`);
        const objects = [...(byWish.get(wish) ?? []), ...(outcome.filters ?? []).map(filterText)];
        const message = `${annotations.join(', ')}: ${objects.length === 0 ? 'nothing has to be written' : objects.join(', ')}`;
        const remark = remarkOf(source, ['metadata', 'annotations', `${this.prefix}${first}`], message);
        return [{ ...remark, annotations, objects, caveats: outcome.caveats }];
      });
    });
  }

  private takeDifferences(differences: readonly RouteDifference[], translation: Translation): void {
    for (const one of differences) {
      const owner = ownerOf(one, translation);
      if (owner !== undefined) {
        const refusals = this.refusalsOf(owner);
        refusals.differences = [...refusals.differences, one];
      }
    }
  }

  /** Refuses what requests are lost by, though none of them goes elsewhere by itself. */
  private takeLosses(settings: readonly SettingDifference[], without: ReadonlySet<string>): void {
    for (const { what, isAcceptable, request, before, after } of settings) {
      const { rule } = isAcceptable || request === undefined ? { rule: undefined } : this.before.explain(request);
      const key = `${rule?.namespace}/${rule?.name}`;
      const source = this.byKey.get(key);
      // Where something could not be written at all, that is the reason.
      const isExplained = (this.refused.get(key)?.reasons.size ?? 0) > 0;
      if (source !== undefined && !without.has(key) && !isExplained) {
        this.refuse(source, [], settingText({ what, before, after }));
      }
    }
  }

  private refuse({ ingress, ...source }: SourceIngress, at: Path, message: string): void {
    this.refusalsOf(ingress.key).reasons.set(message, remarkOf({ ingress, ...source }, at, message));
  }

  private refusalsOf(key: string): Refusals {
    const refusals = this.refused.get(key) ?? { reasons: new Map(), differences: [] };
    this.refused.set(key, refusals);
    return refusals;
  }

  private remark(source: SourceIngress, at: Path, message: string): void {
    this.remarks.push(remarkOf(source, at, message));
  }
}

/** The Ingress that takes a request before, or else the one whose HTTPRoute does after. */
function ownerOf({ before, after }: RouteDifference, { ownerOf: owners }: Translation): string | undefined {
  const own = 'rule' in before.answer ? before.answer.rule : undefined;
  if (own !== undefined) {
    return own.kind === 'Ingress' ? `${own.namespace}/${own.name}` : undefined;
  }
  const other = 'rule' in after.answer ? after.answer.rule : undefined;
  return other === undefined ? undefined : owners.get(`${other.namespace}/${other.name}`);
}

function filterText(filter: object): string {
  return `the filter ${(filter as { readonly type: string }).type} of its HTTPRoutes`;
}
