import { covers } from '../routing/gateway-api/hostnames';
import type { HostClass } from './hosts';
import { type AcceptedName, NAMED_DIFFERENCES, type NamedDifference } from './names';

const HOST = /^(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

const EXAMPLE = 'wildcard-labels=*.example.com';

/** A difference that does not count, taken apart. */
export interface AcceptedPart {
  readonly name: NamedDifference;
  /** `undefined` for every host. */
  readonly host: string | undefined;
}

/** Takes apart what does not count; the advice says what to give instead of what is no such thing. */
export function acceptedPart(text: string): AcceptedPart | { readonly advice: string } {
  const [, name, host] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
  const known = NAMED_DIFFERENCES.find((one) => one === name);
  if (known === undefined) {
    return { advice: `give ${NAMED_DIFFERENCES.join(', ')}; or one of them for some hosts, such as ${EXAMPLE}` };
  }
  if (host !== undefined && known === 'settings') {
    return { advice: 'settings are of no host; give settings alone' };
  }
  return host === undefined || HOST.test(host)
    ? { name: known, host }
    : { advice: `give a host behind the name, such as ${EXAMPLE} or ${known}=shop.example.com` };
}

/** Which differences count under which hosts. */
export class Acceptance {
  private readonly parts: readonly AcceptedPart[];
  /** What does not count under any host. */
  private readonly general: ReadonlySet<NamedDifference>;
  private readonly sets = new Map<string, ReadonlySet<NamedDifference>>();

  /** @throws RangeError for what is no name of a difference, and for a host that is none */
  constructor(accept: readonly AcceptedName[]) {
    this.parts = accept.map((text) => {
      const part = acceptedPart(text);
      if ('advice' in part) {
        throw new RangeError(`accept is ${JSON.stringify(text)}; ${part.advice}`);
      }
      return part;
    });
    this.general = new Set(this.parts.flatMap(({ name, host }) => (host === undefined ? [name] : [])));
  }

  /** Whether a difference does not count, under whatever host. */
  has(name: NamedDifference): boolean {
    return this.parts.some((part) => part.name === name);
  }

  /** The differences that do not count under hosts; the same set for the same differences. */
  at(hosts: Pick<HostClass, 'host' | 'isExact' | 'name'>): ReadonlySet<NamedDifference> {
    if (this.general.size === this.parts.length) {
      return this.general;
    }
    const names = this.parts.filter(({ host }) => host === undefined || isWithin(hosts, host)).map(({ name }) => name);
    const key = names.join();
    const set = this.sets.get(key) ?? new Set(names);
    this.sets.set(key, set);
    return set;
  }
}

/** Whether all hosts of a class are those that a name stands for. */
function isWithin({ host, isExact, name }: Pick<HostClass, 'host' | 'isExact' | 'name'>, wide: string): boolean {
  return isExact ? covers(wide, host) : name !== null && covers(wide, name);
}
