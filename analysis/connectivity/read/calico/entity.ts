import { type AddressRange, IPV6_START, without } from '../../addresses';
import type { Service } from '../../model';
import { EVERY_ADDRESS } from '../../networks';
import { matches, type Requirement } from '../../selector';
import { readBlock } from '../addresses';
import type { Field } from '../field';
import { alternatives, type Expression, NAMESPACE, parseExpression, prefixed, SelectorError } from './expression';
import { NAMESPACE_PREFIX, SERVICE_ACCOUNT, SERVICE_ACCOUNT_PREFIX } from './labels';

/** A NetworkSet or GlobalNetworkSet. */
export interface NetworkSet {
  readonly labels: ReadonlyMap<string, string>;
  readonly ranges: readonly AddressRange[];
}

/** What entities are looked up in. */
export interface EntityContext {
  readonly sets: readonly NetworkSet[];
  readonly services: readonly Service[];
  /** The namespace of the policy; `undefined` for one of the whole cluster. */
  readonly namespace: string | undefined;
}

/** One end of a rule: those who match all that it asks for. */
export interface Entity {
  /** It asks for nothing: everybody matches. */
  readonly isAnybody: boolean;
  /** Alternatives of labels, in each of which all must hold, of pods and sets of networks; `undefined` for any pod. */
  readonly pods: readonly (readonly Requirement[])[] | undefined;
  /** Addresses outside that match. */
  readonly ranges: readonly AddressRange[];
  /** Whether addresses decide too, so that of pods nobody knows. */
  readonly hasNets: boolean;
  /** Addresses that match whoever has them, pods and nodes too; empty where labels have a say as well. */
  readonly held: readonly AddressRange[];
  /** Whether labels decide, so that no address that is in no set matches. */
  readonly isSelecting: boolean;
  /** The Service whose ports are meant. */
  readonly service: Service | undefined;
  /** Why nobody knows whom it means; `undefined` where somebody does. */
  readonly doubt: string | undefined;
}

const KEYS = [
  'selector',
  'notSelector',
  'namespaceSelector',
  'serviceAccounts',
  'services',
  'nets',
  'notNets',
  'ports',
  'notPorts',
  'domains',
];

/** Reads `source` or `destination` of a rule. */
export function readEntity(field: Field, context: EntityContext): Entity {
  const unknown = field.unknownKeys(KEYS);
  const positive = readLabels(field, context);
  const notSelector = readExpression(field.get('notSelector'));
  const hasNotSelector = field.get('notSelector').isGiven && field.get('notSelector').value !== '';
  const all: Expression[] = [...positive, ...(hasNotSelector ? [{ kind: 'not', of: notSelector } as const] : [])];
  const nets = field.get('nets').items();
  const notNets = field.get('notNets').items();
  const hasNets = nets.length + notNets.length > 0;
  const { service, doubt } = readService(field.get('services'), context);
  const isSelecting = positive.length > 0;
  const within = (ranges: readonly AddressRange[], holes: readonly AddressRange[]) =>
    ranges.flatMap((range) => without(range, common([range], holes)));
  const inSets = (expression: Expression) =>
    setsOf(expanded(field, expression), context).flatMap(({ ranges }) => ranges);
  const base = isSelecting ? inSets({ kind: 'and', of: positive }) : EVERY_ADDRESS;
  const wanted = nets.length === 0 ? EVERY_ADDRESS : nets.flatMap(readBlock);
  const holes = [...notNets.flatMap(readBlock), ...(hasNotSelector ? inSets(notSelector) : [])];
  const ranges = service === undefined ? within(common(base, wanted), holes) : [];
  const isByAddress = hasNets ? all.length === 0 : isSelecting && !hasNotSelector;
  // Who leaves out IPv4 addresses alone means pods by these: that IPv6 is all there says nothing of a pod that has none.
  const excluded = notNets.flatMap(readBlock).map(({ start }) => start < IPV6_START);
  const isAbout = (start: bigint) => nets.length > 0 || notNets.length === 0 || excluded.includes(start < IPV6_START);
  return {
    isAnybody: all.length === 0 && !hasNets && !field.get('services').isGiven && !field.get('domains').isGiven,
    pods: all.length === 0 ? undefined : expanded(field, { kind: 'and', of: all }),
    ranges,
    hasNets,
    held: isByAddress ? ranges.filter(({ start }) => isAbout(start)) : [],
    isSelecting,
    service,
    doubt: doubt ?? (field.get('domains').isGiven ? 'domains' : unknown[0]),
  };
}

