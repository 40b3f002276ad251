import type { NamespaceLabels } from '../../connectivity/model';
import type { Manifest } from '../../manifest';
import type { Findings, NotServedReason } from '../problems';
import { bySpecificity, covers, intersection } from './hostnames';
import { type Port, titleOf } from './listeners';
import { asksForLabels, isNamespaceSelected } from './namespace-selected';
import type { AttachedRoute, Gateway, GatewayListener, ParentRef } from './objects';
import { whyUnread } from './other-parents';

/** The hosts of a route that a listener serves. */
export interface Attachment {
  /** The hosts that listener and route share; empty for every host. */
  readonly host: string;
  /** The hostname of the route that makes them; empty where it has none. */
  readonly written: string;
}

/**
 * The protocols of listeners to which routes of each kind can attach.
 *
 * @see https://gateway-api.sigs.k8s.io/guides/api-design/
 */
const PROTOCOLS = new Map<string, readonly string[]>([
  ['HTTPRoute', ['HTTP', 'HTTPS']],
  ['GRPCRoute', ['HTTP', 'HTTPS']],
  ['TLSRoute', ['TLS']],
  ['TCPRoute', ['TCP', 'TLS']],
  ['UDPRoute', ['UDP']],
]);

/** Why a route is not taken. */
interface Refusal {
  readonly reason: NotServedReason;
  readonly why: string;
}

/** How near a listener came to taking a route: what is asked last is the nearest miss. */
const NEARNESS: readonly NotServedReason[] = [
  'protocol',
  'kind',
  'listener-not-served',
  'namespace',
  'namespace-selector',
  'namespace-unknown',
  'hostname',
];

/** Says which routes attach to which listeners of a Gateway. */
export class Attacher {
  /** Routes that it may take, for all that manifests tell, and what is not known. */
  readonly unsure = new Map<Manifest, string>();
  private readonly portOf = new Map<GatewayListener, Port>();

  constructor(
    private readonly gateway: Gateway,
    private readonly others: ReadonlySet<string>,
    ports: readonly Port[],
    private readonly labels: NamespaceLabels,
    private readonly findings: Findings,
  ) {
    for (const port of ports) {
      for (const listener of port.listeners) {
        this.portOf.set(listener, port);
      }
    }
  }

  /** The listeners that take a route, and its hosts there. Where one of its parentRefs leads nowhere, that is noted. */
  attachmentsOf(route: AttachedRoute): ReadonlyMap<GatewayListener, readonly Attachment[]> {
    const found = new Map<GatewayListener, readonly Attachment[]>();
    for (const parent of route.others ?? []) {
      const { what, reason } = whyUnread(parent);
      this.findings.note(route.manifest, parent.at, 'not-served', what, reason);
    }
    if (route.parents.length === 0 && (route.others ?? []).length === 0) {
      const what = 'is attached to no Gateway';
      this.findings.note(route.manifest, ['spec', 'parentRefs'], 'not-served', what, 'no-parent');
    }
    for (const parent of route.parents) {
      const refusal = parent.key === this.gateway.key ? this.attach(route, parent, found) : this.elsewhere(parent);
      if (refusal !== undefined) {
        this.findings.note(route.manifest, parent.at, 'not-served', refusal.why, refusal.reason);
      }
    }
    this.noteIsolated(route, found);
    return found;
  }

  private elsewhere({ key }: ParentRef): Refusal | undefined {
    const why = `is attached to the Gateway ${key}, which is not among the manifests; --assume-gateway takes it as there`;
    return this.others.has(key) ? undefined : { reason: 'parent-missing', why };
  }

