import type { MigrateSettings } from './migration';

/** What has to hold outside of the manifests, in words. */
export function premisesOf({ forwardedTls }: MigrateSettings): readonly string[] {
  switch (forwardedTls) {
    case undefined:
      return [];
    case 'load-balancer':
      return [
        'TLS ends at a load balancer in front, which passes all requests on to port 80; whether clients are sent from HTTP to HTTPS is up to it',
      ];
    case 'header':
      return [
        'TLS ends at a load balancer in front, which passes all requests on to port 80 with the header X-Forwarded-Proto; a Gateway that does not trust it, and writes it anew, redirects for ever',
      ];
  }
}
