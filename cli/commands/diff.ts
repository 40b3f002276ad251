import { type Command, InvalidArgumentError, Option } from 'commander';
import { type AcceptedName, NAMED_DIFFERENCES } from '../../analysis/diff/names';
import type { InputDegree } from '../../analysis/manifest';
import {
  assumeGatewayOption,
  collect,
  controllerOptions,
  formatOption,
  inputOption,
  namespaceOption,
} from '../options';
import type { Session } from '../run';

export interface DiffOptions {
  readonly namespace?: string;
  readonly input: InputDegree;
  readonly format: string;
  readonly routes?: boolean;
  readonly connections?: boolean;
  readonly exitCode?: boolean;
  readonly accept?: readonly AcceptedName[];
  readonly class?: string;
  readonly gateway?: string;
  readonly assumeGateway?: boolean;
  readonly controllerVersion?: string;
  readonly configMap?: string;
  readonly beforeClass?: string;
  readonly beforeGateway?: string;
  readonly afterClass?: string;
  readonly afterGateway?: string;
}

/** Adds the command that says what a change does. */
export function addDiff(program: Command, session: Session): void {
  const [version, configMap] = controllerOptions() as [Option, Option];
  program
    .command('diff')
    .summary('what a change does to connections and routes')
    .description(
      'Says what a change of manifests does: who may connect to whom now and could not before, and which requests go elsewhere, for all of them at once.',
    )
    .argument('<before>', 'a file or folder of manifests, or REVISION:PATH of a git repository; - is standard input')
    .argument('<after>', 'the same, changed')
    .option('--routes', 'compare where requests go, and nothing else')
    .addOption(new Option('--connections', 'compare who may connect to whom, and nothing else').conflicts('routes'))
    .addOption(formatOption(['text', 'json', 'markdown', 'github']))
    .option('--exit-code', 'end with status 1 where something differs or cannot be decided')
    .addOption(acceptOption())
    .option('--class <name>', 'the ingress class, on each side that has Ingresses and is not read as a Gateway')
    .option('--gateway <name>', 'the Gateway, NAMESPACE/NAME, on each side that has Gateways')
    .option('--before-class <name>', 'the ingress class of the manifests before')
    .addOption(new Option('--before-gateway <name>', 'the Gateway of the manifests before').conflicts('beforeClass'))
    .option('--after-class <name>', 'the ingress class of the manifests after')
    .addOption(new Option('--after-gateway <name>', 'the Gateway of the manifests after').conflicts('afterClass'))
    .addOption(assumeGatewayOption())
    .addOption(version)
    .addOption(configMap)
    .addOption(namespaceOption())
    .addOption(inputOption('strict'))
    .action(async (before: string, after: string, options: DiffOptions) => {
      const { diff } = require('./diff-run') as typeof import('./diff-run.js');
      session.end(await diff(before, after, options, session));
    });
}

/** The option that names differences which do not count. */
export function acceptOption(): Option {
  return new Option(
    '--accept <difference>',
    `a difference that does not count, again for more: ${NAMED_DIFFERENCES.join(', ')}; or under some hosts alone, e.g. wildcard-beside-exact=*.example.com`,
  ).argParser(collect(parseAccepted));
}

function parseAccepted(text: string): AcceptedName {
  const { acceptedPart } =
    require('../../analysis/diff/acceptance') as typeof import('../../analysis/diff/acceptance.js');
  const part = acceptedPart(text);
  if ('advice' in part) {
    throw new InvalidArgumentError(`${part.advice.charAt(0).toUpperCase()}${part.advice.slice(1)}.`);
  }
  return text as AcceptedName;
}
