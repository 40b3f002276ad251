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
 * The schemes and ports that either side tells apart. Where one side takes requests on any port, it is asked on those that
 * the other one names: manifests do not say on which ports it is reached. Where both do, another port stands for the rest.
 */
export function entriesOf(before: RoutingModel, after: RoutingModel): readonly Entry[] {
  return SCHEMES.flatMap(([scheme, usual]) => {
    const [one, other] = [before, after].map(({ listeners }) =>
      listeners.filter((listener) => (listener.scheme ?? scheme) === scheme),
    ) as [Listener[], Listener[]];
    const named = new Set([...one, ...other].flatMap(({ port }) => port ?? []));
    const isAny = (listeners: readonly Listener[]) => listeners.some(({ port }) => port === undefined);
    if (named.size === 0 || (isAny(one) && isAny(other))) {
      named.add([usual, ...OTHER_PORTS].find((port) => !named.has(port)) ?? usual);
    }
    const at = (listeners: readonly Listener[], port: number) =>
      listeners.find((listener) => (listener.port ?? port) === port);
    return [...named]
      .sort((a, b) => rank(a, usual) - rank(b, usual))
      .map((port) => ({ scheme, port, before: at(one, port), after: at(other, port) }));
  });
}

/** Ports of which at least one is not named by anybody. */
const OTHER_PORTS = Array.from({ length: 129 }, (_, index) => 8080 + index);

function rank(port: number, usual: number): number {
  return port === usual ? 0 : port;
}
