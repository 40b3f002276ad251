import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { clusterScoped } from '../cluster-scoped';
import { fields, fieldsWith, listOf } from '../fields';
import type { INamespace } from '../namespace';
import { nonEmpty } from '../non-empty';
import { refuse, refuseOn } from '../refusal';
import { cidr, dnsLabel, flag, objectName, type Problems, port as portProblems, shown } from '../values';
import { closuresOf } from './closed-namespaces';
import { type Connection, letIn, letInIfClosed, letOut, letOutIfClosed } from './connect';
import { EgressDefault, egressProblems } from './egress-default';
import { addPolicy } from './network-policy';
import { type IPeer, Peer } from './peer';
import { PolicyPort } from './policy-port';
import { labelProblems, peerProblems, portsProblems, selectorProblems } from './problems';
import { watchWebhooks } from './webhooks';

/** Settings of a `DefaultDenyNamespace`. */
export interface DefaultDenyNamespaceProps {
  /** The name of the namespace: a DNS label of at most 63 characters. */
  readonly name: string;

  /**
   * Labels of the namespace.
   *
   * @default - none but `kubernetes.io/metadata.name`, which Kubernetes adds to every namespace
   */
  readonly labels?: { readonly [key: string]: string };

  /**
   * What the Pods may connect to before any policy allows it.
   *
   * @default EgressDefault.ALLOW
   */
  readonly egress?: EgressDefault;

  /**
   * Whether the namespace is there already, so that only the policies are made.
   *
   * @default false
   */
  readonly existing?: boolean;

  /**
   * The addresses of the API server, such as ["10.0.0.0/28"]: what `kubectl get endpointslices kubernetes` lists, or of the nodes
   * that it runs on. It calls the Services that webhooks of this app lead to, which open themselves to it.
   *
   * @default - every address, since the API server runs on no Pod that a policy could name
   */
  readonly apiServer?: string[];
}

/** What an allow of a `DefaultDenyNamespace` is about. */
export interface AllowOptions {
  /**
   * Labels of the Pods of this namespace that are meant.
   *
   * @default - every Pod of the namespace
   */
  readonly pods?: { readonly [key: string]: string };

  /**
   * The ports, which are those of the Pods that are connected to.
   *
   * @default - every port
   */
  readonly ports?: PolicyPort[];

  /**
   * The name of the NetworkPolicy. Where the other end is closed too, the one there has "-egress" or "-ingress" after it.
   *
   * @default - made from the two ends, such as "allow-from-shop-frontend"
   */
  readonly name?: string;
}

/** What metrics of a `DefaultDenyNamespace` are collected from. */
export interface MetricsOptions {
  /**
   * Labels of the Pods of this namespace that are meant.
   *
   * @default - every Pod of the namespace
   */
  readonly pods?: { readonly [key: string]: string };

  /**
   * The name of the NetworkPolicy. Where the other end is closed too, the one there has "-egress" after it.
   *
   * @default - made from the two ends, such as "allow-metrics-from-monitoring-prometheus"
   */
  readonly name?: string;
}

/**
 * A namespace that nobody can connect into until something allows it; connections out of it can be closed too.
 *
 * It adds the Namespace, the NetworkPolicy `default-deny`, and, when connections out are closed, `allow-dns`. Every
 * `ExposedService` of the namespace opens itself to just what its exposure needs, whether it is made before or after. So does
 * every Service of the namespace that a webhook configuration of the app leads to, to the API server.
 *
 * @throws Error when a setting is wrong; nothing is made then.
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies
 *
 * @example
 *
 *   const shop = new DefaultDenyNamespace(chart, 'shop', { name: 'shop', egress: EgressDefault.DENY_EXCEPT_DNS });
 */
export class DefaultDenyNamespace extends Construct implements INamespace, IPeer {
  /** The name of the namespace. */
  public readonly name: string;

  /** Every Pod of the namespace. */
  public readonly peer: Peer;

