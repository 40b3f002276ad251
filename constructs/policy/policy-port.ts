import { k8s } from 'cdk8s-plus-27';
import { type Problems, port as portProblems, shown } from '../values';

/** Stands for every port. Not `undefined`, which a mistake in JavaScript could turn into "open them all". */
const EVERY = Symbol('every port');

const NAME = /^(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * Ports of Pods that a NetworkPolicy opens: the ports that the Pods listen on, not those of a Service.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#targeting-a-range-of-ports
 */
export class PolicyPort {
  /** One port of TCP, from 1 to 65535. */
  public static tcp(port: number): PolicyPort {
    return new PolicyPort('TCP', port);
  }

  /** One port of UDP, from 1 to 65535. */
  public static udp(port: number): PolicyPort {
    return new PolicyPort('UDP', port);
  }

  /** One port of SCTP, from 1 to 65535. */
  public static sctp(port: number): PolicyPort {
    return new PolicyPort('SCTP', port);
  }

  /** The ports of TCP from the first to the last, both included. */
  public static tcpRange(first: number, last: number): PolicyPort {
    return new PolicyPort('TCP', first, last);
  }

  /** The ports of UDP from the first to the last, both included. */
  public static udpRange(first: number, last: number): PolicyPort {
    return new PolicyPort('UDP', first, last);
  }

  /** The port of TCP to which each Pod gives this name: at most 15 lower-case letters, digits and "-". */
  public static named(name: string): PolicyPort {
    return new PolicyPort('TCP', String(name));
  }

  /** Every port of TCP. */
  public static allTcp(): PolicyPort {
    return new PolicyPort('TCP', EVERY);
  }

  /** Every port of UDP. */
  public static allUdp(): PolicyPort {
    return new PolicyPort('UDP', EVERY);
  }

  private constructor(
    private readonly protocol: string,
    private readonly port: number | string | symbol,
    private readonly last?: number,
  ) {}

  /** @internal */
  public _problems(what: string): Problems {
    const { port, last } = this;
    if (port === EVERY) {
      return [];
    }
    if (typeof port === 'string') {
      return NAME.test(port) && port.length <= 15
        ? []
        : [`${what} is ${shown(port)}; the name of a port is 1 to 15 lower-case letters, digits and single "-"`];
    }
    const problems = [
      ...portProblems(what, port),
      ...(last === undefined ? [] : portProblems(`the end of ${what}`, last)),
    ];
    return problems.length === 0 && last !== undefined && last < Number(port)
      ? [`${what} is ${String(port)} to ${last}; give the lower port first`]
      : problems;
  }

  /** @internal */
  public _toJson(): k8s.NetworkPolicyPort {
    const { protocol, port, last } = this;
    if (typeof port === 'symbol') {
      return { protocol };
    }
    const written = typeof port === 'string' ? k8s.IntOrString.fromString(port) : k8s.IntOrString.fromNumber(port);
    return { protocol, port: written, endPort: last };
  }
}
