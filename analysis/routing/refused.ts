import type { Manifest, Problem } from '../manifest';
import { gatewaysOf } from './gateway-api/choose';
import { httpRoutesOf } from './gateway-api/read';
import { readGateway } from './gateway-api/read-gateway';
import { readIngress } from './ingress-nginx/read-ingress';
import { Findings, type RoutingProblemCode } from './problems';

/**
 * What an API server refuses of the Ingresses, Gateways and routes among some manifests, whoever serves them. For who asks no
 * request, an answer is whole without them: all of it is tolerable.
 */
export function refusedRoutes(manifests: readonly Manifest[]): readonly Problem<RoutingProblemCode>[] {
  const findings = new Findings();
  for (const manifest of manifests) {
    if (manifest.kind === 'Ingress' && manifest.group === 'networking.k8s.io') {
      readIngress(manifest, findings);
    }
  }
  for (const manifest of gatewaysOf(manifests)) {
    readGateway(manifest, findings);
  }
  httpRoutesOf(manifests, findings);
  return findings.problems.map((problem) => ({ ...problem, severity: problem.severity ?? 'tolerable' }));
}