  constructor(scope: Construct, id: string, props: DefaultDenyNamespaceProps) {
    refuse(scope, id, PROPS('', props));
    super(scope, id);
    const { name, egress = EgressDefault.ALLOW } = props;
    this.name = name;
    this.peer = Peer.namespace(this);
    if (!props.existing) {
      clusterScoped(new k8s.KubeNamespace(this, 'namespace', { metadata: { name, labels: nonEmpty(props.labels) } }));
    }
    addPolicy(this, { name: 'default-deny', namespace: name, ingress: [], egress: egress.denies ? [] : undefined });
    if (egress.denies) {
      addPolicy(this, { name: 'allow-dns', namespace: name, egress: egress._dnsRules() });
    }
    closuresOf(this, name).add({ egress: egress.denies, scope: this, apiServer: props.apiServer });
    watchWebhooks(this);
  }

  /**
   * Lets a workload in, of this namespace or of another. A namespace of this app that is closed for connections out
   * lets it out as well.
   *
   * @throws Error when the peer or an option is wrong.
   */
  public allowFromWorkload(workload: IPeer, options: AllowOptions = {}): void {
    this.allow('allowFromWorkload', 'in', workload, options);
  }

  /**
   * Lets every Pod of a namespace in; of this one too, whose Pods can't reach each other otherwise.
   *
   * @throws Error when the namespace or an option is wrong.
   */
  public allowFromNamespace(namespace: INamespace, options: AllowOptions = {}): void {
    this.allow('allowFromNamespace', 'in', Peer.namespace(namespace), options);
  }

  /**
   * Lets the ingress-nginx controller in, to Pods that an Ingress made by hand leads to. An `ExposedService` does this
   * by itself.
   *
   * @param options what is opened
   * @param controller where the controller runs; left out, in the namespace "ingress-nginx"
   * @throws Error when the namespace or an option is wrong.
   */
  public allowFromIngressController(options: AllowOptions = {}, controller?: INamespace): void {
    this.allow('allowFromIngressController', 'in', Peer.ingressController(controller), options);
  }

  /**
   * Lets addresses outside of the cluster in.
   *
   * @throws Error when the block or an option is wrong.
   */
  public allowFromCidr(block: string, options: AllowOptions = {}): void {
    this.allow('allowFromCidr', 'in', Peer.cidr(block), options);
  }

  /**
   * Lets Pods of this namespace out to a workload. If a namespace of this app that is closed holds it, that lets them in.
   *
   * @throws Error when the peer or an option is wrong, and when connections out of the namespace are not closed.
   */
  public allowToWorkload(workload: IPeer, options: AllowOptions = {}): void {
    this.allow('allowToWorkload', 'out', workload, options);
  }

  /**
   * Lets Pods of this namespace out to every Pod of a namespace.
   *
   * @throws Error when the namespace or an option is wrong, and when connections out of the namespace are not closed.
   */
  public allowToNamespace(namespace: INamespace, options: AllowOptions = {}): void {
    this.allow('allowToNamespace', 'out', Peer.namespace(namespace), options);
  }

  /**
   * Lets Pods of this namespace out to addresses outside of the cluster. The address of a Service is none of them.
   *
   * @throws Error when the block or an option is wrong, and when connections out of the namespace are not closed.
   */
  public allowToCidr(block: string, options: AllowOptions = {}): void {
    this.allow('allowToCidr', 'out', Peer.cidr(block), options);
  }

  /**
   * Lets Pods of this namespace reach each other, such as the replicas of a StatefulSet; both ways where connections out are
   * closed too.
   *
   * @throws Error when an option is wrong.
   */
  public allowAmongItself(options: AllowOptions = {}): void {
    refuseOn(this, said('allowAmongItself', OPTIONS('options', options)));
    const here = options.pods === undefined ? this.peer : Peer.pods(options.pods, this);
    this.allow('allowAmongItself', 'in', here, options);
  }

