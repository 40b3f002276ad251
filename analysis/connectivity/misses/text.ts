import { policyText } from '../explanation';
import { addressText } from './addresses';
import { labelText } from './labels';
import { type Fault, type Miss, missPlace } from './miss';
import { namespaceText } from './namespaces';
import { portText } from './ports';
import { selectionText } from './selection';

/**
 * A miss in one line, e.g. `nearest: ingress rule 2, from[1] of NetworkPolicy shop/db: it opens TCP 5432`.
 *
 * @param from the end that connects, in words
 * @param to the end that is connected to, in words
 */
export function missText(miss: Miss, from: string, to: string): string {
  return `${missPlace(miss)} of ${policyText(miss.policy)}: ${faultsText(miss, from, to)}`;
}

/** What is wrong with a rule, in words. */
export function faultsText({ direction, faults }: Miss, from: string, to: string): string {
  const [end, peer] = direction === 'ingress' ? [to, from] : [from, to];
  return faults.map((fault) => faultText(fault, end, peer, to)).join('; and ');
}

function faultText(fault: Fault, end: string, peer: string, receiver: string): string {
  switch (fault.kind) {
    case 'ports':
    case 'port-name':
    case 'service-port':
      return portText(fault, receiver);
    case 'pod-label':
      return labelText(fault, peer);
    case 'own-namespace':
    case 'namespace-label':
    case 'namespace-unknown':
      return namespaceText(fault, peer);
    case 'ip-block':
    case 'block-for-nodes':
    case 'block-for-pods':
    case 'unknown-address':
    case 'host-network':
      return addressText(fault, peer);
    case 'policy-label':
    case 'policy-namespace':
      return selectionText(fault, end);
  }
}
