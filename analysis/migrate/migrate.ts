import { type NamedDifference, type RouteDifference, type RoutingComparison, sameRouting } from '../diff';
import { distinct, manifestsOf, type Path } from '../manifest';
import { Routes, type RoutesInput } from '../routing';
import { tellsOfEndpoints } from '../routing/endpoints';
import { isQuiet, verdictOf } from './annotations';
import { certManagerRemark } from './cert-manager';
import { emptyReason, servedKeys } from './empty';
import { externalDnsRemark } from './external-dns';
import { gatewayObject } from './gateway';
import { gatewayClassOf } from './gateway-class';
import type { MigrateOptions, MigrateSettings, Migration, Remark } from './migration';
import { premisesOf } from './premises';
import { missingServices, type SourceIngress, secretNamesOf, sourceIngresses } from './source';
import { type Translation, translate } from './translate';

/** What is accepted unless something else is said: what nobody has written into an Ingress. */
export const ACCEPTED_DIFFERENCES: readonly NamedDifference[] = ['redirect-slash', 'controller-paths'];

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
  const isUnexplained = migration.refused.some(({ reasons }) => reasons.length === 0);
  if (!isUnexplained || allowDifferences || accept.includes('path-case')) {
    return migration;
  }
  // Whatever is rewritten is a regular expression in any case, and hardly anybody asks in another one.
  const other = new Set(migrateOnce(input, { ...options, accept: [...accept, 'path-case'] }).migrated);
  const refused = migration.refused.map((one) => ({ ...one, isByCase: other.has(one.ingress) }));
  return { ...migration, refused };
}

function migrateOnce(input: RoutesInput | readonly object[], options: MigrateOptions): Migration {
  const { manifests, problems = [] } = 'manifests' in input ? input : manifestsOf(input);
  const once = distinct(manifests);
  const { sources, prefix } = sourceIngresses(once.manifests, options.ingressClass);
  const { ingressClass, input: degree, assumeServices = true, forwardedTls } = options;
  const gatewayClass = options.gatewayClass ?? gatewayClassOf(once.manifests);
  const missing = assumeServices
    ? missingServices(once.manifests, sources)
    : { objects: [], byIngress: new Map<SourceIngress, readonly string[]>() };
  const assumed = manifestsOf(missing.objects).manifests;
  const taken = new Set(once.manifests.map(({ kind, namespace = 'default', name }) => `${kind} ${namespace}/${name}`));
  const before = Routes.ofIngressNginx(
    { manifests: [...manifests, ...assumed], problems },
    {
      ...(degree === undefined ? {} : { input: degree }),
      ...(ingressClass === undefined ? {} : { ingressClass }),
      ...(forwardedTls === undefined ? {} : { forwardedTls }),
    },
  );
  if (before.problems.length > 0) {
    return unread(before, gatewayClass);
  }
  return new Migrator(before, sources, prefix, taken, { ...options, gatewayClass }).run((objects) => {
    // Where nothing could be written there is still a Gateway to compare with.
    const bare = gatewayObject(options.gateway, gatewayClass, [], new Set());
    const targets = manifestsOf(objects.length === 0 ? [bare] : objects, 'migrated').manifests;
    const services = [...once.manifests, ...assumed].filter(
      (one) => one.kind === 'Service' || one.kind === 'GatewayClass' || tellsOfEndpoints(one),
    );
    const { namespace, name } = options.gateway;
    return Routes.ofGateway(
      { manifests: [...services, ...targets] },
      {
        ...(degree === undefined ? {} : { input: degree }),
        gateway: `${namespace}/${name}`,
      },
    );
  }, missing.byIngress);
}

