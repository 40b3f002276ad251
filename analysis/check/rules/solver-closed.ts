import { matches } from '../../connectivity/selector';
import type { Manifest } from '../../manifest';
import { listIn } from '../../manifest/lists';
import type { Facts } from '../facts/facts';
import { fieldOf, textOf } from '../facts/fields';
import type { PolicyFacts } from '../facts/policies';
import { ruleHasPort } from '../facts/rule-ports';
import { hasOtherTiers } from '../facts/tiers';
import { defineRule, type Found } from '../rule';

/** What the findings of `solver-closed` hold. */
export interface SolverClosed {
  readonly namespace: string;
  /** `ClusterIssuer letsencrypt`. */
  readonly issuer: string;
}

/** Labels of the pods that cert-manager makes to solve HTTP-01 challenges. */
const SOLVER_LABELS = new Map([
  ['acme.cert-manager.io/http01-solver', 'true'],
  ['acme.cert-manager.io/http-domain', ''],
  ['acme.cert-manager.io/http-token', ''],
]);

const SOLVER_PORT = 8089;

/**
 * A namespace in which certificates are asked for by HTTP-01, and whose policies close the pods that answer the challenge.
 *
 * @see https://cert-manager.io/docs/configuration/acme/http01/
 */
export const rule = defineRule({
  code: 'solver-closed',
  severity: 'warning',
  reads: ['Issuer', 'ClusterIssuer', 'Certificate', 'Ingress', 'NetworkPolicy'],
  *check(facts: Facts): Generator<Found<SolverClosed>> {
    const told = new Set<string>();
    for (const { namespace, issuer, asked } of facts.once(requestsOf)) {
      const closing = (facts.once(policiesByNamespace).get(namespace) ?? []).filter(
        (policy) => policy.isolates.has('ingress') && matches(policy.selector, SOLVER_LABELS),
      );
      const isOpen = closing.some(({ rules }) =>
        rules.some((own) => own.direction === 'ingress' && ruleHasPort(own, { protocol: 'TCP', number: SOLVER_PORT })),
      );
      const [policy] = closing;
      if (policy !== undefined && !isOpen && !told.has(namespace)) {
        told.add(namespace);
        yield {
          manifest: policy.manifest,
          path: ['spec', 'podSelector'],
          args: { namespace, issuer: `${issuer.kind} ${issuer.name}` },
          ...(facts.once(hasOtherTiers) ? { severity: 'info' } : {}),
          related: [
            { role: 'because', manifest: issuer, path: ['spec', 'acme'] },
            { role: 'affected', manifest: asked, path: ['metadata'] },
          ],
        };
      }
    }
  },
});

interface Request {
  readonly namespace: string;
  readonly issuer: Manifest;
  /** The Certificate or Ingress that asks. */
  readonly asked: Manifest;
}

/** Who asks an issuer that solves by HTTP-01 for a certificate, for `facts.once`. */
function requestsOf(facts: Facts): readonly Request[] {
  const issuers = new Map<string, Manifest>();
  for (const kind of ['Issuer', 'ClusterIssuer']) {
    for (const manifest of facts.of(`cert-manager.io/${kind}`)) {
      const solvers = fieldOf(manifest, 'spec', 'acme', 'solvers').mappings('');
      if (solvers.some((solver) => solver.get('http01').isGiven)) {
        issuers.set(keyOf(kind, manifest.namespace ?? 'default', manifest.name), manifest);
      }
    }
  }
  const request = (asked: Manifest, kind: string, name: string | undefined): Request[] => {
    const namespace = asked.namespace ?? 'default';
    const issuer = issuers.get(keyOf(kind, namespace, name ?? ''));
    return issuer === undefined ? [] : [{ namespace, issuer, asked }];
  };
  return [
    ...facts.of('cert-manager.io/Certificate').flatMap((manifest) => {
      const ref = fieldOf(manifest, 'spec', 'issuerRef');
      return request(manifest, textOf(ref.get('kind')) ?? 'Issuer', textOf(ref.get('name')));
    }),
    ...facts
      .of('networking.k8s.io/Ingress')
      .flatMap((manifest) => [
        ...request(manifest, 'Issuer', manifest.annotations.get('cert-manager.io/issuer')),
        ...request(manifest, 'ClusterIssuer', manifest.annotations.get('cert-manager.io/cluster-issuer')),
      ]),
  ];
}

function keyOf(kind: string, namespace: string, name: string): string {
  return kind === 'ClusterIssuer' ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

function policiesByNamespace({ policies }: Facts): ReadonlyMap<string, readonly PolicyFacts[]> {
  const found = new Map<string, PolicyFacts[]>();
  for (const policy of policies) {
    listIn(found, policy.namespace).push(policy);
  }
  return found;
}
