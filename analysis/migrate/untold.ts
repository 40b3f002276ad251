import type { SettingDifference, SettingSide, Undecided } from '../diff';
import type { ObjectName } from './gateway';
import type { SettingFate } from './migration';
import type { Policies } from './policies';

/**
 * Settings that differ, but for what was written, and for annotations of which it is told what becomes of them.
 *
 * @param told annotations, without prefix
 */
export function untoldSettings(
  settings: readonly SettingDifference[],
  { objects, byWish }: Policies,
  told: readonly string[],
): readonly SettingDifference[] {
  const written = new Set(objects.map((object) => objectText(object as WrittenObject)));
  const hasFilters = [...byWish.keys()].some(
    ({ outcome }) =>
      outcome?.kind === 'said' &&
      (outcome.filters !== undefined || outcome.fragments.some(({ on }) => on === 'filter')),
  );
  const isTold = (text: string) => told.some((name) => text.startsWith(`${name} `));
  const isOnTheWay = ({ request, isAcceptable, before, after }: SettingDifference) =>
    isAcceptable && request !== undefined && saysOf(before).every(isTold) && (saysOf(after).length === 0 || hasFilters);
  return settings.filter((one) => !written.has(one.what.replace(/,.*$/, '')) && !isOnTheWay(one));
}

/**
 * What stays open, but for what annotations ask for of which it is told what becomes of them.
 *
 * @param prefix of the annotations of the controller
 */
export function untoldDoubts(
  undecided: readonly Undecided[],
  fates: readonly SettingFate[],
  prefix: string,
): readonly Undecided[] {
  const told = fates
    .filter(({ kind }) => kind !== 'exact' && kind !== 'nothing')
    .flatMap(({ ingress, keys }) =>
      keys.map((key) => ({ begins: `${key.slice(prefix.length)} `, of: ` of Ingress ${ingress} ` })),
    );
  const isTold = (note: string) => told.some(({ begins, of }) => note.startsWith(begins) && note.includes(of));
  return undecided.flatMap((one) => {
    const before = one.before.filter((note) => !isTold(note));
    const isAll = before.length === 0 && one.before.length > 0 && one.after.length === 0;
    return isAll ? [] : [{ ...one, before }];
  });
}

/** A setting that differs, in words. */
export function settingText({ what, before, after }: Pick<SettingDifference, 'what' | 'before' | 'after'>): string {
  const text = (side: SettingSide | undefined) => saysOf(side).join('; ') || 'nothing of the kind';
  return `${what}: ${text(before)} before, ${text(after)} after`;
}

function saysOf(side: SettingSide | undefined): readonly string[] {
  return side?.says ?? [];
}

interface WrittenObject {
  readonly kind: string;
  readonly metadata: ObjectName;
}

function objectText({ kind, metadata: { namespace, name } }: WrittenObject): string {
  return `${kind} ${namespace}/${name}`;
}
