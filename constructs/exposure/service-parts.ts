import { AWS_NLB_ANNOTATIONS, AWS_SCHEME_KEYS, AwsLoadBalancerScheme, schemeAnnotations } from '../aws-load-balancer';
import { type Check, fields, listOf, recordOf } from '../fields';
import { nonEmpty } from '../non-empty';
import { Peer } from '../policy/peer';
import { annotations, cidr, integer, oneOf, type Problems, shown } from '../values';
import { clusterIp } from './cluster-ip';
import type { ExposurePart } from './part';
import { TrafficPolicy } from './traffic-policy';

/** Settings of `Exposure.clusterInternal`. */
export interface ClusterInternalProps {
  /**
   * The cluster IP of the Service, from the range that the cluster gives to Services; or "None" for a headless one,
   * whose name leads to the Pods themselves.
   *
   * @default - the cluster picks one
   */
  readonly clusterIp?: string;
}

/** Settings of `Exposure.nodePort`. */
export interface NodePortProps extends ClusterInternalProps {
  /**
   * The port of every node, from 30000 to 32767 unless the cluster is set up otherwise.
   *
   * @default - the cluster picks one
   */
  readonly nodePort?: number;

  /**
   * Which Pods of the Service a node hands connections from outside to.
   *
   * @default TrafficPolicy.CLUSTER
   */
  readonly externalTrafficPolicy?: TrafficPolicy;
}

/** Settings of `Exposure.loadBalancer`. */
export interface LoadBalancerProps extends NodePortProps {
  /**
   * Blocks of addresses that may connect, such as "203.0.113.0/24".
   *
   * @default - every address
   */
  readonly sourceRanges?: string[];

  /**
   * Annotations of the Service, by which clouds are told what kind of load balancer is wanted.
   *
   * @default - none
   */
  readonly annotations?: { readonly [key: string]: string };
}

/** Settings of `Exposure.awsNetworkLoadBalancer`. */
export interface AwsNetworkLoadBalancerProps extends LoadBalancerProps {
  /**
   * Where the load balancer can be reached from.
   *
   * @default - what the controller in the cluster does by itself: the one built into the cloud provider makes it
   * internet-facing, the AWS Load Balancer Controller makes it internal
   */
  readonly scheme?: AwsLoadBalancerScheme;
}

const CLUSTER_INTERNAL: Readonly<Record<string, Check>> = { clusterIp };

const NODE_PORT = {
  clusterIp: routableIp,
  nodePort: (what: string, value: unknown) => integer(what, value, 1, 65535),
  externalTrafficPolicy: (what: string, value: unknown) => oneOf(what, value, Object.values(TrafficPolicy)),
};

const LOAD_BALANCER = {
  ...NODE_PORT,
  sourceRanges: listOf(cidr, '["203.0.113.0/24"]'),
  annotations: recordOf(annotations),
};

const AWS = {
  ...LOAD_BALANCER,
  scheme: (what: string, value: unknown) => oneOf(what, value, Object.values(AwsLoadBalancerScheme)),
};

/** A Service for the cluster alone. */
export function clusterInternalPart(props: ClusterInternalProps): ExposurePart {
  return {
    name: 'clusterInternal',
    problems: (what) => fields(CLUSTER_INTERNAL)(what, props),
    get service() {
      return { spec: { clusterIp: props.clusterIp } };
    },
    get isDefault() {
      return props.clusterIp === undefined;
    },
    callers: [],
  };
}

/** A port on every node. */
export function nodePortPart(props: NodePortProps): ExposurePart {
  return {
    name: 'nodePort',
    problems: (what) => fields(NODE_PORT)(what, props),
    get service() {
      return { nodePort: props.nodePort, spec: { type: 'NodePort', ...commonSpec(props) } };
    },
    callers: ANYBODY,
  };
}

/** A load balancer of whichever cloud the cluster is in. */
export function loadBalancerPart(props: LoadBalancerProps): ExposurePart {
  return balancer('loadBalancer', props, LOAD_BALANCER, {});
}

/** A Network Load Balancer of AWS. */
export function awsNetworkLoadBalancerPart(props: AwsNetworkLoadBalancerProps): ExposurePart {
  const scheme = Object(props).scheme;
  const own = { ...AWS_NLB_ANNOTATIONS, ...(scheme === undefined ? {} : schemeAnnotations(scheme)) };
  return balancer('awsNetworkLoadBalancer', props, AWS, own, AWS_SCHEME_KEYS);
}

function balancer(
  name: string,
  props: LoadBalancerProps,
  checks: Readonly<Record<string, Check>>,
  own: Readonly<Record<string, string>>,
  taken: readonly string[] = [],
): ExposurePart {
  const kept = new Set([...Object.keys(own), ...taken]);
  return {
    name,
    problems: (what) => {
      const problems = fields(checks)(what, props);
      return problems.length > 0 ? problems : clashes(`${what}.annotations`, props.annotations ?? {}, kept);
    },
    get service() {
      return {
        annotations: nonEmpty({ ...props.annotations, ...own }),
        nodePort: props.nodePort,
        spec: {
          type: 'LoadBalancer',
          ...commonSpec(props),
          loadBalancerSourceRanges: props.sourceRanges && [...props.sourceRanges],
        },
      };
    },
    // A node that hands a connection on puts its own address in the place of the caller's, unless it may only hand it to
    // Pods of its own: only then does a policy see who calls. The load balancer keeps the others out either way.
    get callers() {
      return props.sourceRanges && props.externalTrafficPolicy === TrafficPolicy.LOCAL
        ? [Peer._blocks('source-ranges', props.sourceRanges)]
        : ANYBODY;
    },
  };
}

function clashes(what: string, added: Readonly<Record<string, string>>, kept: ReadonlySet<string>): Problems {
  return Object.entries(added)
    .filter(([key]) => kept.has(key))
    .map(([key, value]) => `${what}: "${key}" is ${shown(value)}; the exposure sets it, leave it out`);
}

const ANYBODY = [Peer.anywhere()];

function commonSpec({ clusterIp: address, externalTrafficPolicy }: NodePortProps) {
  return { clusterIp: address, externalTrafficPolicy };
}

function routableIp(what: string, value: unknown): Problems {
  return value === 'None'
    ? [`${what} is "None"; only Exposure.clusterInternal can be without an address of its own`]
    : clusterIp(what, value);
}
