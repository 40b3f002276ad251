import { ADDRESSES_END, type AddressRange, IPV6_START, without } from '../addresses';
import { SOMEBODY } from '../bounds';
import { NONE, type PortSet } from '../engine/port-sets';
import type { Explainer } from '../explain';
import type { Pod, Rule } from '../model';
import { includesPort, type Port } from '../ports';
import type { Model } from '../read/read';
import { reason } from '../why';
import type { Entrance } from './entrances';

/** Whether something gets to a port of a pod; `null` where manifests cannot tell. */
export interface Reached {
  readonly reachable: boolean | null;
  readonly why: string;
}

const FAMILIES: readonly AddressRange[] = [
  { start: 0n, end: IPV6_START },
  { start: IPV6_START, end: ADDRESSES_END },
];

/** Asks the policies of pods about everything from which requests may come. */
export class Reach {
  constructor(
    private readonly explainer: Explainer,
    private readonly sets: Model['sets'],
    /** Policies that apply to proxies of Cilium, and may stop what they forward. */
    private readonly ofProxies: readonly string[],
  ) {}

  /** @param to what the pods are called */
  ask(entrance: Entrance, pod: Pod, port: Port, to: string): Reached {
    const { from } = entrance;
    switch (from.kind) {
      case 'pods':
        return from.pods.length === 0
          ? this.anybody(entrance, pod, port, to)
          : this.throughProxies(entrance, this.fromPods(entrance, pod, port, to));
      case 'addresses':
        return this.fromAddresses(entrance, pod, port, to);
      case 'anybody':
        return this.anybody(entrance, pod, port, to);
    }
  }

  /** What comes through proxies of Cilium may be stopped at these. */
  private throughProxies({ from, text }: Entrance, reached: Reached): Reached {
    const { ofProxies } = this;
    return ofProxies.length > 0 &&
      reached.reachable !== false &&
      from.kind === 'pods' &&
      from.pods.some((one) => one.isProxy)
      ? { reachable: null, why: `whether ${ofProxies.join(', ')} lets requests in at ${text} is not evaluated` }
      : reached;
  }

  private fromPods(entrance: Entrance, pod: Pod, port: Port, to: string): Reached {
    const { from, text } = entrance;
    const { bounds } = this.explainer;
    const asked = (from.kind === 'pods' ? from.pods : []).map((source) => {
      const { least, most } = bounds.between(source, pod);
      const verdicts = this.explainer.verdicts(source, pod, port);
      return { verdicts, isSure: this.includes(least, port), mayBe: this.includes(most, port) };
    });
    const best = (asked.find(({ isSure }) => isSure) ??
      asked.find(({ mayBe }) => mayBe) ??
      asked[0]) as (typeof asked)[number];
    if (best.mayBe && !best.isSure) {
      const who = bounds.allOf(pod).join(', ') || 'the policies of the controller';
      return { reachable: null, why: `${who}: whether ${text} gets in hangs on what is not in the manifests` };
    }
    const { egress, ingress } = best.verdicts;
    const why = reason({ egress, ingress, port, from: text, to, allowed: best.isSure });
    const isGuess = from.kind === 'pods' && from.isGuess;
    if (best.isSure || !isGuess) {
      return { reachable: best.isSure, why };
    }
    const { reachable } = this.anybody(entrance, pod, port, to);
    return { reachable: reachable === false ? false : null, why };
  }

  private includes(ports: PortSet, port: Port): boolean {
    return ports !== NONE && includesPort(this.sets.portsOf(ports), port);
  }

  /** Somebody of whom nothing is known gets in where everybody does, and not where nobody does. */
  private anybody({ text }: Entrance, pod: Pod, port: Port, to: string): Reached {
    const others = this.explainer.bounds.othersOf(pod);
    if (others.length > 0) {
      const { least, most } = this.explainer.bounds.between(SOMEBODY, pod);
      return this.includes(least, port) || !this.includes(most, port)
        ? this.asOutside(pod, port, to, text, this.includes(least, port))
        : {
            reachable: null,
            why: `${this.explainer.bounds.allOf(pod).join(', ')} decide; whether ${text} gets in can't be told`,
          };
    }
    const rules = this.explainer.ingressRules(pod, port);
    if (rules === undefined || rules.some(({ rule }) => rule.everybody) || rules.length === 0) {
      return this.asOutside(pod, port, to, text, rules === undefined || rules.length > 0);
    }
    const who = [...new Set(rules.map(({ policy }) => policy))].join(', ');
    return {
      reachable: null,
      why: `${who} ${rules.length === 1 ? 'lets' : 'let'} some in; whether ${text} is among them can't be told`,
    };
  }

  /** Words for a way that is open to everybody or to nobody: those for any address. */
  private asOutside(pod: Pod, port: Port, to: string, from: string, allowed: boolean): Reached {
    const { egress, ingress } = this.explainer.verdicts(FAMILIES[0] as AddressRange, pod, port);
    return { reachable: allowed, why: reason({ egress, ingress, port, from, to, allowed }) };
  }

