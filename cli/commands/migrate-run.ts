import { ACCEPTED_DIFFERENCES, type ForwardedTls, migrate } from '../../analysis';
import type { Manifest } from '../../analysis/manifest';
import { otherController, PLACEHOLDER_CLASS } from '../../analysis/migrate/gateway-class';
import { targetOf } from '../../analysis/migrate/targets';
import { auditJson, auditMarkdown, auditText } from '../../report/migrate/audit';
import { migrationLines } from '../../report/migrate/text';
import { objectsYaml } from '../../report/migrate/yaml';
import { problemLines } from '../../report/problems';
import { readInput } from '../input';
import { Refusal } from '../refusal';
import { withOptions } from '../routes';
import type { Session } from '../run';
import { settle } from '../warnings';
import type { MigrateCommandOptions } from './migrate';

const FORMS = { text: auditText, json: auditJson, markdown: auditMarkdown } as const;

/** Where TLS ends in front of the Gateway: who redirects. */
function forwardedTlsOf({ tlsTerminatedUpstream, redirectByHeader }: MigrateCommandOptions): ForwardedTls | undefined {
  if (tlsTerminatedUpstream !== true) {
    if (redirectByHeader === true) {
      throw new Refusal(['--redirect-by-header: give it with --tls-terminated-upstream']);
    }
    return undefined;
  }
  return redirectByHeader === true ? 'header' : 'load-balancer';
}

/** A GatewayClass of somebody else is no mistake to go on with: the proof would be about another implementation. */
function refuseOtherClass({ for: name, gatewayClass }: MigrateCommandOptions, manifests: readonly Manifest[]): void {
  if (name === undefined || gatewayClass === undefined) {
    return;
  }
  const target = targetOf(name);
  const other = otherController(gatewayClass, manifests, target);
  if (other !== undefined) {
    throw new Refusal([
      `--for ${name}: the GatewayClass ${gatewayClass} among the manifests is of the controller ${other}, not of ${target.implementation}`,
    ]);
  }
}

/** Writes Ingresses as HTTPRoutes. */
export async function migrateCommand(
  paths: readonly string[],
  options: MigrateCommandOptions,
  { io, output }: Session,
): Promise<number> {
  const { gateway, gatewayClass, class: ingressClass, allowRegex = false, allowDifferences = false } = options;
  const input = await readInput(paths, io, options.namespace);
  const { manifests } = input;
  if (input.unread.length === 0 && !manifests.some(({ kind }) => kind === 'Ingress')) {
    // What could not be read may have been one.
    const lines = problemLines(input.problems);
    // What is broken may have held one.
    const isBroken = input.problems.some(({ severity }) => severity !== 'tolerable');
    throw new Refusal(isBroken ? lines : [...lines, `there is no Ingress in ${paths.join(', ')}`]);
  }
  if (options.format !== undefined && options.audit !== true) {
    throw new Refusal(['--format: give it with --audit; what is written is YAML']);
  }
  refuseOtherClass(options, input.manifests);
  const same = manifests.find(
    ({ kind, namespace = 'default', name }) =>
      kind === 'Gateway' && namespace === gateway.namespace && name === gateway.name,
  );
  if (same !== undefined) {
    const { file, line } = same.source;
    throw new Refusal([
      `${file}:${line}: Gateway ${gateway.namespace}/${gateway.name} is there already; give --gateway another name`,
    ]);
  }
  const forwardedTls = forwardedTlsOf(options);
  const migration = migrate(input, {
    gateway,
    input: options.input,
    ...(gatewayClass === undefined ? {} : { gatewayClass }),
    ...(ingressClass === undefined ? {} : { ingressClass }),
    ...(options.controllerVersion === undefined ? {} : { controllerVersion: options.controllerVersion }),
    ...(options.configMap === undefined ? {} : { configMap: options.configMap }),
    accept: [...(options.strict === true ? [] : ACCEPTED_DIFFERENCES), ...(options.accept ?? [])],
    ...(options.for === undefined ? {} : { target: options.for }),
    ...(options.defaultCertificate === undefined ? {} : { defaultCertificate: options.defaultCertificate }),
    ...(forwardedTls === undefined ? {} : { forwardedTls }),
    assumeServices: options.assumeServices,
    // An audit is about all of them.
    allowDifferences: allowDifferences || options.audit === true,
    leavesOutMistakes: options.audit === true,
    allowRegularExpressions: allowRegex,
  });
  const problems = withOptions([...input.unread, ...migration.problems]);
  settle({ problems, warnings: migration.warnings }, options.input, output);
  if (options.audit === true) {
    const form = FORMS[(options.format ?? 'text') as keyof typeof FORMS];
    await output.write(form({ migration, target: options.for }));
    return 0;
  }
  await output.write(objectsYaml(migration.objects));
  if (gatewayClass === undefined) {
    output.say(
      migration.gatewayClass === PLACEHOLDER_CLASS
        ? `note: the GatewayClass "${PLACEHOLDER_CLASS}" stands for yours; --gateway-class names it`
        : `note: the GatewayClass is ${migration.gatewayClass}; --gateway-class gives another`,
    );
  }
  for (const line of migrationLines(migration, allowDifferences)) {
    output.say(line);
  }
  return migration.refused.length > 0 || migration.differences.length > 0 ? 1 : 0;
}
