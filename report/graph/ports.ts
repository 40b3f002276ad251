import type { PortRange, Ports } from '../../analysis/connectivity';

/** The ports that are among both. */
export function commonPorts(a: Ports, b: Ports): Ports {
  if (a === 'all' || b === 'all') {
    return a === 'all' ? b : a;
  }
  const common: PortRange[] = [];
  for (const one of a) {
    for (const other of b) {
      const [from, to] = [Math.max(one.from, other.from), Math.min(one.to, other.to)];
      if (one.protocol === other.protocol && from <= to) {
        common.push({ protocol: one.protocol, from, to });
      }
    }
  }
  return common;
}

/** Ports as a key: the same text for the same ports. */
export function portsKey(ports: Ports): string {
  return ports === 'all' ? ports : ports.map(({ protocol, from, to }) => `${protocol}${from}-${to}`).join();
}

/** Ports on a line, where there is little room: TCP is not named, and of many the first are. */
export function portsLabel(ports: Ports): string {
  if (ports === 'all') {
    return 'all ports';
  }
  const texts = [...ports]
    .sort((a, b) => Number(a.protocol !== 'TCP') - Number(b.protocol !== 'TCP'))
    .map(({ protocol, from, to }) => {
      const numbers = from === 1 && to === 65535 ? 'all' : from === to ? `${from}` : `${from}-${to}`;
      return protocol === 'TCP' && numbers !== 'all' ? numbers : `${protocol} ${numbers}`;
    });
  const shown = texts.length > 3 ? [...texts.slice(0, 2), `+${texts.length - 2}`] : texts;
  return shown.join(', ');
}
