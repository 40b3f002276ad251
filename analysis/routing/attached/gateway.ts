import type { Manifest, Path } from '../../manifest';
import { isMapping } from '../../manifest/value';
import { brief } from '../brief';
import type { Gateway } from '../gateway-api/objects';
import { sortedText } from '../sorted-text';
import { annotationSettings } from './annotations';
import type { AttachedObject } from './object';

/** Fields of a Gateway that are read elsewhere. */
const READ = new Set(['gatewayClassName', 'listeners', 'allowedListeners']);

/** Fields of a listener that are read, or are a name only. */
const LISTENER = new Set(['name', 'port', 'protocol', 'hostname', 'allowedRoutes']);

/**
 * What a Gateway says besides where requests come in: its class, its annotations, what it asks of TLS, and fields that are not
 * read. Gateways of other names are compared by it as well.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#gatewayspec
 */
export function gatewaySettings(gateway: Gateway, manifests: readonly Manifest[]): readonly AttachedObject[] {
  if (gateway.isAssumed) {
    return [];
  }
  const { manifest, className } = gateway;
  const { spec } = manifest.object;
  const setting = (what: string, value: unknown, at: Path, from = manifest): AttachedObject => {
    const text = typeof value === 'string' ? value : sortedText(value);
    const { file } = from.source;
    const own = { kind: 'Gateway', namespace: gateway.namespace, spec: undefined };
    const parts = { ...own, why: '', targets: [], isBackend: false, isPolicy: false, isOfGateway: true };
    return {
      ...parts,
      key: `Gateway ${what}`,
      name: what,
      text,
      says: shortly(text),
      file,
      line: from.source.lineOf(at),
    };
  };
  const declared = manifests.find(({ kind, name }) => kind === 'GatewayClass' && name === className);
  const annotations = annotationSettings(manifest.annotations);
  const fields = Object.entries(isMapping(spec) ? spec : {}).filter(
    ([key, value]) => !READ.has(key) && value !== undefined && value !== null,
  );
  return [
    setting('the class of the Gateway', className, ['spec', 'gatewayClassName']),
    ...(declared === undefined
      ? []
      : [setting('what the GatewayClass says', withoutDescription(declared.object.spec), ['spec'], declared)]),
    ...(annotations.length === 0
      ? []
      : [setting('annotations of the Gateway', annotations.join('; '), ['metadata', 'annotations'])]),
    ...fields.map(([key, value]) => setting(`the field ${key} of the Gateway`, value, ['spec', key])),
    ...listenerSettings(gateway).map(({ port, texts, at, from }) =>
      setting(`what listeners of port ${port} ask of TLS and besides`, [...texts].sort().join(' '), at, from),
    ),
  ];
}

function shortly(text: string): string {
  return text.length > 60 ? brief(text, true) : text;
}

function withoutDescription(spec: unknown): unknown {
  return isMapping(spec) ? { ...spec, description: undefined } : spec;
}

interface ListenerSetting {
  readonly port: number;
  readonly texts: Set<string>;
  readonly at: Path;
  readonly from: Manifest;
}

/** What the listeners of each port say that is not read, whatever their names and hostnames. */
function listenerSettings(gateway: Gateway): readonly ListenerSetting[] {
  const byPort = new Map<number, ListenerSetting>();
  for (const { port, owner, at } of gateway.listeners) {
    const from = (owner ?? gateway).manifest;
    const listener = valueAt(from.object, at);
    const own = Object.entries(isMapping(listener) ? listener : {}).filter(
      ([key, value]) => !LISTENER.has(key) && value !== undefined && value !== null,
    );
    if (own.length > 0) {
      const known = byPort.get(port) ?? { port, texts: new Set<string>(), at, from };
      known.texts.add(sortedText(Object.fromEntries(own)));
      byPort.set(port, known);
    }
  }
  return [...byPort.values()];
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, step) =>
      Array.isArray(inner) ? inner[step as number] : isMapping(inner) ? inner[String(step)] : undefined,
    value,
  );
}
