import { type Command, Option } from 'commander';
import type { Port } from '../../analysis/connectivity/ports';
import {
  type ClusterSettings,
  collect,
  formatOption,
  hostNetworkOption,
  inputOption,
  ipBlocksOption,
  namespaceOption,
  nodesOption,
  otherPoliciesOption,
  parsePort,
  podsOption,
} from '../options';
import type { Session } from '../run';

export interface ConnectionsOptions extends ClusterSettings {
  readonly format: string;
  readonly from?: readonly string[];
  readonly to?: readonly string[];
  readonly port?: Port;
  readonly explain?: boolean;
  readonly matrix?: boolean;
  readonly all?: boolean;
  readonly namespace?: string;
}

/** Adds the command that says who can connect to whom. */
export function addConnections(program: Command, session: Session): void {
  const name =
    'NAME, NAMESPACE/NAME or NAMESPACE/KIND/NAME of a workload, service/NAMESPACE/NAME, node, external, an IP address or a CIDR';
  const text = (value: string) => value;
  program
    .command('connections')
    .summary('who can open a connection to whom, on which ports')
    .description('Says who can open a connection to whom, on which ports, as the NetworkPolicies decide.')
    .argument('<path...>', 'files and folders of manifests; - is standard input')
    .addOption(formatOption(['text', 'json', 'csv', 'markdown', 'dot', 'mermaid']))
    .option('--from <peer>', `only from this peer, again for more: ${name}`, collect(text))
    .option('--to <peer>', 'only to this peer, again for more', collect(text))
    .option('--port <port>', 'only where this port is open: 6379, TCP/6379, udp:53', parsePort)
    .option('--explain', 'say why: which policies and rules decide; with --from and --to also for what is closed')
    .option('--all', 'as text, every connection on a line of its own, not in groups')
    .addOption(new Option('--matrix', 'a table of sources and targets').conflicts('explain'))
    .addOption(hostNetworkOption())
    .addOption(nodesOption())
    .addOption(podsOption())
    .addOption(ipBlocksOption())
    .addOption(otherPoliciesOption())
    .option('--controller <workload>', 'the ingress controller, as NAMESPACE/NAME')
    .addOption(namespaceOption())
    .addOption(inputOption('tolerant'))
    .action(async (paths: string[], options: ConnectionsOptions) => {
      // The engine is loaded by those who use it: other commands and --help start without it.
      const { connections } = require('./connections-run') as typeof import('./connections-run.js');
      session.end(await connections(paths, options, session));
    });
}
