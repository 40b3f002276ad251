import type { Manifest } from '../analysis/manifest';
import { isMapping } from '../analysis/manifest/value';
import type { BackendShare, Routes } from '../analysis/routing';
import { nearest } from '../report/near';
import { shownArgument } from './arguments';
import { isConstruct, namesBelow } from './constructs';
import { Unanswerable } from './failure';

/** A Service, on one of its ports or on any. */
export interface NamedBackend {
  readonly namespace: string;
  readonly service: string;
  readonly port: number | undefined;
}

/** Whether a share is of this backend. */
export function isOf({ namespace, service, port }: NamedBackend, share: BackendShare): boolean {
  return (
    share.kind === undefined &&
    share.namespace === namespace &&
    share.service === service &&
    (port === undefined || share.port === port)
  );
}

/** A backend in words, e.g. `shop/frontend:80`. */
export function backendLabel({ namespace, service, port }: NamedBackend): string {
  return `${namespace}/${service}${port === undefined ? '' : `:${port}`}`;
}

/** The Services that tests name: those of the manifests, and those to which rules lead. */
export class BackendNames {
  private readonly known = new Map<string, { readonly namespace: string; readonly service: string }>();

  constructor(routes: Routes, objects: readonly Manifest[]) {
    for (const { kind, group, namespace = 'default', name } of objects) {
      if (kind === 'Service' && group === '') {
        this.add(namespace, name);
      }
    }
    const decisions = routes.model.listeners.flatMap(({ hosts }) =>
      hosts.flatMap((host) => host.routes.flatMap((route) => route.decisions)),
    );
    for (const { outcome } of decisions) {
      for (const { namespace, service } of outcome.kind === 'backends' ? outcome.backends : []) {
        this.add(namespace, service);
      }
    }
  }

  /**
   * The Service that somebody gave.
   *
   * @throws Unanswerable for a name that nothing has: after `not`, it would always be right
   */
  one(given: unknown): NamedBackend {
    const text = nameOf(given);
    const [, namespace, service, port] = /^(?:([^/:]+)\/)?([^/:]+)(?::(\d{1,5}))?$/.exec(text) ?? [];
    if (service === undefined) {
      throw new Unanswerable(`backend is ${JSON.stringify(text)}; ${FORMS}`);
    }
    const found = [...this.known.values()].filter(
      (known) => known.service === service && (namespace === undefined || known.namespace === namespace),
    );
    const labels = found.map((one) => `${one.namespace}/${one.service}`);
    const [only] = found;
    if (only === undefined) {
      const near = nearest(namespace === undefined ? service : `${namespace}/${service}`, this.known.keys());
      const advice = near.length > 0 ? `did you mean ${near.join(' or ')}?` : FORMS;
      throw new Unanswerable(`backend ${JSON.stringify(text)}: no Service has this name; ${advice}`);
    }
    if (found.length > 1) {
      throw new Unanswerable(
        `backend ${JSON.stringify(text)}: ${found.length} Services have this name; choose one: ${labels.join(', ')}`,
      );
    }
    return { ...only, port: port === undefined ? undefined : Number(port) };
  }

  private add(namespace: string, service: string): void {
    this.known.set(`${namespace}/${service}`, { namespace, service });
  }
}

const FORMS = 'give SERVICE, NAMESPACE/SERVICE, or either with :PORT';

function nameOf(given: unknown): string {
  if (typeof given === 'string') {
    return given;
  }
  if (isConstruct(given)) {
    const names = namesBelow(given, ({ kind, group }) => kind === 'Service' && group === '').map(
      ({ namespace, name }) => `${namespace}/${name}`,
    );
    const [name] = names;
    if (name === undefined || names.length > 1) {
      const choice = names.length === 0 ? 'there is no Service' : `there are ${names.length} Services`;
      const advice = names.length === 0 ? 'give one that has one' : `choose one: ${names.join(', ')}`;
      throw new Unanswerable(`backend ${shownArgument(given)}: ${choice} at or below this construct; ${advice}`);
    }
    return name;
  }
  if (isMapping(given) && typeof given.name === 'string') {
    const namespace = isMapping(given.namespace) ? given.namespace.name : given.namespace;
    return namespace === undefined ? given.name : `${namespace}/${given.name}`;
  }
  throw new Unanswerable(`backend is ${shownArgument(given)}; ${FORMS}, or a construct with a Service`);
}
