import type { RouteExplanation, SettingDifference } from '../../analysis';
import { answerText, seenOtherwise } from '../diff/answer';
import { type Region, regionsOf } from '../diff/regions';
import { requestText } from '../diff/text';
import { numberText } from '../numbers';
import type { Link, PullRequestAnswer } from './answer';
import { type Block, table } from './blocks';
import { code, head, place, row, words } from './inline';

/** Requests that go elsewhere, each with the smallest that shows it. */
export function routeBlocks({ routes, link }: PullRequestAnswer): readonly Block[] {
  const regions = regionsOf(routes?.differences ?? []);
  const settings = routes?.settings ?? [];
  return [
    ...(regions.length === 0
      ? []
      : [
          table(
            '**Requests that go elsewhere**, by the smallest that shows it',
            head(['Request', 'Before', 'After', 'Kinds alike']),
            regions.map((region) => regionRow(region, link)),
          ),
        ]),
    ...(settings.length === 0
      ? []
      : [
          table(
            '**Settings that may change what becomes of requests**, and are not evaluated',
            head(['Setting', 'Before', 'After']),
            settings.map((one) => settingRow(one, link)),
          ),
        ]),
  ];
}

function settingRow({ what, before, after }: SettingDifference, link: Link | undefined): string {
  const side = (one: SettingDifference['before']) =>
    one === undefined ? 'none' : `${one.says.map(code).join(', ')} ${place(link, one.file, one.line)}`.trim();
  return row([words(what), side(before), side(after)]);
}

function regionRow({ request, before, after, classes }: Region, link: Link | undefined): string {
  const isSeen = seenOtherwise(before.answer, after.answer);
  const side = (one: RouteExplanation) => {
    const { answer } = one;
    const rule = 'rule' in answer ? answer.rule : undefined;
    const name = rule === undefined ? undefined : `${rule.kind} ${rule.namespace}/${rule.name}`;
    const by = name === undefined ? '' : ` by ${place(link, one.place?.file ?? '', one.place?.line ?? 0, name)}`;
    return `${code(answerText(answer, isSeen))}${by}`;
  };
  return row([code(requestText(request)), side(before), side(after), numberText(classes)]);
}
