import { type Misspelt, misspeltAnnotations } from '../routing/ingress-nginx/misspelt';
import { isQuiet, verdictOf } from './annotations';
import { certManagerRemark } from './cert-manager';
import { externalDnsRemark } from './external-dns';
import type { MigrateSettings, SettingFate } from './migration';
import type { PlannedWish } from './plan';
import { type SourceIngress, secretNamesOf } from './source';
import { type Family, familyOf } from './wishes';

/** Families that change nothing about where a request goes, and who may send it: they keep no Ingress back. */
const MILD: ReadonlySet<Family> = new Set<Family>(['timeouts', 'body-size']);

type Fate = Omit<SettingFate, 'ingress' | 'file' | 'line'>;

/**
 * What becomes of the annotations of an Ingress.
 *
 * @param prefix of the annotations of the controller
 */
export function fatesOf(
  source: SourceIngress,
  prefix: string,
  wishes: readonly PlannedWish[],
  { gateway, forwardedTls }: MigrateSettings,
): readonly SettingFate[] {
  const fates: Fate[] = [];
  const told = new Set<PlannedWish>();
  const misspelt = new Map(
    misspeltAnnotations(source.ingress.manifest, prefix.replace(/\/$/, '')).flatMap((one) => misspeltEntry(one)),
  );
  for (const [name, value] of source.annotations) {
    const key = `${prefix}${name}`;
    const family = familyOf(name);
    const wish = wishes.find(({ names }) => names.includes(name));
    if (source.isCanary && !/^canary(-|$)/.test(name)) {
      fates.push(left(key, value, 'nothing', 'ingress-nginx does not look at it on a canary'));
    } else if (wish?.outcome !== undefined) {
      if (!told.has(wish)) {
        told.add(wish);
        fates.push({ ...plannedFate(key, value, wish), keys: wish.names.map((own) => `${prefix}${own}`) });
      }
    } else if (wish === undefined && family !== undefined && verdictOf(name, value).kind !== 'left-out') {
      fates.push(left(key, value, 'nothing', 'it says nothing by itself'));
    } else if (misspelt.has(key)) {
      fates.push(left(key, value, 'hand', misspelt.get(key) as string));
    } else {
      fates.push(unplannedFate(key, name, value, wish));
    }
  }
  for (const [key, value] of source.others) {
    const why = otherText(key, value, {
      secretNames: secretNamesOf(source.ingress),
      besideGateway: source.ingress.namespace === gateway.namespace,
      endsInFront: forwardedTls !== undefined,
    });
    if (why !== undefined) {
      fates.push(left(key, value, 'hand', why));
    }
  }
  const { source: place } = source.ingress.manifest;
  return fates.map((fate) => ({
    ...fate,
    ingress: source.ingress.key,
    file: place.file,
    line: place.lineOf(['metadata', 'annotations', fate.key]),
  }));
}

function left(key: string, value: string, kind: Fate['kind'], why: string): Fate {
  return { key, keys: [key], value, kind, why, targets: [], keepsBack: false };
}

/** What becomes of an annotation that a target was asked about. */
function plannedFate(key: string, value: string, { outcome, family }: PlannedWish): Fate {
  if (outcome?.kind === 'said') {
    return left(key, value, 'extension', '');
  }
  const { kind, what } = outcome as Exclude<typeof outcome, undefined>;
  return { ...left(key, value, kind, what), keepsBack: !MILD.has(family) };
}

/** What becomes of an annotation by itself. */
function unplannedFate(key: string, name: string, value: string, wish: PlannedWish | undefined): Fate {
  const verdict = verdictOf(name, value);
  const targets = (wish?.others ?? []).map((target) => target.name);
  switch (verdict.kind) {
    case 'translated':
      return left(key, value, 'exact', '');
    case 'left-out': {
      const kind = targets.length > 0 ? 'extension' : verdict.isIdle === true ? 'nothing' : 'hand';
      return { ...left(key, value, kind, verdict.why), targets };
    }
    case 'refused': {
      const kind = targets.length > 0 ? 'extension' : verdict.isImpossible === true ? 'impossible' : 'hand';
      return { ...left(key, value, kind, verdict.why), targets, keepsBack: true };
    }
  }
}

/** What there is to say of an annotation that the controller does not read; nothing of one that may be newer than what is known. */
function misspeltEntry({ key, meant, isRemoved }: Misspelt): readonly (readonly [string, string])[] {
  if (isRemoved) {
    return [[key, 'ingress-nginx has given it up, so that it does nothing']];
  }
  return meant === undefined ? [] : [[key, `ingress-nginx reads no such annotation; did you mean ${meant}?`]];
}

/** What becomes of an annotation of another tool; `undefined` where nobody has to know. */
function otherText(key: string, value: string, issued: Parameters<typeof certManagerRemark>[2]): string | undefined {
  return (
    certManagerRemark(key, value, issued) ??
    externalDnsRemark(key, value) ??
    (isQuiet(key) ? undefined : 'it is of another tool; see what that reads of HTTPRoutes')
  );
}
