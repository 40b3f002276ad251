import {
  type AppliedFile,
  appliedSets,
  checkSets,
  type Finding,
  type RuleCode,
  type RuleSetting,
  type Severity,
} from '../../analysis/check';
import { appliedFiles, refusedByServer } from '../../analysis/check/alternatives';
import { RULES } from '../../analysis/check/registry';
import { SEVERITIES } from '../../analysis/check/rule';
import type { InputDegree, Judged, Manifest } from '../../analysis/manifest';
import { isWithin } from '../../input/alternatives';
import type { CheckAnswer } from '../../report/check/answer';
import { checkGithub } from '../../report/check/github';
import { checkGitlab } from '../../report/check/gitlab';
import { checkJson } from '../../report/check/json';
import { checkJunit } from '../../report/check/junit';
import { patchText } from '../../report/check/patch';
import { checkSarif } from '../../report/check/sarif';
import { checkText } from '../../report/check/text';
import { worded } from '../../report/check/worded';
import { nearest } from '../../report/near';
import type { Style } from '../../report/style';
import { Baseline, writeBaseline } from '../check/baseline';
import { readConfiguration } from '../check/configuration';
import { fixesFor, writeFixes } from '../check/fix';
import { calledFrom } from '../check/places';
import { type Input, readInput } from '../input';
import type { Output } from '../output';
import { Refusal } from '../refusal';
import type { Session } from '../run';
import { styleOf } from '../style';
import { settle } from '../warnings';
import type { CheckOptions, RuleOption } from './check';

/** Says what is wrong with manifests. */
export async function runCheck(paths: readonly string[], options: CheckOptions, session: Session): Promise<number> {
  const { io, output } = session;
  const configuration = await readConfiguration(options.config, io);
  const baseline = options.baseline === undefined ? undefined : await Baseline.read(options.baseline, io);
  const input = await readInput(paths, io, options.namespace);
  const sets = appliedSets(filesOf(input, options, configuration.alternatives, io.cwd));
  const warnings = warningsIn(sets, input, options.input, output);
  const rules = new Map([...configuration.rules, ...(options.rule ?? []).map(ruleSetting)]);
  const { findings, silenced } = checkSets(sets, {
    rules,
    ignore: [...configuration.ignore, ...(options.ignore ?? [])],
  });
  if (options.writeBaseline !== undefined) {
    writeBaseline(options.writeBaseline, findings, io);
    output.say(`${options.writeBaseline}: ${findings.length} findings are known from now on`);
    return 0;
  }
  const { left: found, known } = baseline?.apply(findings) ?? { left: findings, known: 0 };
  const fixes = options.fix === true || options.fixDryRun === true ? fixesFor(found, io) : { files: [], mended: [] };
  if (options.fixDryRun === true) {
    await output.write(fixes.files.map(({ file, before, after }) => patchText(file, before, after)));
    output.say(`${fixes.mended.length} of ${found.length} findings can be mended by --fix`);
    return 0;
  }
  writeFixes(fixes, io);
  const mended = new Set(fixes.mended);
  const left = found.filter((finding) => !mended.has(finding));
  if (mended.size > 0) {
    output.say(
      `mended ${mended.size} of ${found.length} findings in ${fixes.files.map(({ file }) => file).join(', ')}`,
    );
  }
  const answer: CheckAnswer = {
    findings: FOR_CHECKOUTS.includes(options.format) ? calledFrom(io.cwd, left.map(worded)) : left.map(worded),
    silenced: silenced.length + known,
    objects: input.manifests.length,
    version: io.version,
    warnings,
  };
  await output.write(FORMS[options.format as keyof typeof FORMS](answer, styleOf(io.stdout, io)));
  return fails(left, options.failOn ?? configuration.failOn ?? 'error') ? 1 : 0;
}

/** Forms that are read where the files of a checkout are shown. */
const FOR_CHECKOUTS: readonly string[] = ['sarif', 'github', 'gitlab'];

const FORMS: Readonly<Record<'text' | 'json' | 'sarif' | 'github' | 'gitlab' | 'junit', Form>> = {
  text: checkText,
  json: (answer) => [checkJson(answer)],
  sarif: (answer) => [checkSarif(answer)],
  github: checkGithub,
  gitlab: (answer) => [checkGitlab(answer)],
  junit: (answer) => [checkJunit(answer)],
};

type Form = (answer: CheckAnswer, style: Style) => Iterable<string>;

/** @throws Refusal for alternatives that are none of the files */
function filesOf(
  { manifests }: Input,
  { alternative = [] }: Pick<CheckOptions, 'alternative'>,
  configured: readonly string[],
  cwd: string,
): readonly AppliedFile[] {
  const files = new Set(manifests.map(({ source }) => source.file));
  const unknown = alternative.filter((path) => ![...files].some(isWithin([path], cwd)));
  if (unknown.length > 0) {
    throw new Refusal(
      unknown.map((path) => `--alternative ${path}: no file that is checked is called so or stands there`),
    );
  }
  return appliedFiles(manifests, isWithin([...alternative, ...configured], cwd));
}

/** @throws Refusal for everything that an API server would refuse, where it is not to be a warning */
function warningsIn(
  sets: readonly (readonly Manifest[])[],
  { problems, unread }: Input,
  degree: InputDegree,
  output: Output,
): Judged['warnings'] {
  const found = refusedByServer(sets, problems, degree);
  const advice = found.problems.some(({ code }) => code === 'duplicate-object')
    ? ['--alternative PATH names a file, or a folder of files, of which each is applied in the place of others']
    : [];
  settle({ ...found, problems: [...unread, ...found.problems] }, degree, output, advice);
  return found.warnings;
}

function ruleSetting({ code, setting }: RuleOption): [RuleCode, RuleSetting] {
  const codes = RULES.map((rule) => rule.code);
  if (!codes.some((known) => known === code)) {
    const near = nearest(code, codes);
    const advice = near.length > 0 ? `did you mean ${near.join(' or ')}?` : 'docs/checks lists the rules';
    throw new Refusal([`--rule ${code}=${setting}: there is no rule ${code}; ${advice}`]);
  }
  return [code as RuleCode, setting as RuleSetting];
}

function fails(findings: readonly Finding[], failOn: Severity | 'never'): boolean {
  return (
    failOn !== 'never' && findings.some(({ severity }) => SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn))
  );
}
