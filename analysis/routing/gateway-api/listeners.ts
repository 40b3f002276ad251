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
  const unserved = ({ name, at }: GatewayListener, why: string) =>
    findings.note(gateway.manifest, at, 'not-served', `listener ${JSON.stringify(name)} is not served: ${why}`);
  return [...byPort]
    .sort(([one], [other]) => one - other)
    .flatMap(([port, listeners]): Port[] => {
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

function isWeb({ protocol }: GatewayListener): boolean {
  return protocol === 'HTTP' || protocol === 'HTTPS' || protocol === 'TLS';
}
