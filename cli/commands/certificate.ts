import { type Command, Option } from 'commander';
import { collect, parseNumber } from '../options';
import type { Session } from '../run';

export interface CertificateCommandOptions {
  readonly host: readonly string[];
  readonly days: number;
  readonly name?: string;
  readonly namespace?: string;
  readonly algorithm: 'ecdsa-p256' | 'rsa-2048';
}

/** Adds the command that makes certificates to try things out with. */
export function addCertificate(program: Command, session: Session): void {
  program
    .command('certificate')
    .summary('a self-signed certificate as a Secret, for kubectl apply -f -')
    .description(
      'Makes a key and a self-signed certificate, and prints both as a Secret of the type kubernetes.io/tls.\nFor trying things out: no client trusts it by itself. It is not written below dist/, since it holds a private key.',
    )
    .requiredOption(
      '--host <host>',
      'a host or IP address that it is for, e.g. shop.example.com or "*.example.com"; again for more',
      collect((host: string) => host),
    )
    .option('--days <n>', 'for how many days it is valid', parseNumber(1, 3650, 'whole'), 365)
    .option('--name <name>', 'the name of the Secret (default: from the first host, e.g. shop-tls)')
    .option('--namespace <name>', 'the namespace of the Secret (default: that of kubectl)')
    .addOption(
      new Option('--algorithm <algorithm>', 'the kind of key')
        .choices(['ecdsa-p256', 'rsa-2048'])
        .default('ecdsa-p256'),
    )
    .action(async (options: CertificateCommandOptions) => {
      const { certificateCommand } = require('./certificate-run') as typeof import('./certificate-run.js');
      session.end(await certificateCommand(options, session));
    });
}
