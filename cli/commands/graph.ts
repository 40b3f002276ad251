import type { Command } from 'commander';
import {
  type ClusterSettings,
  collect,
  formatOption,
  hostNetworkOption,
  inputOption,
  ipBlocksOption,
  nodesOption,
  otherPoliciesOption,
  podsOption,
} from '../options';
import type { Session } from '../run';

export interface GraphOptions extends ClusterSettings {
  readonly format: string;
  readonly focus?: readonly string[];
  readonly namespace?: readonly string[];
  readonly before?: string;
  readonly routes?: boolean;
}

/** Adds the command that draws who can connect to whom. */
export function addGraph(program: Command, session: Session): void {
  const text = (value: string) => value;
  program
    .command('graph')
    .summary('the picture of who can connect to whom')
    .description('Draws who can open a connection to whom, and what is exposed; or what a change does to it.')
    .argument('<path...>', 'files and folders of manifests; - is standard input')
    .addOption(formatOption(['svg', 'html', 'dot', 'mermaid', 'json']))
    .option('--focus <peer>', 'only this workload and what it is connected with, again for more', collect(text))
    .option('--namespace <name>', 'only this namespace and what it is connected with, again for more', collect(text))
    .option('--routes', 'where requests go: hosts, the share of each Service, and its workloads')
    .option('--before <path>', 'what there was before: draws what was opened and closed since')
    .addOption(hostNetworkOption())
    .addOption(nodesOption())
    .addOption(podsOption())
    .addOption(ipBlocksOption())
    .addOption(otherPoliciesOption())
    .option('--controller <workload>', 'the ingress controller, as NAMESPACE/NAME')
    .addOption(inputOption('tolerant'))
    .action(async (paths: string[], options: GraphOptions) => {
      // The engine is loaded by those who use it: other commands and --help start without it.
      const { graph } = require('./graph-run') as typeof import('./graph-run.js');
      session.end(await graph(paths, options, session));
    });
}
