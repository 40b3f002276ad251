import type { Findings } from '../problems';
import type { Decisions } from './decisions';
import type { Ingress } from './ingress';
import { isOrderKnown } from './order';
import { locationOf } from './redirects';
import type { Location, Server } from './servers';
import type { Services } from './services';
import { spareNote } from './spare-backends';
import type { Upstream } from './upstreams';

const NONE: readonly string[] = [];

/** What manifests alone cannot decide of requests that a location takes. */
export function locationNotes(
  location: Location,
  upstreams: ReadonlyMap<string, Upstream>,
  decisions: Decisions,
  services: Services,
  assumed: ReadonlyMap<Ingress, string>,
): readonly string[] {
  const { owner, late } = location;
  if (owner === undefined) {
    return NONE;
  }
  const { ingress, annotations } = owner;
  const upstream = upstreams.get(location.upstream);
  const external = upstream !== undefined && 'note' in upstream.backend ? upstream.backend.note : undefined;
  const canary = upstream && decisions.canaryOf(upstream);
  const other = canary === undefined ? undefined : upstreams.get(upstream?.alternatives[0]?.upstream ?? '');
  const unknown = annotations.redirect === undefined ? NONE : locationOf(annotations.redirect.url).unknown;
  const notes = [
    assumed.get(ingress),
    ...late.filter((other) => !isOrderKnown(ingress, other)).map((other) => unknownOrder(ingress, other)),
    ...annotations.undecided,
    stickyNote(upstream, canary?.policy),
    external,
    spareNote(owner, upstream, services),
    other !== undefined && 'note' in other.backend ? other.backend.note : undefined,
    ...unknown.map((name) => `the variable ${name} of the redirect is known to nginx only`),
  ].filter((note) => note !== undefined);
  return notes.length === 0 ? NONE : notes;
}

function stickyNote(main: Upstream | undefined, canary: Upstream['policy']): string | undefined {
  if (main?.sticky === undefined || canary === undefined) {
    return undefined;
  }
  const { ingress, annotations } = main.sticky;
  const where = canary.isLegacy ? 'with the main backend' : 'where it was';
  return `${annotations.affinity} of Ingress ${ingress.key} keeps a client that has a session cookie ${where}, whatever the canary says`;
}

function unknownOrder({ key }: Ingress, other: Ingress): string {
  return `it cannot be said whether Ingress ${key} or Ingress ${other.key} gets the request: both claim the path, and the older one gets it; taken as made in one second`;
}

/** Notes paths that several Ingresses want. */
export function noteLate({ locations }: Server, findings: Findings): void {
  for (const { late, owner, written } of locations) {
    for (const ingress of late) {
      const whose = owner?.ingress === ingress ? 'this Ingress' : `Ingress ${owner?.ingress.key}`;
      const order =
        owner === undefined || isOrderKnown(owner.ingress, ingress) ? '' : ', taken as made at the same time';
      const where = `${written.host ?? 'every host'}${written.path}`;
      const message = `${where} is taken by ${whose} already${order}; the controller's webhook would refuse it`;
      findings.note(ingress.manifest, ['spec', 'rules'], 'claimed-twice', message);
    }
  }
}
