import { Construct } from 'constructs';
import {
  GlobalNetworkPolicySpecEgressAction as Action,
  GlobalNetworkPolicy,
  type GlobalNetworkPolicySpecEgress,
  GlobalNetworkPolicySpecEgressDestinationPorts as Port,
  GlobalNetworkPolicySpecEgressProtocol as Protocol,
  GlobalNetworkPolicySpecTypes as Types,
} from '../../imports/projectcalico.org';
import { clusterScoped } from '../cluster-scoped';
import { fields, listOf } from '../fields';
import type { INamespace } from '../namespace';
import { closeAllBut } from '../policy/closed-namespaces';
import { type DnsPlace, EgressDefault, egressProblems } from '../policy/egress-default';
import { watchWebhooks } from '../policy/webhooks';
import { refuse } from '../refusal';
import { cidr, namespace, objectName, type Problems } from '../values';

/** Settings of a `CalicoDefaultDeny`. */
export interface CalicoDefaultDenyProps {
  /**
   * What the Pods may connect to before any policy allows it.
   *
   * @default EgressDefault.DENY_EXCEPT_DNS
   */
  readonly egress?: EgressDefault;

  /**
   * The namespaces that stay as they are, such as those that the cluster itself runs in: a closed one of these may take the
   * cluster down.
   *
   * @default - "kube-system", "calico-system" and "calico-apiserver"
   */
  readonly exceptNamespaces?: INamespace[];

  /**
   * The addresses of the API server, such as ["10.0.0.0/28"]. It calls the Services that webhooks of this app lead to, which open
   * themselves to it.
   *
   * @default - every address, since the API server runs on no Pod that a policy could name
   */
  readonly apiServer?: string[];

  /**
   * The name of the GlobalNetworkPolicy.
   *
   * @default - the id of the construct
   */
  readonly name?: string;
}

/** Namespaces that Calico's documentation leaves out. */
const OF_THE_CLUSTER: readonly string[] = ['kube-system', 'calico-system', 'calico-apiserver'];

/**
 * Closes all namespaces of the cluster but those that the cluster itself runs in, until something allows connections: a
 * GlobalNetworkPolicy of Calico, as its documentation recommends. Connections out are closed as well, with DNS kept open.
 *
 * NetworkPolicies of namespaces allow what they allow as before, and `ExposedService`s of this app open themselves as they do in a
 * `DefaultDenyNamespace`. The cluster has to have Calico's own API, which the `APIServer` of `Calico` installs.
 *
 * @throws Error when a setting is wrong; nothing is made then.
 * @see https://docs.tigera.io/calico/3.27/network-policy/get-started/kubernetes-default-deny
 *
 * @example
 *
 *   new CalicoDefaultDeny(chart, 'deny-app-policy');
 */
export class CalicoDefaultDeny extends Construct {
  /** The name of the GlobalNetworkPolicy. */
  public readonly name: string;

  constructor(scope: Construct, id: string, props: CalicoDefaultDenyProps = {}) {
    refuse(scope, id, problemsOf(id, props));
    super(scope, id);
    const { egress = EgressDefault.DENY_EXCEPT_DNS, exceptNamespaces, apiServer, name = id } = props;
    const except = [...new Set(exceptNamespaces?.map((one) => one.name) ?? OF_THE_CLUSTER)];
    this.name = name;
    clusterScoped(
      new GlobalNetworkPolicy(this, 'policy', {
        metadata: { name },
        spec: {
          tier: 'default',
          // Nodes have no namespace: that a namespace is there leaves them out.
          namespaceSelector: `has(${NAME}) && ${NAME} not in { ${except.map(quoted).join(', ')} }`,
          types: egress.denies ? [Types.INGRESS, Types.EGRESS] : [Types.INGRESS],
          egress: egress.denies ? egress._dnsPlaces().flatMap(dnsRules) : undefined,
        },
      }),
    );
    closeAllBut({ egress: egress.denies, scope: this, apiServer }, new Set(except));
    watchWebhooks(this);
  }
}

/** A label that Calico gives every namespace. */
const NAME = 'projectcalico.org/name';

function dnsRules({ labels, namespace: home, block, port }: DnsPlace): GlobalNetworkPolicySpecEgress[] {
  const selector = Object.entries(labels ?? {}).map(([key, value]) => `${key} == ${quoted(value)}`);
  const destination = {
    namespaceSelector: home === undefined ? undefined : `${NAME} == ${quoted(home)}`,
    selector: selector.length > 0 ? selector.join(' && ') : undefined,
    nets: block === undefined ? undefined : [block],
    ports: [Port.fromNumber(port)],
  };
  return ['UDP', 'TCP'].map((protocol) => ({
    action: Action.ALLOW,
    protocol: Protocol.fromString(protocol),
    destination,
  }));
}

function quoted(text: string): string {
  return `'${text}'`;
}

const PROPS = fields({
  egress: egressProblems,
  exceptNamespaces: listOf(namespace, "[{ name: 'kube-system' }]"),
  apiServer: listOf(cidr, '["10.0.0.0/28"]'),
  name: objectName,
});

function problemsOf(id: string, props: CalicoDefaultDenyProps): Problems {
  const problems = PROPS('', props);
  return problems.length > 0 || props.name !== undefined ? problems : objectName('the name, taken from the id,', id);
}
