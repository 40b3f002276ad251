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

/**
 * The Gateway to serve, `namespace/name`: the one that was named, or the only one there is.
 *
 * @param missing those that are not among the manifests, though routes name them
 */
export function chosenGateway(
  gateways: readonly string[],
  missing: readonly string[],
  wanted: string | undefined,
  findings: Findings,
): string | undefined {
  const known = gateways.map((key) => JSON.stringify(key)).sort();
  const refuse = (code: 'unknown-gateway' | 'several-gateways', message: string) =>
    findings.problems.push({ code, file: '', line: 0, message });
  if (wanted === undefined) {
    if (gateways.length > 1) {
      refuse('several-gateways', `there are the Gateways ${known.join(', ')}; choose one`);
      return undefined;
    }
    return gateways[0];
  }
  if (!gateways.includes(wanted)) {
    const there = known.length === 0 ? 'there is none' : `there are ${known.join(', ')}`;
    const named = missing.includes(wanted) ? '; routes name it: --assume-gateway takes it as there' : '';
    refuse('unknown-gateway', `no Gateway is ${JSON.stringify(wanted)}, as NAMESPACE/NAME; ${there}${named}`);
    return undefined;
  }
  return wanted;
}
