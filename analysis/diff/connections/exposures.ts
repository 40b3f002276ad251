import type { Cluster, Exposure } from '../../connectivity';
import type { Backend } from '../../connectivity/model';
import { listIn } from '../../manifest/lists';
import type { ExposureChange } from './change';

/** Which ways lead in that did not, or lead elsewhere, or do not any more. */
export function exposureChanges(was: Cluster, is: Cluster): readonly ExposureChange[] {
  const [before, after] = [was.exposures(), is.exposures()];
  const [oldServices, services] = [new Services(was), new Services(is)];
  const old = new Map(before.map((exposure) => [keyOf(exposure), exposure]));
  const otherPort = portChanges(before, after);
  const changes: ExposureChange[] = [];
  for (const exposure of after) {
    const known = old.get(keyOf(exposure)) ?? otherPort.get(exposure) ?? null;
    if (known !== null) {
      old.delete(keyOf(known));
    }
    if (
      known === null ||
      known.servicePort !== exposure.servicePort ||
      meaning(known, oldServices) !== meaning(exposure, services)
    ) {
      changes.push({ change: changeOf(known, exposure), before: known, after: exposure });
    }
  }
  changes.push(...[...old.values()].map((gone) => ({ change: changeOf(gone, null), before: gone, after: null })));
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

function meaning(exposure: Exposure, services: Services): string {
  const { port, reachable, controller, to, why } = exposure;
  return JSON.stringify([port, reachable, controller.text, ...(to === null ? [why, services.behind(exposure)] : [])]);
}

/** What stands behind a way that leads to no pod of the manifests: pods that they do not show may be there. */
class Services {
  private readonly byName: ReadonlyMap<string, unknown>;
  private readonly backends = new Map<Exposure['via'], Backend[]>();

  constructor({ compiled: { model } }: Cluster) {
    this.byName = new Map(
      model.services.map(({ namespace, name, selector, ports }) => [
        `${namespace}/${name}`,
        [[...selector].sort(), ports],
      ]),
    );
    for (const backend of model.backends) {
      listIn(this.backends, backend.via).push(backend);
    }
  }

  /** The same for however many paths of one Ingress lead there. */
  behind({ via, service }: Exposure): readonly string[] {
    const own = (this.backends.get(via) ?? []).filter((one) => one.service === service);
    const texts = own.map(({ namespace, outside }) =>
      JSON.stringify([this.byName.get(`${namespace}/${service}`), outside?.keepsClients]),
    );
    return [...new Set(texts)].sort();
  }
}