/** Of manifests that are wrong nothing is written, and nothing is proved. */
function unread(before: Routes, gatewayClass: string): Migration {
  const { problems, warnings, notes } = before;
  const nothing = { objects: [], migrated: [], refused: [], remarks: [], differences: [], undecided: [] };
  const none = { empty: [], premises: [] };
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

  constructor(
    private readonly before: Routes,
    private readonly sources: readonly SourceIngress[],
    private readonly prefix: string,
    private readonly taken: ReadonlySet<string>,
    private readonly options: MigrateSettings,
  ) {
    this.byKey = new Map(sources.map((source) => [source.ingress.key, source]));
    this.served = servedKeys(before.model);
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
      const translation = translate(this.before.model, this.sources, without, this.taken, this.options);
      this.takeReasons(translation);
      if (!allows && this.refused.size > without.size) {
        continue;
      }
      const after = read(translation.objects);
      const comparison = sameRouting(this.before, after, { accept });
      const differences = comparison.differences.filter((one) => !without.has(ownerOf(one, translation) ?? ''));
      this.takeDifferences(differences, translation);
      if (allows || this.refused.size === without.size) {
        return this.result(translation, after, comparison, differences, without);
      }
    }
  }

  private result(
    { objects }: Translation,
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
      migrated: this.sources.map(({ ingress }) => ingress.key).filter(isWritten),
      refused: [...this.refused].map(([ingress, { reasons, ...rest }]) => ({
        ingress,
        reasons: [...reasons.values()],
        isByCase: false,
        ...rest,
      })),
      empty: this.sources
        .filter(({ ingress: { key } }) => !this.served.has(key) && !this.refused.has(key))
        .map((source) => remarkOf(source, [], `nothing is written: ${emptyReason(source)}`)),
      premises: premisesOf(this.options),
      remarks: this.remarks,
      notes: this.before.notes,
      comparison,
      differences,
      undecided: comparison.undecided.filter(({ request }) => {
        const { rule } = this.before.explain(request);
        return rule === undefined || !without.has(`${rule.namespace}/${rule.name}`);
      }),
    };
  }

  private readAnnotations(source: SourceIngress): void {
    for (const [name, value] of source.annotations) {
      const key = `${this.prefix}${name}`;
      const verdict = verdictOf(name, value);
      const at = ['metadata', 'annotations', key];
      if (source.isCanary && !/^canary(-|$)/.test(name)) {
        this.remark(source, at, `${key} is left out: ingress-nginx does not look at it on a canary`);
      } else if (verdict.kind === 'refused') {
        this.refuse(source, at, `${key}: ${JSON.stringify(shortened(value))} cannot be taken over: ${verdict.why}`);
      } else if (verdict.kind === 'left-out') {
        this.remark(source, at, `${key} is left out: ${verdict.why}`);
      } else if (name === 'rewrite-target') {
        this.remark(
          source,
          at,
          `${key} becomes a URLRewrite; the path that the backend sees is compared by requests that are tried, not proven`,
        );
      }
    }
    for (const [key, value] of source.others) {
      const at = ['metadata', 'annotations', key];
      const issued = certManagerRemark(key, value, {
        secretNames: secretNamesOf(source.ingress),
        besideGateway: source.ingress.namespace === this.options.gateway.namespace,
        endsInFront: this.options.forwardedTls !== undefined,
      });
      const named = issued ?? externalDnsRemark(key, value);
      if (named !== undefined) {
        this.remark(source, at, named);
      } else if (!isQuiet(key)) {
        this.remark(source, at, `${key} is left out: it is of another tool`);
      }
    }
  }

  private takeReasons({ reasons }: Translation): void {
    for (const [key, texts] of reasons) {
      const source = this.byKey.get(key);
      for (const text of source === undefined ? [] : texts) {
        this.refuse(source as SourceIngress, [], text);
      }
    }
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

function remarkOf({ ingress }: SourceIngress, at: Path, message: string): Remark {
  const { source } = ingress.manifest;
  return { ingress: ingress.key, file: source.file, line: source.lineOf(at), message };
}

function shortened(value: string): string {
  return value.length > 60 ? `${value.slice(0, 60)}…` : value;
}
