import type { Manifest } from '../../manifest';
import { isNear } from '../../manifest/near';
import { GATEWAY_GROUP } from '../../routing/gateway-api/objects';
import type { Facts } from './facts';

/**
 * The objects that may be meant by the name of a parent that there is not: of nearly that name in the same namespace, or of
 * the same name in another one.
 *
 * @param wanted `Gateway infra/web`
 */
export function nearParents(facts: Facts, wanted: string): readonly Manifest[] {
  const [, kind = '', namespace = '', name = ''] = /^(\S+) (.*)\/(.*)$/.exec(wanted) ?? [];
  const there = facts.of(`${kind === 'Service' ? '' : GATEWAY_GROUP}/${kind}`);
  return there.filter((one) =>
    (one.namespace ?? 'default') === namespace ? isNear(one.name, name) : one.name === name,
  );
}
