import { type Ports, portsText } from '../analysis/connectivity/ports';

/** Ports as they stand in a sentence: `all ports`, `TCP 80`. */
export function portsWords(ports: Ports): string {
  return ports === 'all' ? 'all ports' : portsText(ports);
}
