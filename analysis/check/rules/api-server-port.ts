import type { Facts } from '../facts/facts';
import { fieldOf, textOf } from '../facts/fields';
import { isolation } from '../facts/isolation';
import type { PolicyFacts } from '../facts/policies';
import { ruleHasPort } from '../facts/rule-ports';
import { workloadText } from '../facts/workloads';
import { defineRule, type Found } from '../rule';

/** What the findings of `api-server-port` hold. */
export interface ApiServerPort {
  readonly workload: string;
  readonly serviceAccount: string;
  /** The port that is open, and the one that is not. */
  readonly open: number;
  readonly closed: number;
}

/**
 * Pods whose service account has rights of its own, and so talk to the API server, may connect to 443 and not to 6443, or
 * the other way round. The Service `kubernetes` has 443; policies see the port behind it, which is 6443 on most clusters.
 */
export const rule = defineRule({
  code: 'api-server-port',
  severity: 'info',
  reads: ['NetworkPolicy', 'RoleBinding', 'ClusterRoleBinding', 'workloads'],
  *check(facts: Facts): Generator<Found<ApiServerPort>> {
    const isolated = facts.once(isolation);
    const bound = new Set(facts.once(boundAccounts));
    const told = new Set<PolicyFacts>();
    for (const workload of facts.pods.all) {
      if (!bound.has(`${workload.namespace}/${workload.serviceAccount}`)) {
        continue;
      }
      const rules = isolated.rules(workload, 'egress');
      const opens = (number: number) => rules.find(({ rule }) => ruleHasPort(rule, { protocol: 'TCP', number }));
      const [https, api] = [opens(443), opens(6443)];
      const half = https === undefined ? api : api === undefined ? https : undefined;
      if (half !== undefined && !told.has(half.policy)) {
        told.add(half.policy);
        yield {
          manifest: half.policy.manifest,
          path: half.rule.path,
          args: {
            workload: workloadText(workload),
            serviceAccount: `${workload.namespace}/${workload.serviceAccount}`,
            open: https === undefined ? 6443 : 443,
            closed: https === undefined ? 443 : 6443,
          },
          related: [{ role: 'affected', manifest: workload.manifest, path: ['metadata'] }],
        };
      }
    }
  },
});

/** The service accounts that a binding gives rights to, `NAMESPACE/NAME`. */
function boundAccounts(facts: Facts): readonly string[] {
  const bindings = ['RoleBinding', 'ClusterRoleBinding'].flatMap((kind) =>
    facts.of(`rbac.authorization.k8s.io/${kind}`),
  );
  return bindings.flatMap((binding) =>
    fieldOf(binding, 'subjects')
      .mappings('')
      .filter((subject) => subject.get('kind').value === 'ServiceAccount')
      .map(
        (subject) =>
          `${textOf(subject.get('namespace')) ?? binding.namespace ?? 'default'}/${subject.get('name').value}`,
      ),
  );
}
