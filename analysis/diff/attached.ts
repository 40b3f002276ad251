import type { AttachedObject, Routes } from '../routing';
import type { SettingDifference, SettingSide } from './comparison';

/**
 * What may change what becomes of requests, is not evaluated, and is not the same on both sides.
 *
 * @param assumed is told of what is the same
 */
export function attachedDifferences(before: Routes, after: Routes, assumed: Set<string>): readonly SettingDifference[] {
  const [one, other] = [before, after].map((routes) => byKey(routes.attached)) as [ByKey, ByKey];
  const areAlike = before.server === after.server;
  return [...new Set([...one.keys(), ...other.keys()])].flatMap((key): SettingDifference[] => {
    const [here, there] = [one.get(key), other.get(key)];
    const known = (here ?? there) as AttachedObject;
    const what = whatText(known);
    if (here !== undefined && there !== undefined && here.text === there.text) {
      // Of Services and Gateways everything is known: what they say was compared.
      if (here.isPolicy || here.kind === 'Namespace') {
        assumed.add(what);
      }
      return [];
    }
    const isAlone = here === undefined || there === undefined;
    // Answers tell of a Service that a side does not have, and an ingress controller has nothing like a Gateway's class.
    if (isAlone && (known.isBackend || (known.isOfGateway && !areAlike))) {
      return [];
    }
    return [{ what, isAcceptable: true, request: undefined, before: sideOf(here), after: sideOf(there) }];
  });
}

type ByKey = ReadonlyMap<string, AttachedObject>;

function byKey(objects: readonly AttachedObject[]): ByKey {
  return new Map(objects.map((object) => [object.key, object]));
}

function whatText({ name, why, isBackend }: AttachedObject): string {
  return why === '' ? name : isBackend ? `${name}, to which requests go` : `${name}, which ${why}`;
}

function sideOf(object: AttachedObject | undefined): SettingSide | undefined {
  return object && { says: [object.says], file: object.file, line: object.line };
}
