import type { Exposure } from '../../connectivity';
import { listIn } from '../../manifest/lists';
import type { ExposureChange } from './change';

/** Which ways lead in that did not, or lead elsewhere, or do not any more. */
export function exposureChanges(before: readonly Exposure[], after: readonly Exposure[]): readonly ExposureChange[] {
  const old = new Map(before.map((exposure) => [keyOf(exposure), exposure]));
  const otherPort = portChanges(before, after);
  const changes: ExposureChange[] = [];
  for (const exposure of after) {
    const was = old.get(keyOf(exposure)) ?? otherPort.get(exposure) ?? null;
    if (was !== null) {
      old.delete(keyOf(was));
    }
    if (was === null || was.servicePort !== exposure.servicePort || meaning(was) !== meaning(exposure)) {
      changes.push({ change: changeOf(was, exposure), before: was, after: exposure });
    }
  }
  changes.push(...[...old.values()].map((was) => ({ change: changeOf(was, null), before: was, after: null })));
  const order = ['opened', 'changed', 'closed'];
  return changes.sort((a, b) => order.indexOf(a.change) - order.indexOf(b.change));
}

/**
 * The ways of Ingresses and routes that lead over another port of the same Service now, each with what it was: they are one change.
 * The port of a Service that is open by itself is where it is reached from outside.
 */
function portChanges(before: readonly Exposure[], after: readonly Exposure[]): ReadonlyMap<Exposure, Exposure> {
  const [known, still] = [new Set(before.map(keyOf)), new Set(after.map(keyOf))];
  const gone = new Map<string, Exposure[]>();
  for (const exposure of before.filter((one) => one.via.kind !== 'Service' && !still.has(keyOf(one)))) {
    listIn(gone, wayOf(exposure)).push(exposure);
  }
  return new Map(
    after
      .filter((one) => !known.has(keyOf(one)))
      .flatMap((one): [Exposure, Exposure][] => {
        const was = gone.get(wayOf(one))?.shift();
        return was === undefined ? [] : [[one, was]];
      }),
  );
}

/** What may not be reachable counts as not reachable before, and as reachable after: nothing opens unseen. */
function changeOf(before: Exposure | null, after: Exposure | null): ExposureChange['change'] {
  const was = before?.reachable === true;
  const is = after !== null && after.reachable !== false;
  return is && !was ? 'opened' : !is && was ? 'closed' : 'changed';
}

function keyOf(exposure: Exposure): string {
  return JSON.stringify([wayOf(exposure), exposure.servicePort]);
}

function wayOf({ via, host, path, service, to, protocol }: Exposure): string {
  return JSON.stringify([via.kind, via.namespace, via.name, host, path, service, protocol, to]);
}

function meaning({ port, reachable, controller, to, why }: Exposure): string {
  return JSON.stringify([port, reachable, controller.text, to === null ? why : '']);
}