  /** Attaches a route by one of its parentRefs, or says why no listener takes it. */
  private attach(
    route: AttachedRoute,
    { sectionName, port, set }: ParentRef,
    found: Map<GatewayListener, readonly Attachment[]>,
  ): Refusal | undefined {
    const listeners = this.gateway.listeners.filter(({ owner }) => owner?.key === set);
    const whose = set === undefined ? `Gateway ${this.gateway.key}` : `ListenerSet ${set}`;
    if (listeners.length === 0) {
      const unknown = set === undefined ? undefined : this.gateway.unsureSets?.get(set);
      if (unknown !== undefined) {
        this.unsure.set(route.manifest, unknown);
        return { reason: 'namespace-unknown', why: `whether the ${whose} adds a listener is not known: ${unknown}` };
      }
      const why = `the ${whose} adds no listener to the Gateway ${this.gateway.key}`;
      return set === undefined
        ? { reason: 'no-listener', why: `the ${whose} has no listener` }
        : { reason: 'set-not-added', why };
    }
    const named = listeners.filter(
      (listener) => isNamed(listener, sectionName) && (port ?? listener.port) === listener.port,
    );
    if (named.length === 0) {
      const wanted = [
        ...(sectionName === undefined ? [] : [`the name ${JSON.stringify(sectionName)}`]),
        ...(port === undefined ? [] : [`the port ${port}`]),
      ];
      const known = listeners.map(({ name, port: number }) => `${name} (${number})`).join(', ');
      const why = `no listener of the ${whose} has ${wanted.join(' and ')}; there are ${known}`;
      return { reason: 'no-listener', why };
    }
    const refusals = named.map((listener): Refusal | undefined => {
      const why = this.whyNot(listener, route);
      const attachments = why === undefined ? attachmentsTo(listener, route) : [];
      if (attachments.length > 0) {
        found.set(listener, attachments);
        return undefined;
      }
      const refusal = why ?? { reason: 'hostname', why: `none of its hostnames is of ${listener.hostname}` };
      const does = refusal.reason === 'namespace-unknown' ? 'may take it or not' : 'does not take it';
      return { ...refusal, why: `listener ${JSON.stringify(listener.name)} ${does}: ${refusal.why}` };
    });
    const [nearest, ...further] = refusals
      .flatMap((refusal) => refusal ?? [])
      .sort((one, other) => NEARNESS.indexOf(other.reason) - NEARNESS.indexOf(one.reason));
    return nearest === undefined || refusals.includes(undefined)
      ? undefined
      : { ...nearest, why: [nearest, ...further].map(({ why }) => why).join('; ') };
  }

  private whyNot(listener: GatewayListener, { namespace, manifest }: AttachedRoute): Refusal | undefined {
    const { protocol, from, kinds, owner, tls } = listener;
    const own = (owner ?? this.gateway).namespace;
    const { kind } = manifest;
    if (!PROTOCOLS.get(kind)?.includes(protocol)) {
      return { reason: 'protocol', why: `the protocol ${protocol} has no ${kind}s` };
    }
    if (kind === 'TCPRoute' && protocol === 'TLS' && tls?.mode === 'Passthrough') {
      return { reason: 'protocol', why: 'TLS that is passed on as it is takes TLSRoutes only' };
    }
    if (kinds?.includes(kind) === false) {
      return { reason: 'kind', why: `its allowedRoutes.kinds have no ${kind}` };
    }
    // Ports tell of what HTTP and HTTPS requests can come to.
    if (protocol !== 'TCP' && protocol !== 'UDP' && !this.portOf.has(listener)) {
      return { reason: 'listener-not-served', why: 'it is not served' };
    }
    if (from === 'All' || (from === 'Same' && namespace === own)) {
      return undefined;
    }
    if (from === 'Same') {
      return { reason: 'namespace', why: `it takes routes of the namespace ${own} only` };
    }
    const isSelected = isNamespaceSelected(from, namespace, this.labels);
    if (isSelected === undefined) {
      const why = asksForLabels(namespace);
      this.unsure.set(manifest, `a listener of the Gateway ${this.gateway.key} ${why}`);
      return { reason: 'namespace-unknown', why: `it ${why}` };
    }
    return isSelected
      ? undefined
      : { reason: 'namespace-selector', why: `its selector does not select the namespace ${namespace}` };
  }

  /** Requests belong to the listener with the most specific hostname, whoever is attached to it. */
  private noteIsolated(route: AttachedRoute, found: ReadonlyMap<GatewayListener, readonly Attachment[]>): void {
    for (const [listener, attachments] of found) {
      const others = this.portOf.get(listener)?.listeners ?? [];
      for (const { host } of attachments) {
        const owner = others.find(({ hostname }) => covers(hostname, host));
        if (owner !== undefined && !found.has(owner)) {
          const whose = `the listener ${JSON.stringify(titleOf(owner))}, to which it is not attached`;
          const what = `requests for ${host} on port ${listener.port} belong to ${whose}`;
          this.findings.note(route.manifest, ['spec', 'hostnames'], 'not-served', what, 'other-listener');
        }
      }
    }
  }
}

function isNamed({ name, sections }: GatewayListener, sectionName: string | undefined): boolean {
  return sectionName === undefined || (sections?.has(sectionName) ?? sectionName === name);
}

function attachmentsTo({ hostname }: GatewayListener, { hostnames }: AttachedRoute): readonly Attachment[] {
  const byHost = new Map<string, Attachment>();
  for (const written of hostnames.length === 0 ? [''] : [...hostnames].sort(bySpecificity)) {
    const host = intersection(hostname, written);
    if (host !== undefined && !byHost.has(host)) {
      byHost.set(host, { host, written });
    }
  }
  return [...byHost.values()];
}
