import type { Manifest } from '../../manifest';
import type { Findings } from '../problems';
import { targetsOf, targetsText } from './targets';

/** Kinds of which manifests mostly have all that there are. */
const TARGETS: ReadonlySet<string> = new Set([
  'Gateway',
  'ListenerSet',
  'HTTPRoute',
  'GRPCRoute',
  'TLSRoute',
  'TCPRoute',
  'UDPRoute',
  'Service',
]);

/** Notes policies that are attached to a route, Gateway or Service that is not among the manifests: of these they do nothing. */
export function noteMissingTargets(manifests: readonly Manifest[], findings: Findings): void {
  const known = new Set(manifests.map(({ kind, namespace = 'default', name }) => `${kind} ${namespace}/${name}`));
  for (const manifest of manifests) {
    const missing = (targetsOf(manifest, manifests) ?? []).filter(
      ({ kind, namespace, name }) => TARGETS.has(kind) && !known.has(`${kind} ${namespace}/${name}`),
    );
    if (missing.length > 0) {
      const what = missing.length === 1 ? 'which is' : 'which are';
      const message = `is attached to ${targetsText(missing)}, ${what} not among the manifests`;
      findings.note(manifest, ['spec'], 'no-effect', message);
    }
  }
}
