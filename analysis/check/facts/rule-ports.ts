import type { PolicyPortFacts, RuleFacts } from './policies';
import type { WorkloadFacts } from './workloads';

/** A port of pods. */
export interface PodPort {
  readonly protocol: string;
  readonly number: number;
}

/** Whether the ports of a rule hold one; names are those of the workload that listens, if it is known. */
export function ruleHasPort({ ports }: RuleFacts, wanted: PodPort, listener?: WorkloadFacts): boolean {
  return ports === undefined || ports.some((port) => hasPort(port, wanted, listener));
}

function hasPort({ protocol, port, end }: PolicyPortFacts, wanted: PodPort, listener?: WorkloadFacts): boolean {
  if (protocol !== wanted.protocol) {
    return false;
  }
  if (port === undefined) {
    return true;
  }
  return typeof port === 'number'
    ? port <= wanted.number && wanted.number <= (end ?? port)
    : (listener?.containers ?? [])
        .flatMap(({ ports }) => ports)
        .some((own) => own.name === port && own.protocol === protocol && own.number === wanted.number);
}

/** Whether a rule opens every port that another opens. Names are compared as names. */
export function coversPorts(broad: RuleFacts, narrow: RuleFacts): boolean {
  return (
    broad.ports === undefined ||
    (narrow.ports?.every((wanted) => broad.ports?.some((port) => coversPort(port, wanted))) ?? false)
  );
}

function coversPort(broad: PolicyPortFacts, narrow: PolicyPortFacts): boolean {
  if (broad.protocol !== narrow.protocol) {
    return false;
  }
  if (broad.port === undefined || (broad.port === narrow.port && broad.end === narrow.end)) {
    return true;
  }
  return (
    typeof broad.port === 'number' &&
    typeof narrow.port === 'number' &&
    broad.port <= narrow.port &&
    (narrow.end ?? narrow.port) <= (broad.end ?? broad.port)
  );
}

/** A port of a rule as people write it: `TCP 80`, `TCP 8000-9000`, `UDP dns`, `TCP`. */
export function policyPortText({ protocol, port, end }: PolicyPortFacts): string {
  return `${protocol}${port === undefined ? '' : ` ${port}`}${end === undefined ? '' : `-${end}`}`;
}

/** The ports of a rule as people write them; `all ports` where it names none. */
export function rulePortsText({ ports }: RuleFacts): string {
  return ports === undefined ? 'all ports' : ports.map(policyPortText).join(', ');
}