  private fromAddresses({ from, text }: Entrance, pod: Pod, port: Port, to: string): Reached {
    if (from.kind !== 'addresses') {
      throw new RangeError(`${text} does not come from addresses`);
    }
    if (this.explainer.bounds.othersOf(pod).length > 0) {
      return this.fromAddressesInOrder(from, text, pod, port, to);
    }
    const rules = this.explainer.ingressRules(pod, port);
    const blocks = rules?.filter(({ rule }) => rule.addresses.length > 0) ?? [];
    if (rules === undefined || rules.some(({ rule }) => rule.everybody)) {
      return this.asOutside(pod, port, to, text, true);
    }
    if (blocks.length === 0) {
      return this.asOutside(pod, port, to, text, false);
    }
    const who = `${[...new Set(blocks.map(({ policy }) => policy))].join(', ')} ${blocks.length === 1 ? 'lets' : 'let'}`;
    const open = blocks.flatMap(({ rule }) => rule.addresses);
    const shares = shareOf(from.ranges ?? FAMILIES, open);
    if (shares === 'all') {
      return { reachable: true, why: `${who} ${familyOf(from.ranges, open)} in (${placesOf(blocks)})` };
    }
    if (shares === 'none' && from.ranges !== undefined && !from.isNode) {
      return { reachable: false, why: `${who} addresses in, but none of those of ${text}` };
    }
    if (from.isBalancer) {
      return {
        reachable: null,
        why: `${who} the addresses of its ipBlock in (${placesOf(blocks)}); whether those of ${text} are among them is not in the manifests`,
      };
    }
    return from.isNode
      ? {
          reachable: null,
          why: `${who} some addresses in (${placesOf(blocks)}); a Service that does not keep the addresses of clients (externalTrafficPolicy: Cluster) may show that of a node instead`,
        }
      : { reachable: true, why: `${who} some addresses in (${placesOf(blocks)})` };
  }

  /** The same where policies are asked in order, so that what is open is not what rules allow together. */
  private fromAddressesInOrder(
    from: Extract<Entrance['from'], { kind: 'addresses' }>,
    text: string,
    pod: Pod,
    port: Port,
    to: string,
  ): Reached {
    const { bounds } = this.explainer;
    const cuts = bounds.cuts(pod).map((range) => ({ range, ...bounds.between(range, pod) }));
    const open = (which: 'least' | 'most') =>
      cuts.filter((cut) => this.includes(cut[which], port)).map(({ range }) => range);
    const wanted = from.ranges ?? FAMILIES;
    const [least, most] = [shareOf(wanted, open('least')), shareOf(wanted, open('most'))];
    const who = bounds.allOf(pod).join(', ');
    const mayBeOther = from.isNode === true || (from.isBalancer === true && from.ranges === undefined);
    if (least === 'all' && (!mayBeOther || FAMILIES.every((family) => shareOf([family], open('least')) !== 'some'))) {
      return this.asOutside(pod, port, to, text, true);
    }
    if (open('most').length === 0) {
      // Nodes and balancers come by addresses too, and these are all shut out.
      return this.asOutside(pod, port, to, text, false);
    }
    if (mayBeOther || least !== most) {
      return {
        reachable: null,
        why: `${who} let some addresses in; whether those of ${text} are among them can't be told`,
      };
    }
    return least === 'none'
      ? { reachable: false, why: `${who} let addresses in, but none of those of ${text}` }
      : from.isBalancer
        ? { reachable: null, why: `${who} let some of the addresses of ${text} in` }
        : { reachable: true, why: `${who} let some addresses in` };
  }
}

function placesOf(rules: readonly { readonly rule: Rule }[]): string {
  return [...new Set(rules.map(({ rule }) => `ingress rule ${rule.index + 1}`))].join(', ');
}

/** How much of some addresses is open; of two families, the one that is more open counts. */
function shareOf(wanted: readonly AddressRange[], open: readonly AddressRange[]): 'all' | 'some' | 'none' {
  const shares = FAMILIES.map((family) => {
    const own = wanted.filter(({ start }) => start >= family.start && start < family.end);
    const left = own.flatMap((range) => without(range, open));
    return own.length === 0 || sizeOf(left) === sizeOf(own) ? 'none' : left.length === 0 ? 'all' : 'some';
  });
  return shares.find((share) => share === 'all') ?? shares.find((share) => share === 'some') ?? 'none';
}

/** Which addresses are open that somebody may have; those of one family where the other is not open as a whole. */
function familyOf(wanted: readonly AddressRange[] | undefined, open: readonly AddressRange[]): string {
  const isOpen = FAMILIES.map((family) => shareOf([family], open) === 'all');
  return wanted !== undefined || isOpen.every(Boolean)
    ? 'these addresses'
    : `every ${isOpen[0] ? 'IPv4' : 'IPv6'} address`;
}

function sizeOf(ranges: readonly AddressRange[]): bigint {
  return ranges.reduce((size, { start, end }) => size + end - start, 0n);
}
