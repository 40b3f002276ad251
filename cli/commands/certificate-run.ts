import { dnsLabel, objectName } from '../../constructs/values';
import { objectsYaml } from '../../report/migrate/yaml';
import { fileInDist } from '../certificate/destination';
import { canonicalHost, hostProblems, secretNameFor } from '../certificate/hosts';
import { selfSigned } from '../certificate/self-signed';
import { Refusal } from '../refusal';
import type { Session } from '../run';
import type { CertificateCommandOptions } from './certificate';

/** Prints a Secret with a new key and certificate. */
export async function certificateCommand(
  { host, days, name, namespace, algorithm }: CertificateCommandOptions,
  { io, output }: Session,
): Promise<number> {
  const problems = [
    ...host.flatMap(hostProblems),
    ...(name === undefined ? [] : objectName('--name', name)),
    ...(namespace === undefined ? [] : dnsLabel('--namespace', namespace)),
  ];
  const inDist = io.stdout.fd === undefined ? undefined : fileInDist(io.stdout.fd, io.cwd);
  if (inDist !== undefined) {
    problems.push(
      `standard output goes to ${inDist}; a private key must not stand in dist/, which is committed and deployed: pipe it into kubectl apply -f -`,
    );
  }
  if (problems.length > 0) {
    throw new Refusal(problems);
  }
  const hosts = [...new Set(host.map(canonicalHost))];
  const secretName = name ?? secretNameFor(hosts[0] ?? '');
  const { certificate, key, notAfter } = await selfSigned({ hosts, days, algorithm, now: new Date() });
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: secretName, ...(namespace === undefined ? {} : { namespace }) },
    type: 'kubernetes.io/tls',
    data: { 'tls.crt': base64(certificate), 'tls.key': base64(key) },
  };
  await output.write(objectsYaml([secret]));
  const until = notAfter.toISOString().slice(0, 10);
  output.say(`Secret ${secretName} for ${hosts.join(', ')}, self-signed, valid until ${until}.`);
  output.say('It holds a private key: pipe it into kubectl apply -f -, and keep it out of the repository.');
  return 0;
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
