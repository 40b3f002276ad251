import type { Listener, RoutingModel } from '../routing';

/** Where a request can come in, and what takes it on either side. */
export interface Entry {
  readonly scheme: 'http' | 'https';
  readonly port: number;
  readonly before: Listener | undefined;
  readonly after: Listener | undefined;
}

const SCHEMES = [
  ['http', 80],
  ['https', 443],
] as const;

/**
 * The schemes and ports that either side tells apart. A side that takes requests on any port is asked on those that the
 * other one names, and on the usual port where that names none: manifests do not say on which ports it is reached.
 */
export function entriesOf(before: RoutingModel, after: RoutingModel): readonly Entry[] {
  const listeners = [...before.listeners, ...after.listeners];
  return SCHEMES.flatMap(([scheme, usual]) => {
    const named = listeners
      .filter((listener) => (listener.scheme ?? scheme) === scheme)
      .flatMap(({ port }) => port ?? []);
    const ports = named.length === 0 ? [usual] : [...new Set(named)].sort((a, b) => rank(a, usual) - rank(b, usual));
    const at = (model: RoutingModel, port: number) => model.listeners.find((listener) => takes(listener, scheme, port));
    return ports.map((port) => ({ scheme, port, before: at(before, port), after: at(after, port) }));
  });
}

function takes(listener: Listener, scheme: 'http' | 'https', port: number): boolean {
  return (listener.scheme ?? scheme) === scheme && (listener.port ?? port) === port;
}

function rank(port: number, usual: number): number {
  return port === usual ? 0 : port;
}