/** What selectors ask for that must match: namespaces, labels, service accounts. */
function readLabels(field: Field, { namespace }: EntityContext): Expression[] {
  const given = (key: string) => field.get(key).isGiven && field.get(key).value !== '';
  const accounts = field.get('serviceAccounts');
  accounts.checkKeys(['names', 'selector']);
  const labels: Expression[] = given('selector') ? [readExpression(field.get('selector'))] : [];
  const names = accounts
    .get('names')
    .items()
    .map(({ value }) => String(value));
  if (names.length > 0) {
    labels.push({ kind: 'is', key: SERVICE_ACCOUNT, operator: 'In', values: names });
  }
  const ofAccount = accounts.get('selector');
  if (ofAccount.isGiven && ofAccount.value !== '') {
    labels.push(prefixed(readExpression(ofAccount), SERVICE_ACCOUNT_PREFIX));
  }
  if (given('namespaceSelector')) {
    return [...labels, namespaceExpression(readExpression(field.get('namespaceSelector')))];
  }
  const isLimited = namespace !== undefined && (labels.length > 0 || given('notSelector'));
  return isLimited ? [...labels, { kind: 'is', key: NAMESPACE, operator: 'In', values: [namespace] }] : labels;
}

/**
 * A selector of namespaces, by the labels that Calico gives to what is in one: `all()` means everything that is in a namespace.
 * What is in none, a GlobalNetworkSet, has none of these labels, and so `team != 'a'` means it too.
 */
export function namespaceExpression(expression: Expression): Expression {
  switch (expression.kind) {
    case 'all':
      return { kind: 'is', key: NAMESPACE, operator: 'Exists', values: [] };
    case 'global':
      return expression;
    case 'is':
      return prefixed(expression, NAMESPACE_PREFIX);
    case 'not':
      return { kind: 'not', of: namespaceExpression(expression.of) };
    default:
      return { kind: expression.kind, of: expression.of.map(namespaceExpression) };
  }
}

/** Reads a selector; one that is none is reported, and matches everything. */
export function readExpression(field: Field): Expression {
  if (field.isGiven && typeof field.value !== 'string') {
    field.wrong('bad-selector', 'give a selector of Calico in quotes, such as "role == \'db\'"');
    return { kind: 'all' };
  }
  try {
    return parseExpression((field.value as string | undefined) ?? '');
  } catch (error) {
    if (!(error instanceof SelectorError)) {
      throw error;
    }
    field.wrong('bad-selector', error.message);
    return { kind: 'all' };
  }
}

/** The alternatives of an expression; too many are reported. */
export function expanded(field: Field, expression: Expression): readonly (readonly Requirement[])[] {
  try {
    return alternatives(expression);
  } catch (error) {
    if (!(error instanceof SelectorError)) {
      throw error;
    }
    field.report('bad-selector', `${field.place}: ${error.message}`);
    return [[]];
  }
}

function setsOf(wanted: readonly (readonly Requirement[])[], { sets }: EntityContext): readonly NetworkSet[] {
  return sets.filter(({ labels }) => wanted.some((selector) => matches(selector, labels)));
}

function common(a: readonly AddressRange[], b: readonly AddressRange[]): readonly AddressRange[] {
  return a.flatMap((one) =>
    b.flatMap((other) => {
      const start = one.start > other.start ? one.start : other.start;
      const end = one.end < other.end ? one.end : other.end;
      return start < end ? [{ start, end }] : [];
    }),
  );
}

function readService(field: Field, { services, namespace }: EntityContext): Pick<Entity, 'service' | 'doubt'> {
  if (!field.isGiven) {
    return { service: undefined, doubt: undefined };
  }
  field.checkKeys(['name', 'namespace']);
  const name = field.get('name').value;
  const where = field.get('namespace').value ?? namespace ?? 'default';
  const service = services.find((one) => one.name === name && one.namespace === where);
  return service === undefined || service.selector.size === 0
    ? { service: undefined, doubt: `the endpoints of Service ${where}/${name}` }
    : { service, doubt: undefined };
}
