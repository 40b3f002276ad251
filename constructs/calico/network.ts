/**
 * How packets between nodes are wrapped.
 *
 * @see https://docs.tigera.io/calico/3.27/reference/installation/api
 */
export enum CalicoEncapsulation {
  /** In IP, always. Needs BGP; for IPv4 only. */
  IPIP = 'IPIP',
  /** In IP where the nodes are in different subnets. Needs BGP; for IPv4 only. */
  IPIP_CROSS_SUBNET = 'IPIPCrossSubnet',
  /** In VXLAN, always. */
  VXLAN = 'VXLAN',
  /** In VXLAN where the nodes are in different subnets. */
  VXLAN_CROSS_SUBNET = 'VXLANCrossSubnet',
  /** Not at all: the network between the nodes has to know the addresses of Pods, e.g. by BGP. */
  NONE = 'None',
}

/**
 * What moves the packets on Linux nodes.
 *
 * @see https://docs.tigera.io/calico/3.27/reference/installation/api
 */
export enum CalicoDataplane {
  /** Netfilter and iptables. */
  IPTABLES = 'Iptables',
  /** eBPF programs, which take the place of kube-proxy as well. */
  BPF = 'BPF',
  /** Vector Packet Processing in user space. */
  VPP = 'VPP',
}

/**
 * A range that Pods get their addresses from.
 *
 * @see https://docs.tigera.io/calico/3.27/reference/resources/ippool
 */
export interface CalicoIpPool {
  /** The range, IPv4 or IPv6, e.g. `192.168.0.0/16`; it begins at its first address. */
  readonly cidr: string;

  /**
   * The prefix length of the part of the range that one node takes at a time: 20 to 32 for IPv4, 116 to 128 for IPv6,
   * and not shorter than that of the range.
   *
   * @default 26 for IPv4, 122 for IPv6
   */
  readonly blockSize?: number;

  /**
   * Whether the range is kept from BGP peers.
   *
   * @default false
   */
  readonly disableBgpExport?: boolean;

  /**
   * How packets between nodes are wrapped.
   *
   * @default - IPIP for IPv4 with Calico's own network plugin, else none
   */
  readonly encapsulation?: CalicoEncapsulation;

  /**
   * Whether traffic that leaves the pools gets the address of its node.
   *
   * @default - yes for IPv4, no for IPv6
   */
  readonly natOutgoing?: boolean;

  /**
   * The nodes that use the pool, in Calico's own selector language.
   *
   * @default "all()"
   * @see https://docs.tigera.io/calico/3.27/reference/resources/ippool#node-selector
   */
  readonly nodeSelector?: string;
}

/**
 * How a node's own address is found.
 *
 * @see https://docs.tigera.io/calico/3.27/networking/ipam/ip-autodetection
 */
export class CalicoNodeAddress {
  /** The first address of the first interface that looks like one to the outside. */
  public static firstFound(): CalicoNodeAddress {
    return new CalicoNodeAddress('firstFound');
  }

  /** The address that the node would use to reach a host, given by name or address. */
  public static canReach(host: string): CalicoNodeAddress {
    return new CalicoNodeAddress('canReach', [host]);
  }

  /** An address of the interface whose name matches this regular expression. */
  public static onInterface(pattern: string): CalicoNodeAddress {
    return new CalicoNodeAddress('interface', [pattern]);
  }

  /** An address of the first interface whose name does not match this regular expression. */
  public static notOnInterface(pattern: string): CalicoNodeAddress {
    return new CalicoNodeAddress('skipInterface', [pattern]);
  }

  /** An address within one of these ranges. */
  public static inCidrs(...cidrs: string[]): CalicoNodeAddress {
    return new CalicoNodeAddress('cidrs', cidrs);
  }

  /** The internal address that the Node object names. */
  public static ofNode(): CalicoNodeAddress {
    return new CalicoNodeAddress('kubernetes', ['NodeInternalIP']);
  }

  private constructor(
    /** The field of the Installation that says it. */
    public readonly method: string,
    /** The host, pattern or ranges that were given. */
    public readonly values: string[] = [],
  ) {}
}

/**
 * The network that Calico makes.
 *
 * @see https://docs.tigera.io/calico/3.27/reference/installation/api#calico-network-spec
 */
export interface CalicoNetwork {
  /**
   * Whether nodes tell each other their routes by BGP.
   *
   * @default - yes with Calico's own network plugin, except on EKS
   */
  readonly bgp?: boolean;

  /**
   * Where Pods get their addresses from: one pool of IPv4 and one of IPv6 at most.
   *
   * @default - with Calico's own plugin for addresses 192.168.0.0/16, on EKS 172.16.0.0/16; else none
   */
  readonly ipPools?: CalicoIpPool[];

  /**
   * The largest packet on the interface of a Pod, in bytes: 576 to 65535.
   *
   * @default - found out from the network
   */
  readonly mtu?: number;

  /**
   * What moves the packets on Linux nodes.
   *
   * @default CalicoDataplane.IPTABLES
   */
  readonly linuxDataplane?: CalicoDataplane;

  /**
   * Whether the field `hostPort` of a container works. For Calico's own network plugin only.
   *
   * @default - yes, but not with eBPF
   */
  readonly hostPorts?: boolean;

  /**
   * Whether a Pod may forward packets that are not its own. For Calico's own network plugin only.
   *
   * @default false
   */
  readonly containerIpForwarding?: boolean;

  /**
   * How a node's IPv4 address is found.
   *
   * @default - the first that is found; on EKS the one that reaches 8.8.8.8
   */
  readonly nodeAddressAutodetectionV4?: CalicoNodeAddress;

  /**
   * How a node's IPv6 address is found.
   *
   * @default - not, or the first that is found where there is a pool of IPv6
   */
  readonly nodeAddressAutodetectionV6?: CalicoNodeAddress;
}
