import type { Manifest } from '../../../manifest';
import { EVERY_ADDRESS } from '../../networks';
import { type OrderedPolicy, type OrderedRule, OTHERS } from '../../tiers';
import { EVERY_PORT } from '../every-port';
import { foreignKind } from '../foreign';
import type { OtherPart } from './part';

/** What stands for a policy that is not evaluated: rules of which nobody knows whether they open and close. */
export function otherPolicies(manifest: Manifest): readonly OrderedPolicy[] {
  const { kind, namespace, name, source } = manifest;
  return (foreignKind(manifest)?.parts(manifest) ?? []).map((part) => ({
    kind,
    // Nobody knows of a kind that is not known whether it is namespaced; where it is, this is its namespace.
    namespace: namespace ?? (part.subject.some((peer) => peer.namespaces === 'own') ? 'default' : undefined),
    name,
    source,
    tier: OTHERS,
    order: 0,
    subject: part.subject,
    ingress: part.direction === 'ingress' ? rulesOf(part) : undefined,
    egress: part.direction === 'egress' ? rulesOf(part) : undefined,
    isTied: false,
    isOther: true,
  }));
}

function rulesOf({ opens, closes, whom }: OtherPart): readonly OrderedRule[] {
  const isOutside = whom === 'outside';
  const rule = {
    index: 0,
    name: undefined,
    everybody: false,
    pods: [],
    addresses: [],
    nodes: isOutside ? ('some' as const) : undefined,
    ports: EVERY_PORT,
    doubtful: {
      everybody: whom === 'anybody',
      pods: typeof whom === 'string' ? [] : whom,
      addresses: isOutside ? EVERY_ADDRESS : [],
      why: 'what it means',
    },
  };
  return [
    ...(closes ? [{ ...rule, action: 'deny' as const, verb: 'Deny' }] : []),
    ...(opens ? [{ ...rule, action: 'allow' as const, verb: 'Allow' }] : []),
  ];
}
