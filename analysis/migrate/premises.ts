import type { Settings } from '../routing/ingress-nginx/settings';
import { nameOf } from '../routing/problems';
import type { MigrateSettings } from './migration';
import type { Target } from './targets';

/** What has to hold outside of the manifests, in words. */
export function premisesOf(
  { forwardedTls, defaultCertificate }: MigrateSettings,
  target: Target | undefined,
  { workload, defaultCertificate: own }: Settings,
): readonly string[] {
  // What was asked for need not be told.
  const isTaken = defaultCertificate !== undefined && defaultCertificate === own && forwardedTls === undefined;
  return [
    ...balancerPremises(forwardedTls),
    ...(isTaken
      ? [
          `hosts whose Ingresses name no certificate have that of Secret ${own.namespace}/${own.name}, by --default-ssl-certificate of ${workload === undefined ? 'ingress-nginx' : nameOf(workload)}; --default-certificate names another`,
        ]
      : []),
    ...(target?.premise === undefined ? [] : [target.premise]),
  ];
}

function balancerPremises(forwardedTls: MigrateSettings['forwardedTls']): readonly string[] {
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
