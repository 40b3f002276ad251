import { Field, type Problems } from '../../connectivity/read/field';
import { readSelector } from '../../connectivity/read/selector';
import type { Selector } from '../../connectivity/selector';
import type { Manifest } from '../../manifest';
import { Cursor } from '../cursor';
import type { Findings } from '../problems';
import { GATEWAY_GROUP, type Gateway, type GatewayListener, type ListenerTls } from './objects';
import { readHostname, readRef } from './values';

const KNOWN = ['HTTP', 'HTTPS', 'TLS', 'TCP', 'UDP'];

/**
 * Reads a Gateway with the checks of an API server. What it would refuse is reported and left out.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#gateway
 */
export function readGateway(manifest: Manifest, findings: Findings): Gateway {
  const { namespace = 'default', name } = manifest;
  const spec = Cursor.of(manifest, findings, 'spec').mapping();
  const className = spec.get('gatewayClassName').neededText('bad-shape', 'give the name of a GatewayClass');
  const listeners = readListeners(spec.get('listeners'), manifest, findings);
  const sets = spec.get('allowedListeners').mapping().get('namespaces').mapping();
  const allowed = readFrom(sets, manifest, findings, ['All', 'Selector', 'Same', 'None'] as const, 'None');
  const key = `${namespace}/${name}`;
  return { manifest, namespace, name, key, className: className ?? '', listeners, allowed, isAssumed: false };
}

/** Reads the listeners of a Gateway or ListenerSet. */
export function readListeners(list: Cursor, manifest: Manifest, findings: Findings): readonly GatewayListener[] {
  const items = list.items(64);
  if (items.length === 0) {
    list.wrong('bad-listener', 'holds no listener; give at least one');
  }
  const read = items.flatMap((item) => readListener(item, manifest, findings) ?? []);
  checkDistinct(items, read);
  return read;
}

function readListener(item: Cursor, manifest: Manifest, findings: Findings): GatewayListener | undefined {
  const listener = item.mapping();
  const name = listener.get('name').neededText('bad-listener', 'give a name that no other listener has');
  const portField = listener.get('port');
  const port = portField.whole('bad-listener', 1, 65535);
  if (!portField.isGiven) {
    portField.wrong('bad-listener', 'is missing; give a number from 1 to 65535');
  }
  const protocol = listener
    .get('protocol')
    .neededText('bad-listener', `give ${KNOWN.slice(0, -1).join(', ')} or ${KNOWN.at(-1)}`)
    ?.toUpperCase();
  const hostnameField = listener.get('hostname');
  const hostname = readHostname(hostnameField, { wildcard: true });
  if (name === undefined || port === undefined || protocol === undefined || hostname === undefined) {
    return undefined;
  }
  if ((protocol === 'TCP' || protocol === 'UDP') && hostname !== '') {
    hostnameField.wrong('bad-listener', `is ${JSON.stringify(hostname)}; leave it out for the protocol ${protocol}`);
  }
  const tls = readTls(listener.get('tls'), protocol, manifest);
  const allowed = listener.get('allowedRoutes').mapping();
  const from = readFrom(
    allowed.get('namespaces').mapping(),
    manifest,
    findings,
    ['All', 'Selector', 'Same'] as const,
    'Same',
  );
  return { name, port, protocol, hostname, tls, from, kinds: readKinds(allowed), at: listener.at };
}

function readTls(field: Cursor, protocol: string, { namespace = 'default' }: Manifest): ListenerTls | undefined {
  const tls = field.mapping();
  if (['HTTP', 'TCP', 'UDP'].includes(protocol)) {
    if (tls.isGiven) {
      tls.wrong('bad-listener', `is given for the protocol ${protocol}; leave it out, or use the protocol HTTPS`);
    }
    return undefined;
  }
  const modeField = tls.get('mode');
  const mode = modeField.choice('bad-listener', ['Terminate', 'Passthrough'] as const, 'Terminate');
  if (protocol === 'HTTPS' && mode === 'Passthrough') {
    modeField.wrong('bad-listener', 'is "Passthrough"; HTTPS takes Terminate only, or use the protocol TLS');
  }
  if (protocol === 'TLS' && !modeField.isGiven) {
    modeField.wrong('bad-listener', 'is missing; the protocol TLS needs Terminate or Passthrough');
  }
  const certificates = tls
    .get('certificateRefs')
    .items(64)
    .flatMap((item) => readRef(item, { kind: 'Secret', namespace }) ?? []);
  const options = tls.get('options').mapping().value;
  if (!tls.isGiven || mode === undefined) {
    return undefined;
  }
  if (mode === 'Terminate' && certificates.length === 0 && Object.keys(options ?? {}).length === 0) {
    tls.wrong('bad-listener', 'has no certificateRefs; name the Secret of a certificate');
  }
  return { mode, certificates };
}

/** Which namespaces are meant: one of some words, or those that a selector selects. */
function readFrom<From extends string>(
  field: Cursor,
  manifest: Manifest,
  findings: Findings,
  choices: readonly ('Selector' | From)[],
  byDefault: From,
): From | Selector {
  const from = field.get('from').choice('bad-listener', choices, byDefault);
  if (from !== 'Selector') {
    return (from as From | undefined) ?? byDefault;
  }
  const selector = field.get('selector').mapping();
  if (!selector.isGiven) {
    selector.wrong('bad-listener', 'is missing; from "Selector" needs one');
    return byDefault;
  }
  const problems: Problems = [];
  const read = readSelector(
    selector.at.reduce(
      (at: Field, step) => {
        return typeof step === 'number' ? (at.items()[step] as Field) : at.get(step);
      },
      Field.of(manifest, problems),
    ),
  );
  for (const { code, ...rest } of problems) {
    const known = code === 'bad-selector' || code === 'bad-label' || code === 'unknown-field';
    findings.problems.push({ ...rest, code: known ? code : 'bad-shape' });
  }
  return read;
}

/** What `allowedRoutes.kinds` has of the Gateway API; where it is empty, the protocol decides. */
function readKinds(allowed: Cursor): readonly string[] | undefined {
  const items = allowed.get('kinds').items(8);
  const kinds = items.flatMap((item) => {
    const kind = item.mapping().get('kind').neededText('bad-listener', 'give a kind such as HTTPRoute');
    return kind !== undefined && (item.get('group').text() ?? GATEWAY_GROUP) === GATEWAY_GROUP ? [kind] : [];
  });
  return items.length === 0 ? undefined : kinds;
}

/** @see https://gateway-api.sigs.k8s.io/reference/spec/#gatewayspec */
function checkDistinct(items: readonly Cursor[], listeners: readonly GatewayListener[]): void {
  const cursorOf = new Map(items.map((item) => [item.at.at(-1), item]));
  const names = new Set<string>();
  const places = new Map<string, string>();
  for (const { name, port, protocol, hostname, at } of listeners) {
    const item = cursorOf.get(at.at(-1)) as Cursor;
    if (names.has(name)) {
      item.get('name').wrong('bad-listener', `is ${JSON.stringify(name)}, as another one is; give each its own`);
    }
    names.add(name);
    const place = `${port} ${protocol} ${hostname}`;
    const other = places.get(place);
    if (other !== undefined) {
      const same = `the port, protocol and hostname of the listener ${JSON.stringify(other)}`;
      item.wrong('bad-listener', `has ${same}; give it others, or attach to that one`);
    }
    places.set(place, other ?? name);
  }
}
