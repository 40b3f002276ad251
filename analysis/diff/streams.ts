import type { Routes, StreamRoute } from '../routing';
import { fullName } from '../routing/backend-name';
import type { SettingDifference, SettingSide } from './comparison';

/** The connections that do not go to the same place: those that a Gateway passes on without seeing requests. */
export function streamDifferences(before: Routes, after: Routes): readonly SettingDifference[] {
  const [one, other] = [before, after].map(({ streams }) => byPlace(streams)) as [ByPlace, ByPlace];
  return [...new Set([...one.keys(), ...other.keys()])].flatMap((what): SettingDifference[] => {
    const [here, there] = [one.get(what), other.get(what)];
    return here !== undefined && there !== undefined && whereText(here) === whereText(there)
      ? []
      : [{ what, isAcceptable: false, request: undefined, before: sideOf(here), after: sideOf(there) }];
  });
}

type ByPlace = ReadonlyMap<string, StreamRoute>;

function byPlace(streams: readonly StreamRoute[]): ByPlace {
  return new Map(
    streams.map((stream) => {
      const { protocol, port, host } = stream;
      const name = protocol === 'TLS' ? ` for ${host ?? 'every other host'}` : '';
      return [`${protocol} connections to port ${port}${name}`, stream];
    }),
  );
}

/** Where connections go, whichever route says it. */
function whereText({ backends, error, isTerminated, notes }: StreamRoute): string {
  const shares = backends
    .map((share) => `${share.probability.toPrecision(12)} ${share.error === undefined ? fullName(share) : 'nowhere'}`)
    .sort();
  return JSON.stringify([isTerminated, error === undefined ? shares : 'nowhere', notes]);
}

function sideOf(stream: StreamRoute | undefined): SettingSide | undefined {
  if (stream === undefined) {
    return undefined;
  }
  const { backends, error, isTerminated, rule, file, line } = stream;
  const to = error === undefined ? backends.map((share) => fullName(share)).join(' and ') : `nowhere: ${error}`;
  const how = isTerminated ? ', without TLS' : '';
  return { says: [`${rule.kind} ${rule.namespace}/${rule.name} sends them to ${to}${how}`], file, line };
}
