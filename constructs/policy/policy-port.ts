import { k8s } from 'cdk8s-plus-27';
import { type Problems, port as portProblems, shown } from '../values';

/** What was asked for, with values as they were given: a mistake in JavaScript must not turn into other ports. */
type Ports =
  | { readonly kind: 'one'; readonly port: number }
  | { readonly kind: 'range'; readonly first: number; readonly last: number }
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'every' };

/** A port, or ports, of a policy for all of the cluster. */
interface AdminPort {
  readonly number?: number;
  readonly range?: { readonly start: number; readonly end: number };
}

/** Ports of a policy for all of the cluster: of a protocol, or by a name. */
type AdminProtocol =
  | { readonly [protocol: string]: { readonly destinationPort: AdminPort } }
  | { readonly destinationNamedPort: string };

const NAME = /^(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * Ports of Pods that a NetworkPolicy opens: the ports that the Pods listen on, not those of a Service.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#targeting-a-range-of-ports
 */
export class PolicyPort {
  /** One port of TCP, from 1 to 65535. */
  public static tcp(port: number): PolicyPort {
    return new PolicyPort('TCP', { kind: 'one', port });
  }

  /** One port of UDP, from 1 to 65535. */
  public static udp(port: number): PolicyPort {
    return new PolicyPort('UDP', { kind: 'one', port });
  }

  /** One port of SCTP, from 1 to 65535. */
  public static sctp(port: number): PolicyPort {
    return new PolicyPort('SCTP', { kind: 'one', port });
  }

  /** The ports of TCP from the first to the last, both included. */
  public static tcpRange(first: number, last: number): PolicyPort {
    return new PolicyPort('TCP', { kind: 'range', first, last });
  }

  /** The ports of UDP from the first to the last, both included. */
  public static udpRange(first: number, last: number): PolicyPort {
    return new PolicyPort('UDP', { kind: 'range', first, last });
  }

  /** The port of TCP to which each Pod gives this name: at most 15 lower-case letters, digits and "-". */
  public static named(name: string): PolicyPort {
    return new PolicyPort('TCP', { kind: 'named', name });
  }

  /** Every port of TCP. */
  public static allTcp(): PolicyPort {
    return new PolicyPort('TCP', { kind: 'every' });
  }

  /** Every port of UDP. */
  public static allUdp(): PolicyPort {
    return new PolicyPort('UDP', { kind: 'every' });
  }

  private constructor(
    private readonly protocol: string,
    private readonly ports: Ports,
  ) {}

  /** @internal */
  public _problems(what: string): Problems {
    const { ports } = this;
    switch (ports.kind) {
      case 'one':
        return portProblems(what, ports.port);
      case 'range':
        return rangeProblems(what, ports);
      case 'named':
        return typeof ports.name === 'string' && NAME.test(ports.name) && ports.name.length <= 15
          ? []
          : [
              `${what} is ${shown(ports.name)}; the name of a port is 1 to 15 lower-case letters, digits and single "-"`,
            ];
      case 'every':
        return [];
    }
  }

  /**
   * The ports as a policy for all of the cluster names them. It has no word for every port of a protocol, and no range of one port.
   *
   * @internal
   */
  public _toProtocol(): AdminProtocol {
    const { protocol, ports } = this;
    const of = (destinationPort: AdminPort) => ({ [protocol.toLowerCase()]: { destinationPort } });
    switch (ports.kind) {
      case 'one':
        return of({ number: ports.port });
      case 'range':
        return of(
          ports.first === ports.last ? { number: ports.first } : { range: { start: ports.first, end: ports.last } },
        );
      case 'named':
        return { destinationNamedPort: ports.name };
      case 'every':
        return of({ range: { start: 1, end: 65535 } });
    }
  }

  /** @internal */
  public _toJson(): k8s.NetworkPolicyPort {
    const { protocol, ports } = this;
    switch (ports.kind) {
      case 'one':
        return { protocol, port: k8s.IntOrString.fromNumber(ports.port) };
      case 'range':
        return { protocol, port: k8s.IntOrString.fromNumber(ports.first), endPort: ports.last };
      case 'named':
        return { protocol, port: k8s.IntOrString.fromString(ports.name) };
      case 'every':
        return { protocol };
    }
  }
}

function rangeProblems(what: string, { first, last }: { readonly first: number; readonly last: number }): Problems {
  const range = `${what} is ${shown(first)} to ${shown(last)}`;
  if ([first, last].some((port) => portProblems(what, port).length > 0)) {
    return [`${range}; give an integer from 1 to 65535 for both`];
  }
  return last < first ? [`${range}; give the lower port first`] : [];
}