  /**
   * Lets what collects metrics in, to one port of the Pods.
   *
   * @param monitoring what collects them: a workload, or all of a namespace by `Peer.namespace`
   * @param port the port of TCP that the Pods answer on
   * @param options what is opened, but for the ports
   * @throws Error when the peer, the port or an option is wrong.
   */
  public allowMetricsFrom(monitoring: IPeer, port: number, options: MetricsOptions = {}): void {
    refuseOn(this, said('allowMetricsFrom', [...portProblems('port', port), ...METRICS('options', options)]));
    this.allow('allowMetricsFrom', 'in', monitoring, { ...options, ports: [PolicyPort.tcp(port)] }, 'metrics');
  }

  /**
   * Lets Pods of this namespace out to the API server, which operators and many agents need.
   *
   * @param blocks the addresses of the API server: what `kubectl get endpointslices kubernetes` lists
   * @param options what is opened; left out, the ports are 443 and 6443 of TCP
   * @throws Error when a block or an option is wrong, and when connections out of the namespace are not closed.
   */
  public allowToApiServer(blocks: string[], options: AllowOptions = {}): void {
    refuseOn(this, said('allowToApiServer', OPTIONS('options', options)));
    const { ports = [PolicyPort.tcp(443), PolicyPort.tcp(6443)] } = options;
    this.allow('allowToApiServer', 'out', Peer.apiServer(blocks), { ...options, ports });
  }

  /**
   * Lets Pods of other closed namespaces and of this one reach each other, each of them all others, at both ends.
   *
   * @param others the other namespaces, at least one
   * @param ports the ports of the Pods; left out, every port
   * @throws Error when a namespace or a port is wrong.
   */
  public allowAmong(others: DefaultDenyNamespace[], ports?: PolicyPort[]): void {
    const problems = [
      ...othersProblems('others', others),
      ...(ports === undefined ? [] : portsProblems('ports', ports)),
    ];
    refuseOn(this, said('allowAmong', problems));
    const all = [...new Set([this, ...others])];
    for (const to of all) {
      for (const from of all.filter((other) => other !== to)) {
        to.allowFromWorkload(from, { ports });
      }
    }
  }

  /** A policy about connections out closes all others, DNS among them, for Pods that could connect to everything. */
  private openProblems(): Problems {
    return closuresOf(this, this.name).soFar.some(({ egress }) => egress)
      ? []
      : [
          'connections out of the namespace are open, and this would close all others; close it by egress: EgressDefault.DENY_EXCEPT_DNS, or leave this out',
        ];
  }

  private allow(method: string, way: 'in' | 'out', other: IPeer, options: AllowOptions, purpose?: string): void {
    const problems = [...peerProblems('the peer', other), ...OPTIONS('options', options)];
    refuseOn(this, said(method, problems.length > 0 || way === 'in' ? problems : this.openProblems()));
    const here = options.pods === undefined ? this.peer : Peer.pods(options.pods, this);
    const [from, to] = way === 'in' ? [other.peer, here] : [here, other.peer];
    const { ports, name } = options;
    const connection: Connection = { from, to, ports, namespace: this.name, name, purpose };
    if (way === 'in') {
      letIn(this, connection);
      letOutIfClosed(this, connection);
    } else {
      letOut(this, connection);
      letInIfClosed(this, connection);
    }
  }
}

function said(method: string, problems: Problems): Problems {
  return problems.map((problem) => `${method}: ${problem}`);
}

const othersProblems = listOf(
  (what, value) =>
    value instanceof DefaultDenyNamespace ? [] : [`${what} is ${shown(value)}; give a DefaultDenyNamespace`],
  '[infra]',
);

const PROPS = fieldsWith(['name'], {
  name: dnsLabel,
  labels: labelProblems,
  egress: egressProblems,
  existing: flag,
  apiServer: listOf(cidr, '["10.0.0.0/28"]'),
});

const METRICS = fields({ pods: selectorProblems, name: objectName });
const OPTIONS = fields({ pods: selectorProblems, ports: portsProblems, name: objectName });
