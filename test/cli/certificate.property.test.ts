import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { load } from 'js-yaml';
import { objectName } from '../../constructs/values';
import type { Fields } from '../helpers/fields';
import fc from '../helpers/random';
import { FEWER_RUNS } from '../helpers/runs';
import { commandLine } from './command-line';

const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?$/);
const name = fc.tuple(label, fc.constantFrom('example', 'example.com')).map((labels) => labels.join('.'));
const wildcard = name.map((domain) => `*.${domain}`);
const host = fc.oneof(name, wildcard, fc.ipV4(), fc.ipV6());

test('a certificate holds for each of its hosts, whatever they are, and its Secret has a name', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(host, { minLength: 1, maxLength: 5 }), async (hosts) => {
      const { status, stdout } = await commandLine(['certificate', ...hosts.flatMap((one) => ['--host', one])]);
      expect(status).toBe(0);
      const { metadata, data } = load(stdout) as Fields;
      expect(objectName('the name', metadata.name)).toEqual([]);
      const x509 = new X509Certificate(Buffer.from(data['tls.crt'], 'base64'));
      for (const one of hosts) {
        const holds = isIP(one) ? x509.checkIP(one) : x509.checkHost(one.replace('*', 'any'));
        expect([one, holds]).not.toEqual([one, undefined]);
      }
      expect(x509.checkHost('other.invalid')).toBeUndefined();
    }),
    FEWER_RUNS,
  );
}, 900_000);
