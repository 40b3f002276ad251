import type { Path } from '../../../manifest';
import type { PortSets } from '../../engine/port-sets';
import type { Direction, PortSpec } from '../../model';
import { type Action, type OrderedRule, ruleInDoubt } from '../../tiers';
import { EVERY_PORT } from '../every-port';
import type { Field } from '../field';
import { type PeerContext, peerKeys, readPeers } from './peers';
import { type RulePorts, readToPorts } from './ports';

/** What rules are read with. */
export interface RuleContext extends PeerContext {
  readonly sets: PortSets;
  /** Whether pods give several numbers to the name of a port, of which nobody knows which one is meant. */
  isAmbiguous(ports: PortSpec): boolean;
}

/** A rule of a policy. */
export interface CiliumRule {
  /** By the ports that it is about. */
  readonly rules: readonly OrderedRule[];
  /** What it may close beside what it opens: requests of which it lets only some through. */
  readonly closing: readonly OrderedRule[];
  /** Whether Cilium refuses it, and the policy with it. */
  readonly isRefused: boolean;
}

/** Where a list of rules stands. */
export interface RuleList {
  readonly direction: Direction;
  /** `ingress`, `ingressDeny`, … */
  readonly name: string;
  /** What stands behind its rules, in words: ` of specs[1]`. */
  readonly behind: string;
}

/** Reads a rule. */
export function readRule(field: Field, { direction, name, behind }: RuleList, context: RuleContext): CiliumRule {
  const action: Action = name.endsWith('Deny') ? 'deny' : 'allow';
  const from = direction === 'ingress' ? 'from' : 'to';
  const unknown = field.unknownKeys([...peerKeys(from), `${from}Requires`, 'toPorts', 'icmps', 'authentication']);
  const peers = readPeers(field, from, context);
  if (peers === 'refused') {
    return { rules: [], closing: [], isRefused: true };
  }
  const { list, ...met } = peers;
  const index = field.path.at(-1) as number;
  const path: Path = field.path;
  const base: Omit<OrderedRule, 'ports'> = {
    ...met,
    index,
    action,
    verb: action === 'allow' ? 'Allow' : 'Deny',
    name: undefined,
    place: { path, text: `${name} rule ${index + 1}${behind}`, ...(list === undefined ? {} : { peers: list }) },
  };
  const mode = field.get('authentication').get('mode').value;
  const doubts = [
    ...unknown,
    ...(mode === undefined || mode === 'disabled' ? [] : ['mutual authentication']),
    ...(list === 'toServices' && field.get('toPorts').isGiven ? ['toPorts beside toServices'] : []),
  ];
  const parts = readPorts(field, list !== undefined, context.sets).map(({ ports, doubt }) => {
    const isAmbiguous = direction === 'egress' && context.isAmbiguous(ports);
    const all = [
      ...doubts,
      ...(doubt === undefined ? [] : [doubt]),
      ...(isAmbiguous ? ['the name of a port to which pods give several numbers'] : []),
    ];
    const rule: OrderedRule = { ...base, ports };
    return { rule: all.length === 0 ? rule : ruleInDoubt(rule, all.join(' and ')), doubt };
  });
  return {
    rules: parts.map(({ rule }) => rule),
    closing:
      action === 'deny'
        ? []
        : [
            ...parts.flatMap(({ rule, doubt }) => (doubt === undefined ? [] : [closing(rule)])),
            ...requiring(field, `${from}Requires`, base),
          ],
    isRefused: false,
  };
}

/** The ports of a rule; none where it is about nothing that has ports. A rule with neither peers nor ports allows nothing. */
function readPorts(field: Field, hasPeers: boolean, sets: PortSets): readonly RulePorts[] {
  const toPorts = field.get('toPorts');
  if (toPorts.items().length > 0) {
    return readToPorts(toPorts, sets);
  }
  return field.get('icmps').items().length > 0 || !hasPeers ? [] : [{ ports: EVERY_PORT, doubt: undefined }];
}

/** What pods must be on top of all that any rule asks for may close whatever any rule opens. */
function requiring(field: Field, key: string, base: Omit<OrderedRule, 'ports'>): readonly OrderedRule[] {
  const list = field.get(key);
  return list.items().length === 0
    ? []
    : [{ ...closing(ruleInDoubt({ ...base, everybody: true, ports: EVERY_PORT }, key)), verb: 'Require' }];
}

function closing(rule: OrderedRule): OrderedRule {
  return { ...rule, action: 'deny', verb: 'Deny' };
}
