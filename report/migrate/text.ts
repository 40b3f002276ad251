import type { Migration, RefusedIngress, RouteDifference, SettingDifference } from '../../analysis';
import { acceptText } from '../../analysis/migrate/accept-text';
import { settingText } from '../../analysis/migrate/untold';
import { answerText, seenOtherwise } from '../diff/answer';
import { regionsOf } from '../diff/regions';
import { requestText } from '../diff/text';
import { numberText } from '../numbers';
import { printable } from '../printable';
import { problemLines } from '../problems';

/** So many differing requests are told of one Ingress. */
const MOST_REQUESTS = 10;

/**
 * What there is to say about a migration, a line each: what was left out, which requests would go elsewhere, and what was
 * proved.
 *
 * @param allows whether Ingresses that cannot be taken over faithfully were written all the same
 */
export function migrationLines(migration: Migration, allows: boolean): readonly string[] {
  const { refused, remarks, empty, premises, written, comparison, undecided, differences, untold } = migration;
  const { accepted } = comparison;
  const own = [...remarks, ...empty].map((remark) => ({
    ...remark,
    message: `Ingress ${remark.ingress}: ${remark.message}`,
  }));
  const unowned = allows ? [] : differences;
  return [
    ...premises.map((premise) => `taken as given: ${premise}`),
    ...problemLines([...migration.notes, ...own], { label: 'note: ' }),
    ...refused.flatMap((one) => refusedLines(one, allows)),
    ...requestLines(unowned),
    ...accepted.flatMap(({ name, request, before, after }) => [
      `accepted: ${name}, e.g. ${sidesText({ request, before, after })}`,
    ]),
    ...untold.map(untoldText),
    ...undecided.flatMap(({ request, before, after }) => [
      `not decided: ${printable(requestText(request))}`,
      ...[...before.map((note) => `  before: ${note}`), ...after.map((note) => `  after: ${note}`)].map(printable),
    ]),
    ...problemLines(
      written.map((one) => ({
        ...one,
        message: `Ingress ${one.ingress}: ${[one.message, ...one.caveats].join('; ')}`,
      })),
      { label: 'written, not proven: ' },
    ),
    verdictText({ ...migration, refused }, unowned.length, allows),
  ];
}

function refusedLines({ ingress, reasons, differences, acceptable }: RefusedIngress, allows: boolean): string[] {
  return [
    `Ingress ${ingress} ${allows ? 'is not taken over faithfully' : 'is left out'}:`,
    ...problemLines(reasons).map((line) => `  ${line}`),
    ...requestLines(differences).map((line) => `  ${line}`),
    ...(acceptable.length === 0 ? [] : [`  ${acceptableText(acceptable)} takes it over`]),
  ];
}

function acceptableText(acceptable: RefusedIngress['acceptable']): string {
  const what = acceptable.join() === 'path-case' ? 'only paths in another case go elsewhere' : 'nothing else differs';
  return `${what}; ${acceptText(acceptable)}`;
}

function requestLines(differences: readonly RouteDifference[]): string[] {
  const regions = regionsOf(differences);
  const lines = regions.slice(0, MOST_REQUESTS).map((region) => {
    const named = region.names.length === 0 ? '' : ` (${region.names.join(', ')})`;
    return `elsewhere${named}: ${sidesText(region)}`;
  });
  return regions.length > MOST_REQUESTS
    ? [...lines, `… and ${regions.length - MOST_REQUESTS} more of the kind`]
    : lines;
}

function untoldText(setting: SettingDifference): string {
  const example = setting.request === undefined ? '' : `, e.g. ${requestText(setting.request)}`;
  return printable(`settings differ: ${settingText({ ...setting, what: `${setting.what}${example}` })}`);
}

function sidesText({ request, before, after }: Pick<RouteDifference, 'request' | 'before' | 'after'>): string {
  const isSeen = seenOtherwise(before.answer, after.answer);
  const [one, other] = [before, after].map(({ answer }) => answerText(answer, isSeen));
  return printable(`${requestText(request)} → ${one} before, ${other} after`);
}

function verdictText(
  { migrated: { length: migrated }, refused, empty, undecided, written, comparison: { classes, accepted } }: Migration,
  unowned: number,
  allows: boolean,
): string {
  const isOpen = undecided.length > 0;
  const count = `${numberText(classes)} classes of requests`;
  const ingresses = migrated === 1 ? '1 Ingress' : `${migrated} Ingresses`;
  if (allows && refused.length > 0) {
    return `${ingresses} taken over, ${refused.length} of them not faithfully (${count})`;
  }
  const nothing = empty.length === 0 ? '' : `, ${empty.length} of which nothing is served`;
  const left = `${refused.length === 0 ? '' : `, ${refused.length} left out`}${nothing}`;
  const limits = [
    ...(accepted.length === 0 ? [] : ['but for what is accepted']),
    ...(written.length === 0 ? [] : ['but for what is written and not proven']),
    ...(isOpen ? ['as far as it can be decided'] : []),
  ];
  const goes = ['; every request of theirs goes where it went', ...limits].join(', ');
  const proof = migrated === 0 ? '' : unowned > 0 ? '; some requests go elsewhere' : goes;
  return `${ingresses} taken over${left}${proof} (${count})`;
}
