import type { Routes } from '../routing';
import type { SettingDifference } from './comparison';

/**
 * That Ingresses are of another class, where the name of the class is all that tells the controller: by another name, another one may
 * serve them.
 */
export function classDifferences(before: Routes, after: Routes): readonly SettingDifference[] {
  const [here, there] = [before.served, after.served];
  if (
    here === undefined ||
    there === undefined ||
    !(here.isByName || there.isByName) ||
    here.names.some((name) => there.names.includes(name))
  ) {
    return [];
  }
  const sideOf = ({ names, manifest: { source } }: typeof here) => ({
    says: names.map((name) => `class ${JSON.stringify(name)}`),
    file: source.file,
    line: source.lineOf(['spec', 'ingressClassName']),
  });
  const what = 'the class of the Ingresses, which tells their controller';
  return [{ what, isAcceptable: true, request: undefined, before: sideOf(here), after: sideOf(there) }];
}
