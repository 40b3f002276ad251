import {
  type Cluster,
  isExternal,
  NODE,
  type Peer,
  type Port,
  peerText,
  type ServiceLead,
} from '../../analysis/connectivity';
import { nearest } from '../near';
import { peerLabel } from '../peers';

/** What somebody named as one end of connections. */
export interface Named {
  /** As a sentence says it. */
  readonly text: string;
  readonly peers: readonly Peer[];
  /** Where a Service is named: the one that leads to these peers. */
  readonly service?: ServiceLead;
}

const EXTERNAL = 'external';
const NODE_NAME = peerText(NODE);

/** Whether some names speak of nodes. */
export function namesNode(names: readonly string[] = []): boolean {
  return names.includes(NODE_NAME);
}

/** Finds the peers that names stand for, and keeps what is wrong with names until all of them were looked at. */
export class PeerNames {
  /** What is wrong with names, a sentence each. */
  readonly refusals: string[] = [];

  /** @param port what is asked for, which the Services that are named have to have */
  constructor(
    private readonly cluster: Cluster,
    private readonly port?: Port,
  ) {}

  /**
   * The peers that names stand for; `undefined` for none at all.
   *
   * @param option what the names were given to, e.g. `--from`
   */
  find(names: readonly string[] | undefined, option: string): readonly Peer[] | undefined {
    const found = new Map<string, Peer>();
    for (const { peers } of this.named(names, option) ?? []) {
      for (const peer of peers) {
        found.set(peerText(peer), peer);
      }
    }
    return names && [...found.values()];
  }

  /** The same, name by name. */
  named(names: readonly string[] | undefined, option: string): readonly Named[] | undefined {
    return names?.flatMap((name) => {
      const refuse = (what: string): readonly Named[] => {
        this.refusals.push(`${option} ${JSON.stringify(name)}: ${what}`);
        return [];
      };
      return this.one(name, option, refuse);
    });
  }

  private one(name: string, option: string, refuse: (what: string) => readonly Named[]): readonly Named[] {
    const { cluster } = this;
    if ((name === NODE_NAME && cluster.workloads.includes(NODE)) || name === EXTERNAL) {
      const namesakes = cluster.workloads.filter((one) => one.name === name && one !== NODE);
      if (namesakes.length > 0) {
        return refuse(`a workload has this name, which stands for more; give ${namesakes.map(peerText).join(' or ')}`);
      }
      return [
        name === EXTERNAL ? { text: 'addresses outside', peers: cluster.externals } : { text: 'a node', peers: [NODE] },
      ];
    }
    const peers = cluster.find(name);
    if (peers.length === 0) {
      const service = /^service\/(?:([^/]+)\/)?([^/]+)$/i.exec(name);
      return service === null
        ? refuse(`no workload has this name; ${advice(name, cluster)}`)
        : this.service({ namespace: service[1], name: service[2] as string }, option, refuse);
    }
    const [only] = peers as [Peer, ...Peer[]];
    if (peers.length > 1 && !peers.every(isExternal)) {
      return refuse(`${peers.length} workloads have this name; choose one: ${peers.map(peerText).join(', ')}`);
    }
    return [{ text: isExternal(only) ? name : peerLabel(only), peers }];
  }

  private service(
    wanted: { readonly namespace: string | undefined; readonly name: string },
    option: string,
    refuse: (what: string) => readonly Named[],
  ): readonly Named[] {
    const all = this.cluster.services();
    const isMeant = ({ namespace, name }: ServiceLead) =>
      name === wanted.name && (wanted.namespace === undefined || namespace === wanted.namespace);
    const [service, ...others] = all.filter(isMeant);
    if (service === undefined) {
      const near = nearest(nameOf(wanted), all.map(nameOf));
      return refuse(
        `no Service has this name; ${near.length > 0 ? `did you mean ${near.join(' or ')}?` : 'give service/NAMESPACE/NAME'}`,
      );
    }
    if (others.length > 0) {
      return refuse(
        `${others.length + 1} Services have this name; choose one: ${[service, ...others].map(nameOf).join(', ')}`,
      );
    }
    const text = `Service ${service.namespace}/${service.name}`;
    if (service.leads.length === 0) {
      return refuse(`${text} ${service.elsewhere ?? 'selects no pods of these manifests'}`);
    }
    const { port } = this;
    if (
      option === '--to' &&
      port !== undefined &&
      !service.leads.some(({ workload }) => portsAt(service, workload, port).length > 0)
    ) {
      const ports = service.ports.map((one) => `${one.protocol} ${one.port}`).join(', ');
      return refuse(`${text} has no port ${port.protocol} ${port.port}; it has ${ports === '' ? 'none' : ports}`);
    }
    return [{ text, peers: service.leads.map(({ workload }) => workload), service }];
  }
}

/** The ports of a workload's pods that a Service leads to: all of them, or those that its port or this port of pods is. */
export function portsAt(service: ServiceLead, workload: Peer, port?: Port): readonly Port[] {
  const own = service.leads.find((lead) => lead.workload === workload)?.ports ?? [];
  const isSame = (one: Port) => one.protocol === port?.protocol && one.port === port.port;
  const byService = own.filter((one) => port === undefined || isSame(one.port));
  const chosen = byService.length > 0 ? byService : own.filter((one) => isSame(one.target));
  return chosen
    .map(({ target }) => target)
    .filter(
      (target, index, all) =>
        all.findIndex((one) => one.protocol === target.protocol && one.port === target.port) === index,
    );
}

function nameOf({ namespace, name }: { readonly namespace?: string | undefined; readonly name: string }): string {
  return namespace === undefined ? `service/${name}` : `service/${namespace}/${name}`;
}

function advice(name: string, { workloads }: Cluster): string {
  const near = nearest(name, workloads.filter((one) => one !== NODE).map(peerText));
  return near.length > 0
    ? `did you mean ${near.join(' or ')}?`
    : `there ${workloads.length === 1 ? 'is 1 workload' : `are ${workloads.length} workloads`}; give NAME, NAMESPACE/NAME or NAMESPACE/KIND/NAME, service/NAMESPACE/NAME, node, external, an IP address or a CIDR`;
}
