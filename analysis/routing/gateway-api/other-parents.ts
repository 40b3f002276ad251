import type { Cursor } from '../cursor';
import type { NotServedReason } from '../problems';
import type { ParentsOfSets } from './listener-sets';
import { GATEWAY_GROUP, type OtherParent } from './objects';

/** The kinds of a group that can be parents, where the group is one of Kubernetes or of the Gateway API. */
const PARENTS = new Map([
  [GATEWAY_GROUP, ['Gateway', 'ListenerSet']],
  ['', ['Service']],
]);

/** As Linkerd writes the group of Services. */
const CORE = 'core';

/** What a route names as parents besides Gateways. What is wrong there was told by who read those. */
export function readOtherParents(list: Cursor, ownNamespace: string, sets: ParentsOfSets = new Map()): OtherParent[] {
  return (Array.isArray(list.value) ? list.items() : []).flatMap((ref): OtherParent[] => {
    const [given, { value: kind = 'Gateway' }, { value: name }] = [ref.get('group'), ref.get('kind'), ref.get('name')];
    const group = given.value === CORE ? '' : (given.value ?? GATEWAY_GROUP);
    if (typeof name !== 'string' || typeof kind !== 'string' || typeof group !== 'string') {
      return [];
    }
    const namespace = ref.get('namespace').value || ownNamespace;
    const isOurs = group === GATEWAY_GROUP;
    const set = isOurs && kind === 'ListenerSet' ? `${namespace}/${name}` : '';
    if ((isOurs && kind === 'Gateway') || sets.get(set) !== undefined) {
      return [];
    }
    const isService = kind === 'Service' && group === '';
    const isMissing = set !== '' && !sets.has(set);
    return [
      {
        name: `${kind} ${namespace}/${name}`,
        isService,
        isMissing,
        wrong: set !== '' && !isMissing ? 'which names no Gateway as its parent' : wrongKind(group, kind),
        at: ref.at,
      },
    ];
  });
}

/** Why there is no such parent, whoever serves routes. */
function wrongKind(group: string, kind: string): string | undefined {
  if (PARENTS.get(group)?.includes(kind) ?? true) {
    return undefined;
  }
  const [home] = [...PARENTS].find(([, kinds]) => kinds.includes(kind)) ?? [];
  const advice = home === undefined ? '' : `; a ${kind} has group: ${home === '' ? '""' : home}`;
  return `a kind that the group ${JSON.stringify(group)} does not have${advice}`;
}

/** Why nobody can say that a route is served by what else it names as a parent, behind its name. */
export function whyUnread({ name, isService, isMissing, wrong }: OtherParent): {
  readonly what: string;
  readonly reason: NotServedReason;
} {
  if (isService) {
    const what = `is for requests of pods to the ${name}, which a mesh sends there and no Gateway sees`;
    return { what, reason: 'mesh' };
  }
  if (isMissing) {
    return { what: `is attached to the ${name}, which is not among the manifests`, reason: 'parent-missing' };
  }
  return wrong === undefined
    ? { what: `is attached to the ${name}, which only who knows its kind serves`, reason: 'parent-unread' }
    : { what: `is attached to the ${name}, ${wrong}`, reason: 'parent-wrong' };
}
