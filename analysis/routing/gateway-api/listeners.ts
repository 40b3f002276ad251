import type { Findings } from '../problems';
import type { Certificates } from './certificates';
import { bySpecificity } from './hostnames';
import type { Gateway, GatewayListener } from './objects';

/** The listeners of one port, all of which are served, the most specific hostname first. */
export interface Port {
  readonly port: number;
  readonly scheme: 'http' | 'https';
  readonly listeners: readonly GatewayListener[];
}

/** What a protocol shares a port with. */
const FAMILIES = new Map([
  ['HTTP', 'HTTP'],
  ['HTTPS', 'HTTPS and TLS'],
  ['TLS', 'HTTPS and TLS'],
  ['TCP', 'TCP'],
]);

/**
 * The listeners to which HTTP and HTTPS requests can come. Those that no gateway would serve are noted: with protocols that
 * share no port, and without a certificate that they may use.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#gatewayspec
 */
export function portsOf(gateway: Gateway, certificates: Certificates, findings: Findings): readonly Port[] {
  const byPort = new Map<number, GatewayListener[]>();
  for (const listener of gateway.listeners) {
    if (listener.protocol !== 'UDP') {
      byPort.set(listener.port, [...(byPort.get(listener.port) ?? []), listener]);
    }
  }
  const unserved = ({ name, at, owner }: GatewayListener, why: string) =>
    findings.note(
      (owner ?? gateway).manifest,
      at,
      'not-served',
      `listener ${JSON.stringify(name)} is not served: ${why}`,
    );
  return [...byPort]
    .sort(([one], [other]) => one - other)
    .flatMap(([port, all]): Port[] => {
      const listeners = withoutLosers(all, unserved);
      const families = new Set(listeners.map(({ protocol }) => FAMILIES.get(protocol) ?? protocol));
      if (families.size > 1) {
        const protocols = [...new Set(listeners.map(({ protocol }) => protocol))].join(', ');
        for (const listener of listeners) {
          unserved(listener, `the protocols ${protocols} cannot share the port ${port}`);
        }
        return [];
      }
      const served = listeners.filter((listener) => {
        const why = whyNot(listener, listeners);
        if (why !== undefined) {
          unserved(listener, why);
        }
        return why === undefined && isWeb(listener);
      });
      const scheme = served[0]?.protocol === 'HTTP' ? 'http' : 'https';
      const sorted = [...served].sort((a, b) => bySpecificity(a.hostname, b.hostname));
      return served.length === 0 ? [] : [{ port, scheme, listeners: sorted }];
    });

  function whyNot(listener: GatewayListener, others: readonly GatewayListener[]): string | undefined {
    const { protocol, tls, hostname } = listener;
    const twin = others.find((other) => other !== listener && other.hostname === hostname);
    if (twin !== undefined) {
      return `nobody can tell it from the listener ${JSON.stringify(twin.name)}, of the same port and hostname`;
    }
    if (!FAMILIES.has(protocol)) {
      return `the protocol ${JSON.stringify(protocol)} is known to few implementations`;
    }
    const needsCertificate =
      !gateway.isAssumed && (protocol === 'HTTPS' || (protocol === 'TLS' && tls?.mode === 'Terminate'));
    return needsCertificate ? certificates.missingFor(listener, gateway) : undefined;
  }
}

/**
 * The listeners of a port without those of ListenerSets that conflict with an earlier one: the Gateway's own come first.
 *
 * @see https://gateway-api.sigs.k8s.io/geps/gep-1713/
 */
function withoutLosers(
  listeners: readonly GatewayListener[],
  tell: (listener: GatewayListener, why: string) => void,
): readonly GatewayListener[] {
  const kept: GatewayListener[] = [];
  for (const listener of listeners) {
    const { protocol, hostname, owner } = listener;
    const family = FAMILIES.get(protocol) ?? protocol;
    const first =
      owner === undefined
        ? undefined
        : kept.find((one) => one.hostname === hostname || (FAMILIES.get(one.protocol) ?? one.protocol) !== family);
    if (first === undefined) {
      kept.push(listener);
    } else {
      const isOther = (FAMILIES.get(first.protocol) ?? first.protocol) !== family;
      const what = isOther ? `another protocol, ${first.protocol}` : 'hostname';
      tell(listener, `the listener ${JSON.stringify(titleOf(first))} comes first, of the same port and ${what}`);
    }
  }
  return kept;
}

/** A listener as people call it: with its ListenerSet, where it has one. */
export function titleOf({ name, owner }: GatewayListener): string {
  return owner === undefined ? name : `${owner.key}/${name}`;
}

function isWeb({ protocol }: GatewayListener): boolean {
  return protocol === 'HTTP' || protocol === 'HTTPS' || protocol === 'TLS';
}
