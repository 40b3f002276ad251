import type { AddressRange } from './addresses';
import { NONE, type PortSet, type PortSets } from './engine/port-sets';
import type { Pod, Rule } from './model';

/** One end of a connection: a pod, or addresses outside. */
export type End = Pod | AddressRange;

/** Whether an end is a pod. */
export function isPod(end: End): end is Pod {
  return 'labels' in end;
}

/** What a rule opens at the end that is connected to: names stand for the ports of a pod that has them. */
export function portsAt({ ports }: Pick<Rule, 'ports'>, receiver: End, sets: PortSets): PortSet {
  return isPod(receiver) && !receiver.onNode
    ? ports.names.reduce((open, name) => sets.union(open, receiver.namedPorts.get(name) ?? NONE), ports.numbers)
    : ports.numbers;
}
