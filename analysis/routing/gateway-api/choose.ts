import type { Manifest } from '../../manifest';
import type { Findings } from '../problems';
import { GATEWAY_GROUP } from './objects';

/** The Gateways of some manifests. */
export function gatewaysOf(manifests: readonly Manifest[]): readonly Manifest[] {
  return manifests.filter(({ kind, group }) => kind === 'Gateway' && group === GATEWAY_GROUP);
}

/** `namespace/name`. */
export function keyOf({ namespace = 'default', name }: Manifest): string {
  return `${namespace}/${name}`;
}

/** The Gateway to serve: the one that was named, or the only one there is. */
export function chosenGateway(
  gateways: readonly Manifest[],
  wanted: string | undefined,
  findings: Findings,
): Manifest | undefined {
  const known = gateways.map((gateway) => JSON.stringify(keyOf(gateway))).sort();
  const refuse = (code: 'unknown-gateway' | 'several-gateways', message: string) =>
    findings.problems.push({ code, file: '', line: 0, message });
  if (wanted === undefined) {
    if (gateways.length > 1) {
      refuse('several-gateways', `there are the Gateways ${known.join(', ')}; choose one`);
      return undefined;
    }
    return gateways[0];
  }
  const found = gateways.find((gateway) => keyOf(gateway) === wanted);
  if (found === undefined) {
    const there = known.length === 0 ? 'there is none' : `there are ${known.join(', ')}`;
    refuse('unknown-gateway', `no Gateway is ${JSON.stringify(wanted)}, as NAMESPACE/NAME; ${there}`);
  }
  return found;
}
