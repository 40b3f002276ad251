import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { WordedFinding } from '../../report/check/worded';

/**
 * Findings with their files as they are called from a folder: what reads reports in continuous integration knows the files of a
 * checkout by these. Files outside of the folder, and standard input, keep their names.
 */
export function calledFrom(cwd: string, findings: readonly WordedFinding[]): readonly WordedFinding[] {
  const named = <Place extends WordedFinding['source']>(place: Place): Place => {
    const way = relative(resolve(cwd), resolve(cwd, place.file));
    const isOutside = place.file === '-' || way === '' || way.startsWith('..') || isAbsolute(way);
    return isOutside ? place : { ...place, file: way.split(sep).join('/') };
  };
  return findings.map((finding) => ({
    ...finding,
    source: named(finding.source),
    related: finding.related.map((one) => ({ ...one, source: named(one.source) })),
  }));
}
