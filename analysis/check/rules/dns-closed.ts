import { NAME_LABEL } from '../../connectivity/model';
import { matches } from '../../connectivity/selector';
import type { Facts } from '../facts/facts';
import { isolation, type PolicyRule } from '../facts/isolation';
import type { PeerFacts, PolicyFacts } from '../facts/policies';
import { ruleHasPort } from '../facts/rule-ports';
import { hasOtherTiers } from '../facts/tiers';
import { type WorkloadFacts, workloadText } from '../facts/workloads';
import { defineRule, type Found } from '../rule';

/** What the findings of `dns-closed` hold. */
export interface DnsClosed {
  /** Whether there is a way to DNS by UDP, and none by TCP, which answers that are long need. */
  readonly tcpOnly: boolean;
  /** Whether the pods have no way out at all. */
  readonly isShut: boolean;
  /** Some of those that are cut off. */
  readonly workloads: readonly string[];
  readonly count: number;
}

/** Pods listen for DNS on 53, and on 5353 in OpenShift. */
const DNS_PORTS = [53, 5353];

/** Pods that may connect to something, and not to DNS: they know the names of nothing. */
export const rule = defineRule({
  code: 'dns-closed',
  severity: 'warning',
  reads: ['NetworkPolicy', 'workloads'],
  *check(facts: Facts): Generator<Found<DnsClosed>> {
    const isolated = facts.once(isolation);
    const found = new Map<
      string,
      { policy: PolicyFacts; tcpOnly: boolean; isShut: boolean; workloads: WorkloadFacts[] }
    >();
    for (const workload of facts.pods.all) {
      const policy = isolated.closing(workload, 'egress');
      if (policy === undefined || workload.dnsPolicy === 'None' || workload.dnsPolicy === 'Default') {
        continue;
      }
      const rules = isolated.rules(workload, 'egress');
      const [udp, tcp] = ['UDP', 'TCP'].map((protocol) => rules.some((own) => leadsToDns(facts, own, protocol)));
      if (!(udp && tcp)) {
        const isShut = rules.length === 0;
        const tcpOnly = udp === true;
        const key = `${policy.namespace}/${policy.name} ${isShut} ${tcpOnly}`;
        const entry = found.get(key) ?? { policy, tcpOnly, isShut, workloads: [] };
        entry.workloads.push(workload);
        found.set(key, entry);
      }
    }
    for (const { policy, tcpOnly, isShut, workloads } of found.values()) {
      yield {
        manifest: policy.manifest,
        path: ['spec', ...(isShut ? [] : ['egress'])],
        args: { tcpOnly, isShut, workloads: workloads.slice(0, 3).map(workloadText), count: workloads.length },
        ...(tcpOnly || isShut || facts.once(hasOtherTiers) ? { severity: 'info' } : {}),
        related: workloads
          .slice(0, 3)
          .map((workload) => ({ role: 'affected', manifest: workload.manifest, path: ['metadata'] })),
      };
    }
  },
});

/** Who names the port of DNS means it, whatever the peer; else the peer has to be where DNS may be. */
function leadsToDns(facts: Facts, { policy, rule }: PolicyRule, protocol: string): boolean {
  if (!DNS_PORTS.some((number) => ruleHasPort(rule, { protocol, number }) || namesDns(rule.ports, protocol))) {
    return false;
  }
  return (
    rule.ports !== undefined || rule.peers === undefined || rule.peers.some((peer) => mayBeDns(facts, peer, policy))
  );
}

function namesDns(ports: PolicyRule['rule']['ports'], protocol: string): boolean {
  return ports?.some((own) => own.protocol === protocol && String(own.port).startsWith('dns')) ?? false;
}

const DNS_NAMESPACES = ['kube-system', 'openshift-dns'];

function mayBeDns({ namespaces }: Facts, peer: PeerFacts, policy: PolicyFacts): boolean {
  if (peer.block !== undefined) {
    return peer.block.cidr.endsWith('/0') || peer.block.cidr.startsWith('169.254.20.10');
  }
  const selector = peer.namespaces;
  if (selector === 'own') {
    return DNS_NAMESPACES.includes(policy.namespace);
  }
  return DNS_NAMESPACES.some((name) => {
    const labels = namespaces.labelsOf(name);
    // A namespace that is not declared may have any label beside its name.
    const asked = namespaces.declared.has(name) ? selector : selector.filter(({ key }) => key === NAME_LABEL);
    return matches(asked, labels);
  });
}
