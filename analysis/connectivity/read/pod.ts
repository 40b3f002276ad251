import { isMapping } from '../../manifest/value';
import { parseAddress } from '../addresses';
import { NONE, type PortSet, type PortSets } from '../engine/port-sets';
import { type Pod, portKey } from '../model';
import type { Field } from './field';
import { readLabels } from './labels';
import { networksOf } from './others/networks';
import { checkPortName, checkPortNumber, isPort, readServedProtocol } from './ports';
import { readServed } from './served';

/** What a reader of pods has to know. */
export interface PodContext {
  readonly sets: PortSets;
  /** Whether pods with `hostNetwork: true` count as their node. */
  readonly hostIsNode: boolean;
  /** Named ports of containers without a number: whether an answer rests on one is known when all is read. */
  readonly unnumbered: Unnumbered[];
}

/** A named port of a container, as `portKey` writes it, and where its number should stand. */
export interface Unnumbered {
  readonly key: string;
  readonly number: Field;
}

/** Reads a pod, or the template of one: anything with `metadata` and `spec`. */
export function readPod(
  field: Field,
  namespace: string,
  extraLabels: ReadonlyMap<string, string>,
  context: PodContext,
): Pod {
  const labels = readLabels(field.mappingAt('metadata').get('labels'));
  const spec = field.mappingAt('spec');
  const hostNetwork = spec.get('hostNetwork');
  if (hostNetwork.isGiven && typeof hostNetwork.value !== 'boolean') {
    hostNetwork.wrong('bad-shape', 'give true or false');
  }
  return {
    namespace,
    labels: new Map([...labels, ...extraLabels]),
    ...readNamedPorts(spec, context),
    ...readPlace(field, hostNetwork.value === true),
    onNode: hostNetwork.value === true && context.hostIsNode,
    serviceAccount: accountOf(spec),
    ...furtherNetworks(field, namespace),
    serves: readServed(spec),
  };
}

function furtherNetworks(field: Field, namespace: string): Pick<Pod, 'networks'> {
  const networks = networksOf(field.get('metadata').get('annotations').value, namespace);
  return networks.length === 0 ? {} : { networks };
}

function accountOf(spec: Field): string | undefined {
  const { value } = spec.get('serviceAccountName').isGiven
    ? spec.get('serviceAccountName')
    : spec.get('serviceAccount');
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Where a pod of a running cluster is. */
function readPlace(field: Field, isOnHost: boolean): Pick<Pod, 'addresses' | 'nodeName'> {
  const { status, spec } = isMapping(field.value) ? field.value : {};
  const texts = isMapping(status)
    ? [status.podIP, ...listOf(status.podIPs), ...(isOnHost ? [status.hostIP, ...listOf(status.hostIPs)] : [])]
    : [];
  const addresses = texts.flatMap((text) => {
    const ip = isMapping(text) ? text.ip : text;
    return typeof ip === 'string' ? (parseAddress(ip) ?? []) : [];
  });
  const nodeName = isMapping(spec) && typeof spec.nodeName === 'string' ? spec.nodeName : undefined;
  return { ...(addresses.length > 0 && { addresses: [...new Set(addresses)] }), ...(nodeName && { nodeName }) };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/**
 * The names that containers give to their ports. Init containers that keep running are containers too, behind all others.
 * A name that several containers give stands for all of their ports in a policy, and for the first of them in a Service.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
 */
function readNamedPorts(
  spec: Field,
  { sets, unnumbered }: PodContext,
): Pick<Pod, 'namedPorts' | 'targetPorts' | 'listens'> {
  const sidecars = spec
    .get('initContainers')
    .mappings('give a mapping')
    .filter((container) => container.get('restartPolicy').value === 'Always');
  const namedPorts = new Map<string, PortSet>();
  const targetPorts = new Map<string, number>();
  const listens = new Set<string>();
  // The interfaces of a virtual machine tell its ports as containers do.
  const interfaces = spec.get('domain').get('devices').get('interfaces').mappings('give a mapping');
  const holders = [
    ...[...spec.get('containers').mappings('give a mapping'), ...sidecars].map((holder) => [holder, 'containerPort']),
    ...interfaces.map((holder) => [holder, 'port']),
  ] as [Field, string][];
  for (const [container, numberKey] of holders) {
    for (const port of container.get('ports').mappings(`give a mapping with ${numberKey}`)) {
      const protocol = readServedProtocol(port.get('protocol'));
      const number = port.get(numberKey);
      const name = port.get('name');
      // Without a name, nothing can rest on a port of a container: a pod may listen on others as well.
      const isNamed = name.isGiven && name.value !== '';
      if (isNamed && !isPort(number.value)) {
        unnumbered.push({ key: portKey(protocol, String(name.value)), number });
        continue;
      }
      if (!checkPortNumber(number, 'tolerable')) {
        continue;
      }
      listens.add(`${protocol}/${number.value}`);
      if (!isNamed || !checkPortName(name)) {
        continue;
      }
      const key = portKey(protocol, name.value as string);
      const value = number.value as number;
      namedPorts.set(key, sets.union(namedPorts.get(key) ?? NONE, sets.range(protocol, value, value)));
      targetPorts.set(key, targetPorts.get(key) ?? value);
    }
  }
  return { namedPorts, targetPorts, listens };
}
