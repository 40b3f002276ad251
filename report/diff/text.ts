import type {
  NamedDifference,
  RouteExplanation,
  RouteRequest,
  RoutingComparison,
  SettingDifference,
} from '../../analysis';
import { numberText } from '../numbers';
import { printable } from '../printable';
import type { Style } from '../style';
import { answerText, ruleLine, seenOtherwise } from './answer';
import { placeText } from './place';
import { type Region, regionsOf } from './regions';

/** So many paths of one difference are named. */
const MOST_PATHS = 6;

/** How two sets of routes differ, for people: by host, each difference with its smallest request and both answers. */
export function* routesDiffText(comparison: RoutingComparison, style: Style): Generator<string> {
  const { same, classes, differences, settings, undecided, accepted, assumed } = comparison;
  let host: string | null | undefined;
  for (const region of regionsOf(differences)) {
    if (region.host !== host) {
      host = region.host;
      yield `${style.bold(printable(host ?? 'any other host'))}\n`;
    }
    yield* regionText(region, style);
  }
  for (const one of settings) {
    yield* settingText(one, style);
  }
  for (const { what, request, before, after } of undecided) {
    yield `${style.bold('not decided')}: ${printable(what)}, e.g. ${printable(requestText(request))}\n`;
    if (before.join() !== after.join()) {
      yield* notesText('before', before, style);
      yield* notesText('after', after, style);
    }
  }
  for (const { name, request, before, after } of accepted) {
    yield `${style.bold('accepted')}: ${name} (${NAMES.get(name)}), e.g. ${printable(requestText(request))}\n`;
    yield* sidesText(before, after, '  ', style);
  }
  for (const what of assumed) {
    yield `${style.dim('taken as the same')}: ${printable(what)}\n`;
  }
  const different = differences.reduce((sum, one) => sum + one.different, 0);
  const count = `${numberText(classes)} classes of requests`;
  if (different === 0 && settings.length > 0 && !same) {
    const many = settings.length === 1 ? '1 setting differs' : `${settings.length} settings differ`;
    yield `${style.red(`no request is seen to go elsewhere, but ${many} and may change what becomes of it`)} (${count})\n`;
    return;
  }
  if (!same && different === 0) {
    yield `${style.red('not decided')}${classes === 0 ? '' : `: no request is seen to go elsewhere (${count})`}\n`;
    return;
  }
  yield same
    ? `${style.green('the same')} (${count})\n`
    : `${style.red(`${numberText(different)} of ${count} differ`)}\n`;
}

function* regionText(
  { paths, schemes, request, before, after, names, classes }: Region,
  style: Style,
): Generator<string> {
  const shown =
    paths.length > MOST_PATHS + 1 ? [...paths.slice(0, MOST_PATHS), `${paths.length - MOST_PATHS} more`] : paths;
  const many = classes === 1 ? '1 class' : `${numberText(classes)} classes`;
  const named = names.length === 0 ? '' : `; ${names.map((name) => `${name}: ${NAMES.get(name)}`).join('; ')}`;
  yield `  ${printable(shown.join(', '))} ${style.dim(`(${schemes.join(' and ')}; ${many}${named})`)}\n`;
  yield `    ${printable(requestText(request))}\n`;
  yield* sidesText(before, after, '      ', style);
}

function* sidesText(
  before: RouteExplanation,
  after: RouteExplanation,
  indent: string,
  style: Style,
): Generator<string> {
  const isSeen = seenOtherwise(before.answer, after.answer);
  for (const [name, side] of [
    ['before', before],
    ['after ', after],
  ] as const) {
    const rule = ruleLine(side);
    yield `${indent}${style.dim(name)} ${printable(answerText(side.answer, isSeen))}${rule === '' ? '' : style.dim(` (${printable(rule)})`)}\n`;
  }
}

/** Something that differs besides where requests go, and where each side says it. */
function* settingText({ what, request, before, after }: SettingDifference, style: Style): Generator<string> {
  const example = request === undefined ? '' : `, e.g. ${requestText(request)}`;
  yield `${style.bold('settings differ')}: ${printable(`${what}${example}`)}\n`;
  for (const [name, side] of [
    ['before', before],
    ['after ', after],
  ] as const) {
    const says = side === undefined || side.says.length === 0 ? ['nothing of the kind'] : side.says;
    const place = side === undefined || side.file === '' ? '' : `, ${placeText(side)}`;
    yield* says.map((text) => `  ${style.dim(name)} ${printable(`${text}${place}`)}\n`);
  }
}

function* notesText(name: string, notes: readonly string[], style: Style): Generator<string> {
  for (const note of notes.length === 0 ? ['nothing is left open'] : notes) {
    yield `  ${style.dim(name.padEnd(6))} ${printable(note)}\n`;
  }
}

/** What differences are called. */
const NAMES: ReadonlyMap<NamedDifference, string> = new Map([
  ['redirect-status', 'another status for the same redirect'],
  ['redirect-slash', 'one side drops the slash at the end'],
  ['redirect-query', 'one side drops the query'],
  ['error-status', 'another status for an error'],
  ['controller-paths', 'the controller answers a path by itself'],
  ['settings', 'what is not evaluated differs'],
  ['path-case', 'one side takes the path in any case'],
  ['wildcard-labels', 'one side takes several labels before the name of a wildcard host'],
  ['wildcard-beside-exact', 'one side gives to a wider host what no rule of the host takes'],
  ['forwarded-host', 'one side takes X-Forwarded-Host for the host'],
]);

/** A request as people write it. */
export function requestText({ url, method, headers = {} }: RouteRequest): string {
  const given = Object.entries(headers).map(([name, value]) => `, ${name}: ${value}`);
  return `${method === undefined || method === 'GET' ? '' : `${method} `}${url}${given.join('')}`;
}
