import { acceptText } from './accept-text';
import type { Migration, Remark, SettingFate } from './migration';
import type { TargetName } from './targets';

/** Something of an Ingress, and what to do about it. */
export interface AuditItem {
  /** E.g. `proxy-read-timeout`, or what else cannot be taken over as it is. */
  readonly what: string;
  /** What is written for it, or what to do. */
  readonly how: string;
  readonly file: string;
  /** From 1; 0 where there is no line. */
  readonly line: number;
}

/** What a migration makes of an Ingress. */
export interface AuditRow {
  /** `namespace/name`. */
  readonly ingress: string;
  /** Whether it is taken over, left out, or ingress-nginx serves nothing of it. */
  readonly outcome: 'taken-over' | 'left-out' | 'nothing-served';
  /** What is translated exactly, and proven: annotations without prefix, and `routes`. */
  readonly exact: readonly string[];
  /** What objects or filters of a target say. Written and not proven; or, where no target was given, by which it could be. */
  readonly extension: readonly AuditItem[];
  /** What is to be done by hand. */
  readonly hand: readonly AuditItem[];
  /** What cannot be said, and what to do instead. */
  readonly impossible: readonly AuditItem[];
}

/**
 * What becomes of each Ingress, and what there is to do.
 *
 * @param migration best one that allows differences: of an Ingress that is left out, nobody asks where its requests would go
 */
export function auditOf(migration: Migration): readonly AuditRow[] {
  const known = new Set(migration.ingresses.map(({ ingress }) => ingress));
  const nameless = migration.mistaken.filter(({ ingress }) => !known.has(ingress));
  return [
    ...migration.ingresses.map((ingress) => mistakenRow(ingress.ingress, migration) ?? rowOf(ingress, migration)),
    ...nameless.map((one) => leftOut(one.ingress, [one])),
  ];
}

function mistakenRow(ingress: string, { mistaken }: Migration): AuditRow | undefined {
  const own = mistaken.filter((one) => one.ingress === ingress);
  return own.length === 0 ? undefined : leftOut(ingress, own);
}

/** An Ingress of which nothing else can be said before it is mended. */
function leftOut(ingress: string, mistakes: readonly Remark[]): AuditRow {
  const hand = mistakes.map(({ message, file, line }) => ({ what: 'mistake', how: message, file, line }));
  return { ingress, outcome: 'left-out', exact: [], extension: [], hand, impossible: [] };
}

function rowOf({ ingress, ...place }: Migration['ingresses'][number], migration: Migration): AuditRow {
  const settings = migration.settings.filter((one) => one.ingress === ingress);
  const refused = migration.refused.find((one) => one.ingress === ingress);
  const empty = migration.empty.find((one) => one.ingress === ingress);
  const kept = settings.filter(({ keepsBack }) => keepsBack).map(({ key }) => `${key}: `);
  const reasons = (refused?.reasons ?? []).filter(({ message }) => !kept.some((key) => message.startsWith(key)));
  // Where something could not be written at all, requests go elsewhere for that alone.
  const different = reasons.length > 0 ? [] : (refused?.differences ?? []);
  const differences = different.map(({ request, names }): AuditItem => {
    const accept = (refused?.acceptable ?? []).length > 0 ? (refused?.acceptable ?? []) : names;
    const how =
      accept.length === 0
        ? 'change the Ingress so that both sides can say it, or write the route by hand'
        : acceptText(accept);
    return { what: `${request.url} goes elsewhere`, how, ...place };
  });
  const isRouted = empty === undefined && reasons.length === 0 && differences.length === 0;
  const advised = reasons.map(({ message, file, line }) => ({ ...split(message), file, line }));
  return {
    ingress,
    outcome: empty !== undefined ? 'nothing-served' : refused === undefined ? 'taken-over' : 'left-out',
    exact: [...(isRouted ? ['routes'] : []), ...settings.filter(({ kind }) => kind === 'exact').map(nameOf)],
    extension: [
      ...writtenOf(ingress, migration),
      ...settings.filter(({ targets }) => targets.length > 0).map(byTargets),
    ],
    hand: [...itemsOf(settings, 'hand'), ...advised.filter(({ how }) => how.includes('--'))],
    impossible: [
      ...(empty === undefined
        ? []
        : [
            {
              what: 'everything',
              how: empty.message.replace('nothing is written: ', ''),
              file: empty.file,
              line: empty.line,
            },
          ]),
      ...migration.unserved
        .filter((one) => one.ingress === ingress)
        .map(({ path, message, file, line }) => ({ what: path, how: message, file, line })),
      ...itemsOf(settings, 'impossible'),
      ...advised.filter(({ how }) => !how.includes('--')),
      ...firstOfEach(differences),
    ],
  };
}

function writtenOf(ingress: string, { written }: Migration): AuditItem[] {
  return written
    .filter((one) => one.ingress === ingress)
    .map(({ annotations, objects, caveats, file, line }) => ({
      what: annotations.map(bare).join(', '),
      how: [objects.length === 0 ? 'nothing has to be written' : objects.join(', '), ...caveats].join('; '),
      file,
      line,
    }));
}

function itemsOf(settings: readonly SettingFate[], kind: SettingFate['kind']): AuditItem[] {
  return settings
    .filter((one) => one.kind === kind)
    .map((one) => ({ what: nameOf(one), how: one.why, file: one.file, line: one.line }));
}

function byTargets(setting: SettingFate): AuditItem {
  const names: readonly TargetName[] = setting.targets;
  return { what: nameOf(setting), how: `--for ${names.join(', ')}`, file: setting.file, line: setting.line };
}

/** A reason as what it is about, and the rest. */
function split(message: string): { readonly what: string; readonly how: string } {
  const [, what = 'routes', how = message] = /^(\S+): (.*)$/s.exec(message) ?? [];
  return { what, how };
}

/** One difference for each piece of advice: there may be very many. */
function firstOfEach(items: readonly AuditItem[]): readonly AuditItem[] {
  return [...new Map([...items].reverse().map((item) => [item.how, item])).values()].reverse();
}

function nameOf({ keys }: SettingFate): string {
  return keys.map(bare).join(', ');
}

/** An annotation without the usual prefix. */
function bare(key: string): string {
  return key.replace(/^nginx\.ingress\.kubernetes\.io\//, '');
}
