import { k8s } from 'cdk8s-plus-27';
import type { Exposure } from '../exposure';
import { PolicyPort } from '../policy/policy-port';
import { oneOf, type Problems, shown } from '../values';

/**
 * The protocol of a port.
 *
 * @see https://kubernetes.io/docs/reference/networking/service-protocols/
 */
export enum PortProtocol {
  /** TCP, which HTTP and TLS are carried by. */
  TCP = 'TCP',
  /** UDP, such as of DNS or of games. */
  UDP = 'UDP',
  /** SCTP, which not every network plugin and load balancer carries. */
  SCTP = 'SCTP',
}

/** One more port of an `ExposedService`. */
export interface ServicePortProps {
  /** The name of the port, in the Service and in the container: at most 15 lower-case letters, digits and "-". */
  readonly name: string;

  /** The port that the Pods listen on, from 1 to 65535. */
  readonly port: number;

  /**
   * The port of the Service, from 1 to 65535.
   *
   * @default - the port of the Pods
   */
  readonly servicePort?: number;

  /**
   * Its protocol.
   *
   * @default PortProtocol.TCP
   */
  readonly protocol?: PortProtocol;

  /**
   * From where this port can be reached, besides by what the Service is: an Ingress or a Gateway, for ports of TCP.
   *
   * @default - as the Service: from inside the cluster, or by its node ports or load balancer
   */
  readonly exposure?: Exposure;
}

/** A port as a Service and the policies of its Pods know it. */
export interface BackendPort {
  readonly name: string | undefined;
  readonly port: number;
  readonly targetPort: number;
  readonly protocol: PortProtocol;
}

/** A port as a Service writes it. */
export function servicePort({ name, port, targetPort, protocol }: BackendPort, nodePort?: number): k8s.ServicePort {
  return { name, port, targetPort: k8s.IntOrString.fromNumber(targetPort), protocol, nodePort };
}

/** One more port, with its defaults. */
export function backendPort({
  name,
  port,
  servicePort = port,
  protocol = PortProtocol.TCP,
}: ServicePortProps): BackendPort {
  return { name, port: servicePort, targetPort: port, protocol };
}

/** The port of the Pods as a policy names it. */
export function policyPort({ targetPort, protocol }: BackendPort): PolicyPort {
  switch (protocol) {
    case PortProtocol.TCP:
      return PolicyPort.tcp(targetPort);
    case PortProtocol.UDP:
      return PolicyPort.udp(targetPort);
    case PortProtocol.SCTP:
      return PolicyPort.sctp(targetPort);
  }
}

/** What is wrong with a protocol. */
export function protocolProblems(what: string, value: unknown): Problems {
  return oneOf(what, value, Object.values(PortProtocol));
}

/** What is wrong with the name of a port, as a container and a Service take it. */
export function portNameProblems(what: string, value: unknown): Problems {
  return typeof value === 'string' && /^(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/.test(value) && value.length <= 15
    ? []
    : [`${what} is ${shown(value)}; the name of a port is 1 to 15 lower-case letters, digits and single "-"`];
}

/** What is wrong with ports beside each other: two of one name, or two that a Service could not tell apart. */
export function togetherProblems(ports: readonly BackendPort[]): Problems {
  const problems: Problems = [];
  const taken = new Map<string, string>();
  for (const { name, port, protocol } of ports) {
    for (const [key, text] of [
      [`name ${name}`, `the name ${shown(name)}`],
      [`${protocol} ${port}`, `the port ${port} of ${protocol} of the Service`],
    ] as const) {
      const other = taken.get(key);
      if (other !== undefined) {
        problems.push(`ports: ${shown(name)} and ${shown(other)} both have ${text}; give one of them another`);
      }
      taken.set(key, String(name));
    }
  }
  return problems;
}

/** What is wrong with an exposure that only ports of TCP can have. */
export function protocolExposureProblems(
  what: string,
  protocol: PortProtocol,
  exposure: Exposure | undefined,
): Problems {
  const [route] = exposure?._parts.filter((part) => part.route !== undefined || part.name === 'webhook') ?? [];
  return route === undefined || protocol === PortProtocol.TCP
    ? []
    : [
        `${what} is ${route.name}, which leads to ports of TCP, and the port is one of ${protocol}; give a load balancer, or leave it out`,
      ];
}
