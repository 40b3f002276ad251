import type { Findings } from '../problems';
import type { Ingress } from './ingress';
import { hasCertificate } from './server-names';
import { DEFAULT_SERVER, type Location, type Server } from './servers';
import type { Settings } from './settings';

/**
 * Notes redirects that may never end: HTTPS is forced for a host without certificate, so that TLS probably ends at a load
 * balancer, behind which every request is plain HTTP.
 */
export function noteLoops(
  servers: ReadonlyMap<string, Server>,
  { forwardedHeaders, defaultCertificate }: Settings,
  findings: Findings,
): void {
  // With a certificate for all hosts, TLS ends at the controller.
  if (defaultCertificate !== undefined) {
    return;
  }
  const plain = [...servers.values()].filter(({ host }) => !forwardedHeaders && !hasCertificate(host, servers));
  for (const server of plain) {
    for (const { ingress, written } of forcedOf(server).values()) {
      const host = server.host === DEFAULT_SERVER ? 'every host' : server.host;
      const message = `HTTPS is forced for ${host}, which has no certificate: where TLS ends at a load balancer before the controller, the redirect never ends, unless use-forwarded-headers of its ConfigMap is "true"`;
      findings.note(ingress.manifest, written.at, 'redirect-loop', message);
    }
  }
}

interface Forced {
  readonly ingress: Ingress;
  readonly written: Location['written'];
}

/** The Ingresses that force HTTPS, each with its first path of the host. */
function forcedOf({ locations }: Server): ReadonlyMap<Ingress, Forced> {
  const found = new Map<Ingress, Forced>();
  for (const { owner, isDefault, written } of locations) {
    if (owner !== undefined && !isDefault && isForced(owner) && !found.has(owner.ingress)) {
      found.set(owner.ingress, { ingress: owner.ingress, written });
    }
  }
  return found;
}

function isForced({ annotations }: NonNullable<Location['owner']>): boolean {
  return annotations.forceSslRedirect && annotations.redirect === undefined && annotations.denied === undefined;
}
