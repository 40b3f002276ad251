import { appliedSets } from '../analysis/check';
import { type Manifest, manifestsOf, type Problem } from '../analysis/manifest';
import { memorySource } from '../analysis/manifest/locate';
import type { Judge } from '../constructs/judge';
import type { WordedFinding } from '../report/check/worded';
import { isAtLeast, judge } from './judged';
import { settingsOf } from './settings';

/**
 * Judges an app that is about to be written: errors are refused, warnings are told. Objects are called by the paths of their constructs.
 */
export const judgeApp: Judge = (files) => {
  const settings = settingsOf({}, 'NetworkingApp');
  const unread: Problem[] = [];
  const read = files.map(({ objects, isAlternative }) => ({
    isAlternative,
    manifests: objects.flatMap(({ path, object }) => placed(object, path, unread)),
  }));
  const { problems, findings } = judge(appliedSets(read), settings, { input: settings.input, unread });
  return {
    refused: [
      ...problems.map(({ file, message }) => `${file}: ${message}`),
      ...findings.filter((one) => isAtLeast(one, settings.failOn)).map(sentence),
    ],
    told: findings.filter((one) => !isAtLeast(one, settings.failOn) && isAtLeast(one, settings.tell)).map(sentence),
  };
};

/** An object under the path of its construct. */
function placed(object: unknown, path: string, unread: Problem[]): readonly Manifest[] {
  const { manifests, problems } = manifestsOf([object], path);
  unread.push(
    ...problems.filter(({ severity = 'error' }) => severity !== 'warning').map((one) => ({ ...one, file: path })),
  );
  return manifests.map((manifest) => ({ ...manifest, source: memorySource(path) }));
}

function sentence({ rule, severity, object, source, message, advice }: WordedFinding): string {
  return `${source.file}: ${severity} ${rule}: ${object}: ${message}; ${advice}`;
}
