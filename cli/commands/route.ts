import { type Command, Option } from 'commander';
import type { DeliveryStep } from '../../analysis/delivery';
import type { InputDegree } from '../../analysis/manifest';
import {
  assumeGatewayOption,
  collect,
  controllerOptions,
  formatOption,
  type Header,
  inputOption,
  namespaceOption,
  parseHeader,
  parseStep,
} from '../options';
import type { Session } from '../run';

export interface RouteOptions {
  readonly namespace?: string;
  readonly input: InputDegree;
  readonly format: string;
  readonly url?: string;
  readonly header?: readonly Header[];
  readonly method?: string;
  readonly grpc?: string;
  readonly requests?: string;
  readonly class?: string;
  readonly gateway?: string;
  readonly assumeGateway?: boolean;
  readonly controllerVersion?: string;
  readonly configMap?: string;
  readonly assumeServices?: boolean;
  readonly assumeSecrets?: boolean;
  readonly step?: DeliveryStep;
}

/** Adds the command that says where a request goes. */
export function addRoute(program: Command, session: Session): void {
  const [version, configMap] = controllerOptions() as [Option, Option];
  program
    .command('route')
    .summary('where a request goes, and with what probability')
    .description(
      'Says where a request goes, and with what probability, as ingress-nginx or a Gateway decides it.\nWithout a request: a table of all routes.',
    )
    .argument('<path...>', 'files and folders of manifests; - is standard input')
    .addOption(formatOption(['text', 'json', 'csv', 'markdown']))
    .option('--url <url>', 'the request, e.g. http://shop.example.com/cart')
    .option('-H, --header <header>', 'a header of the request, "Name: value"; again for more', collect(parseHeader))
    .option('--method <method>', 'the method of the request (default: GET)')
    .addOption(
      new Option(
        '--grpc <service/method>',
        'the method of gRPC to ask about at the host of --url, e.g. helloworld.Greeter/SayHello',
      ).conflicts(['method', 'requests']),
    )
    .addOption(
      new Option(
        '--requests <file>',
        'many requests: a JSON array of { "url", "method"?, "headers"? }; - is standard input',
      ).conflicts(['url', 'header', 'method']),
    )
    .option('--class <name>', 'the ingress class, where the manifests have several')
    .addOption(
      new Option('--gateway <name>', 'the Gateway, NAMESPACE/NAME, where the manifests have several').conflicts(
        'class',
      ),
    )
    .addOption(assumeGatewayOption())
    .addOption(version)
    .addOption(configMap)
    .option('--assume-services', 'take Services that are not among the manifests as there, as migrate does')
    .option(
      '--assume-secrets',
      'take Secrets and ConfigMaps that annotations name and that are not among the manifests as there, as migrate does',
    )
    .option(
      '--step <step>',
      'the step of a Rollout or Canary to ask at, from 1; 0 between two releases; NAMESPACE/NAME=STEP where the manifests have several',
      parseStep,
    )
    .addOption(namespaceOption())
    .addOption(inputOption('tolerant'))
    .action(async (paths: string[], options: RouteOptions) => {
      const { route } = require('./route-run') as typeof import('./route-run.js');
      session.end(await route(paths, options, session));
    });
}
