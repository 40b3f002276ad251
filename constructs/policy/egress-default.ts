import { fields } from '../fields';
import { flag, type Problems } from '../values';
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
    const on = (port: number) => [PolicyPort.udp(port), PolicyPort.tcp(port)];
    const rules = [{ peers: [Peer.pods({ 'k8s-app': 'kube-dns' }, { name: 'kube-system' })], ports: on(53) }];
    if (this.dns.nodeLocalDns) {
      rules.push({ peers: [Peer.cidr('169.254.20.10/32')], ports: on(53) });
    }
    if (this.dns.openShift) {
      const labels = { 'dns.operator.openshift.io/daemonset-dns': 'default' };
      rules.push({ peers: [Peer.pods(labels, { name: 'openshift-dns' })], ports: on(5353) });
    }
    return rules;
  }
}
