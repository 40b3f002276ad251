import { fields } from '../fields';
import { flag, type Problems, shown } from '../values';
import type { Rule } from './network-policy';
import { Peer } from './peer';
import { PolicyPort } from './policy-port';

/** Where Pods find DNS, besides the Pods of the cluster's DNS in `kube-system`. */
export interface ClusterDnsOptions {
  /**
   * Whether the cluster runs NodeLocal DNSCache, which answers on every node at 169.254.20.10.
   *
   * @default false
   * @see https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/
   */
  readonly nodeLocalDns?: boolean;

  /**
   * Whether the cluster is OpenShift, whose DNS Pods are in `openshift-dns` and listen on port 5353.
   *
   * @default false
   */
  readonly openShift?: boolean;
}

/** Where DNS answers: Pods, or a block of addresses. */
export interface DnsPlace {
  readonly labels?: { readonly [key: string]: string };
  readonly namespace?: string;
  readonly block?: string;
  readonly port: number;
}

/**
 * What the Pods of a namespace may connect to before any policy allows it.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies
 */
export class EgressDefault {
  /** Everything: only connections into the namespace are closed. */
  public static readonly ALLOW = new EgressDefault(false, {});

  /** Nothing but the cluster's DNS, which nearly every connection begins with: UDP and TCP 53 to its Pods. */
  public static readonly DENY_EXCEPT_DNS = new EgressDefault(true, {});

  /** Nothing but DNS, in a cluster whose DNS is also, or only, found elsewhere. */
  public static denyExceptDns(dns: ClusterDnsOptions): EgressDefault {
    return new EgressDefault(true, dns);
  }

  private constructor(
    /** Whether connections out of the namespace are closed. */
    public readonly denies: boolean,
    private readonly dns: ClusterDnsOptions,
  ) {}

  /** @internal */
  public _problems(what: string): Problems {
    return fields({ nodeLocalDns: flag, openShift: flag })(`${what} to DNS`, this.dns);
  }

  /**
   * The rules that keep DNS reachable.
   *
   * @internal
   */
  public _dnsRules(): Rule[] {
    return this._dnsPlaces().map(({ labels, namespace, block, port }) => ({
      peers: [
        block === undefined
          ? Peer.pods(labels ?? {}, namespace === undefined ? undefined : { name: namespace })
          : Peer.cidr(block),
      ],
      ports: [PolicyPort.udp(port), PolicyPort.tcp(port)],
    }));
  }

  /**
   * Where DNS answers, by UDP and TCP.
   *
   * @internal
   */
  public _dnsPlaces(): readonly DnsPlace[] {
    const openShift = { 'dns.operator.openshift.io/daemonset-dns': 'default' };
    return [
      { labels: { 'k8s-app': 'kube-dns' }, namespace: 'kube-system', port: 53 },
      ...(this.dns.nodeLocalDns ? [{ block: '169.254.20.10/32', port: 53 }] : []),
      ...(this.dns.openShift ? [{ labels: openShift, namespace: 'openshift-dns', port: 5353 }] : []),
    ];
  }
}

/** What is wrong with what Pods may connect to. */
export function egressProblems(what: string, value: unknown): Problems {
  return value instanceof EgressDefault
    ? value._problems(what)
    : [`${what} is ${shown(value)}; give EgressDefault.ALLOW or EgressDefault.DENY_EXCEPT_DNS`];
}
