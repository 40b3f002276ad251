import type { Manifest, Path } from '../../manifest';
import { controllersOf } from '../../routing/ingress-nginx/controllers';
import type { Facts } from '../facts/facts';
import { fieldOf, textOf } from '../facts/fields';
import { isOfOther } from '../facts/nginx';
import { defineRule, type Found, type Related } from '../rule';

/** What the findings of `tls-not-covered` hold. */
export interface TlsNotCovered {
  /**
   * What is missing: a host of the rules in `tls.hosts`, the hosts of an entry, its Secret, the Secret in this namespace, or
   * the host in the Certificate that makes the Secret.
   */
  readonly missing: 'host' | 'hosts' | 'secret-name' | 'secret-here' | 'certificate-host';
  readonly host: string | undefined;
  readonly secret: string | undefined;
  /** Where the Secret is, or the Certificate: `shop/web`. */
  readonly other: string | undefined;
}

/** TLS of an Ingress that does not cover its hosts: they are served with the default certificate of the controller. */
export const rule = defineRule({
  code: 'tls-not-covered',
  severity: 'warning',
  reads: ['Ingress', 'Secret', 'Certificate'],
  *check(facts: Facts): Generator<Found<TlsNotCovered>> {
    for (const manifest of facts.of('networking.k8s.io/Ingress')) {
      const entries = entriesOf(manifest);
      const covered = entries.flatMap(({ hosts }) => hosts);
      for (const { host, path } of entries.length === 0 ? [] : hostsOf(manifest)) {
        if (covered.length > 0 && !covered.some((name) => covers(name, host))) {
          yield found(manifest, path, { missing: 'host', host });
        }
      }
      for (const entry of entries) {
        yield* entryFindings(facts, manifest, entry);
      }
    }
  },
});

interface Entry {
  readonly path: Path;
  readonly secret: string | undefined;
  readonly hosts: readonly string[];
}

function* entryFindings(facts: Facts, manifest: Manifest, entry: Entry): Generator<Found<TlsNotCovered>> {
  const { path, secret, hosts } = entry;
  const namespace = manifest.namespace ?? 'default';
  if (hosts.length === 0 && secret !== undefined && hostsOf(manifest).length > 0) {
    yield found(manifest, path, { missing: 'hosts', secret });
  }
  if (secret === undefined) {
    if (hosts.length > 0 && !isOfOther(manifest) && !facts.once(hasDefaultCertificate)) {
      // The default certificate of the controller may be meant.
      yield { ...found(manifest, path, { missing: 'secret-name', host: hosts[0] }), severity: 'info' };
    }
    return;
  }
  const makers = facts
    .of('cert-manager.io/Certificate')
    .filter((one) => fieldOf(one, 'spec', 'secretName').value === secret);
  const holders = [...facts.of('/Secret').filter(({ name }) => name === secret), ...makers];
  const isHere = holders.some((one) => (one.namespace ?? 'default') === namespace);
  const [elsewhere] = holders;
  if (!isHere && elsewhere !== undefined) {
    const other = `${elsewhere.namespace ?? 'default'}/${elsewhere.name}`;
    yield found(manifest, [...path, 'secretName'], { missing: 'secret-here', secret, other }, [
      { role: 'nearest', manifest: elsewhere, path: ['metadata'] },
    ]);
  }
  for (const maker of makers.filter((one) => (one.namespace ?? 'default') === namespace)) {
    const names = namesOf(maker);
    const lacking = hosts.find((host) => !names.some((name) => covers(name, host)));
    if (names.length > 0 && lacking !== undefined) {
      const args = { missing: 'certificate-host', host: lacking, secret, other: `${namespace}/${maker.name}` } as const;
      yield found(manifest, path, args, [{ role: 'because', manifest: maker, path: ['spec', 'dnsNames'] }]);
    }
  }
}

/** Whether the controller is told a certificate for all hosts, for `facts.once`. */
function hasDefaultCertificate({ manifests }: Facts): boolean {
  return controllersOf(manifests).some(({ defaultCertificate }) => defaultCertificate !== undefined);
}

function found(
  manifest: Manifest,
  path: Path,
  args: Pick<TlsNotCovered, 'missing'> & Partial<TlsNotCovered>,
  related: readonly Related[] = [],
): Found<TlsNotCovered> {
  return { manifest, path, args: { host: undefined, secret: undefined, other: undefined, ...args }, related };
}

function entriesOf(manifest: Manifest): readonly Entry[] {
  return fieldOf(manifest, 'spec', 'tls')
    .mappings('')
    .map((entry) => ({
      path: entry.path,
      secret: textOf(entry.get('secretName')),
      hosts: entry
        .get('hosts')
        .items()
        .flatMap((host) => textOf(host) ?? []),
    }));
}

function hostsOf(manifest: Manifest): readonly { readonly host: string; readonly path: Path }[] {
  return fieldOf(manifest, 'spec', 'rules')
    .mappings('')
    .flatMap((rule) => {
      const host = textOf(rule.get('host'));
      return host === undefined || host === '' ? [] : [{ host, path: [...rule.path, 'host'] }];
    });
}

function namesOf(certificate: Manifest): readonly string[] {
  const spec = fieldOf(certificate, 'spec');
  const names = spec.get('dnsNames').items().map(textOf);
  return [textOf(spec.get('commonName')), ...names].filter((name) => name !== undefined && name !== '') as string[];
}

/** A wildcard stands for one label. */
function covers(name: string, host: string): boolean {
  return (
    name.toLowerCase() === host.toLowerCase() ||
    (name.startsWith('*.') && host.slice(host.indexOf('.')) === name.slice(1))
  );
}
