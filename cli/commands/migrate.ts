import { type Command, InvalidArgumentError, Option } from 'commander';
import type { AcceptedName } from '../../analysis/diff/names';
import type { InputDegree } from '../../analysis/manifest';
import type { ObjectName } from '../../analysis/migrate/gateway';
import { TARGET_NAMES, type TargetName } from '../../analysis/migrate/targets/names';
import { controllerOptions, inputOption, namespaceOption } from '../options';
import type { Session } from '../run';
import { acceptOption } from './diff';

export interface MigrateCommandOptions {
  readonly namespace?: string;
  readonly input: InputDegree;
  readonly gateway: ObjectName;
  readonly gatewayClass?: string;
  readonly for?: TargetName;
  readonly audit?: boolean;
  readonly format?: string;
  readonly class?: string;
  readonly controllerVersion?: string;
  readonly configMap?: string;
  readonly allowRegex?: boolean;
  readonly allowDifferences?: boolean;
  readonly accept?: readonly AcceptedName[];
  readonly strict?: boolean;
  readonly defaultCertificate?: ObjectName;
  readonly tlsTerminatedUpstream?: boolean;
  readonly redirectByHeader?: boolean;
  readonly assumeServices: boolean;
}

/** Adds the command that writes Ingresses as HTTPRoutes. */
export function addMigrate(program: Command, session: Session): void {
  const [version, configMap] = controllerOptions() as [Option, Option];
  program
    .command('migrate')
    .summary('Ingresses as a Gateway with HTTPRoutes, and the proof that both mean the same')
    .description(
      'Reads Ingresses of ingress-nginx, prints a Gateway with HTTPRoutes as YAML, and proves that every request goes where it went.\nAn Ingress that cannot be taken over faithfully is left out, with the reasons; the status is 1 then.',
    )
    .argument('<path...>', 'files and folders of manifests; - is standard input')
    .requiredOption('--gateway <namespace/name>', 'the Gateway to write', parseName)
    .option(
      '--gateway-class <name>',
      'its GatewayClass, e.g. eg, istio, cilium (default: the only one among the manifests, else the one of --for, else "example", to be named)',
    )
    .addOption(
      new Option(
        '--for <target>',
        'the implementation of the Gateway API: what it lacks is refused, and what it has of its own is written',
      ).choices(TARGET_NAMES),
    )
    .option('--audit', 'write nothing: a table of what becomes of each Ingress, and what there is to do')
    .addOption(new Option('-f, --format <format>', 'form of the audit').choices(['text', 'json', 'markdown']))
    .option('--class <name>', 'the ingress class, where the manifests have several')
    .addOption(version)
    .addOption(configMap)
    .option(
      '--default-certificate <namespace/name>',
      'the Secret with the certificate for hosts whose Ingresses name none, as --default-ssl-certificate of ingress-nginx (default: from its arguments among the manifests)',
      parseName,
    )
    .addOption(
      new Option(
        '--tls-terminated-upstream',
        'TLS ends at a load balancer in front of the Gateway: one listener, for HTTP, and no redirects to HTTPS',
      ).conflicts('defaultCertificate'),
    )
    .option('--redirect-by-header', 'with it: redirects to HTTPS for requests with X-Forwarded-Proto: http')
    .option('--no-assume-services', 'answer as for Services that do not exist where one is not among the manifests')
    .option('--allow-regex', 'take over what needs regular expressions; not every implementation knows them')
    .option('--allow-differences', 'print what can be said of all Ingresses, and tell the requests that go elsewhere')
    .addOption(acceptOption())
    .option(
      '--strict',
      'accept nothing by default: neither that redirects to HTTPS keep the slash at the end, which ingress-nginx drops, nor that /healthz goes to a rule for every host',
    )
    .addOption(namespaceOption())
    .addOption(inputOption('tolerant'))
    .action(async (paths: string[], options: MigrateCommandOptions) => {
      const { migrateCommand } = require('./migrate-run') as typeof import('./migrate-run.js');
      session.end(await migrateCommand(paths, options, session));
    });
}

const NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

function parseName(text: string): ObjectName {
  const [namespace = '', name = '', ...others] = text.split('/');
  if (others.length > 0 || !NAME.test(namespace) || !NAME.test(name)) {
    throw new InvalidArgumentError('Give NAMESPACE/NAME, e.g. infra/web.');
  }
  return { namespace, name };
}
