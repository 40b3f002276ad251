import type { Exposure } from '../../connectivity';
import type { ExposureChange } from './change';

/** Which ways lead in that did not, or lead elsewhere, or do not any more. */
export function exposureChanges(before: readonly Exposure[], after: readonly Exposure[]): readonly ExposureChange[] {
  const old = new Map(before.map((exposure) => [keyOf(exposure), exposure]));
  const changes: ExposureChange[] = [];
  for (const exposure of after) {
    const key = keyOf(exposure);
    const was = old.get(key) ?? null;
    old.delete(key);
    if (was === null || meaning(was) !== meaning(exposure)) {
      changes.push({ change: changeOf(was, exposure), before: was, after: exposure });
    }
  }
  changes.push(...[...old.values()].map((was) => ({ change: changeOf(was, null), before: was, after: null })));
  const order = ['opened', 'changed', 'closed'];
  return changes.sort((a, b) => order.indexOf(a.change) - order.indexOf(b.change));
}

/** What may not be reachable counts as not reachable before, and as reachable after: nothing opens unseen. */
function changeOf(before: Exposure | null, after: Exposure | null): ExposureChange['change'] {
  const was = before?.reachable === true;
  const is = after !== null && after.reachable !== false;
  return is && !was ? 'opened' : !is && was ? 'closed' : 'changed';
}

function keyOf({ via, host, path, service, servicePort, to, protocol }: Exposure): string {
  return JSON.stringify([via.kind, via.namespace, via.name, host, path, service, servicePort, protocol, to]);
}

function meaning({ port, reachable, controller, to, why }: Exposure): string {
  return JSON.stringify([port, reachable, controller.text, to === null ? why : '']);
}
