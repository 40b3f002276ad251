import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import {
  GatewaySpecListenersAllowedRoutesNamespacesFrom as From,
  type GatewaySpecListeners,
  type GatewaySpecListenersAllowedRoutesNamespaces,
  type GatewaySpecListenersTls,
  type GatewaySpecListenersTlsCertificateRefs,
  GatewaySpecListenersTlsMode,
} from '../../imports/gateway.networking.k8s.io';
import { type Problems, shown } from '../values';
import { AllowedNamespaces, NAME_LABEL } from './allowed-namespaces';
import { covers, meets } from './hostnames';
import type { GatewayListener, ListenerProtocol } from './listener';
import { ListenerTable } from './listener-table';

/** A Secret with a certificate; its namespace is nothing when no manifest names it. */
export interface CertificatePlace {
  readonly name: string;
  readonly namespace: string | undefined;
}

/** What listeners of HTTPRoutes and GRPCRoutes speak. */
export const WEB: readonly ListenerProtocol[] = ['HTTP', 'HTTPS'];

/** A route of this app that a Gateway is to serve. */
export interface ServedRoute {
  /** Such as `HTTPRoute "frontend"`. */
  readonly object: string;
  /** Its namespace; nothing when no manifest names it. */
  readonly namespace: string | undefined;
  readonly host: string;
  /** What its listeners may speak. */
  readonly protocols: readonly ListenerProtocol[];
  /** The listeners that it names; nothing for all that have its host. */
  readonly sections: () => readonly string[] | undefined;
}

/** The place of a Gateway, or of a ListenerSet that belongs to one. */
export interface GatewayPlace {
  readonly kind: 'Gateway' | 'ListenerSet';
  readonly name: string;
  /** Nothing when no manifest names it. */
  readonly namespace: string | undefined;
}

/** The listeners of a Gateway of this app or of one that is there already, and the routes that it serves. */
export class Listeners {
  private readonly table = new ListenerTable();
  private readonly certificates = new Map<GatewayListener, readonly CertificatePlace[]>();
  private readonly routes: ServedRoute[] = [];
  private readonly sets: { readonly set: Listeners; readonly root: IConstruct }[] = [];

  constructor(
    public readonly place: GatewayPlace,
    /** Whether there may be listeners that nobody has named here. */
    public readonly isOpen: boolean,
    /** Whether this app makes the Gateway, so that listeners can be added. */
    public readonly isMadeHere: boolean,
    private readonly maker?: IConstruct,
  ) {}

  /** The Gateway in messages. */
  public get text(): string {
    const { kind, name, namespace } = this.place;
    return `the ${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
  }

  /** The same with the construct that made it, which is in whatever chart. */
  get textOfMaker(): string {
    return this.maker === undefined ? this.text : `${this.text} (${this.maker.node.path})`;
  }

  public get all(): readonly GatewayListener[] {
    return this.table.all;
  }

  /** What keeps a listener from standing beside the others. */
  public problemsOfAdding(listener: GatewayListener): Problems {
    return this.table.problemsOfAdding(listener, this.text);
  }

  public add(listener: GatewayListener, certificates: readonly CertificatePlace[] = []): void {
    this.table.add(listener);
    this.certificates.set(listener, certificates);
  }

  /** The listener for HTTPS on this port that is for this host and no other, and its certificates. */
  public ownHttps(
    host: string,
  ): { readonly listener: GatewayListener; readonly certificates: readonly CertificatePlace[] } | undefined {
    const listener = this.all.find((one) => one._protocol === 'HTTPS' && one._port === 443 && one._hostname === host);
    return listener && { listener, certificates: this.certificates.get(listener) ?? [] };
  }

  /** The listeners of a protocol to which requests for a host come: on each port the one with the most specific hostname. */
  public taking(host: string, protocol: ListenerProtocol): readonly GatewayListener[] {
    return this.table.taking(host).filter((listener) => listener._protocol === protocol);
  }

  public named(name: string): GatewayListener | undefined {
    return this.table.named(name);
  }

  /** Has a route served; its namespace is let in where nothing says who is. */
  public serve(route: ServedRoute): void {
    this.routes.push(route);
  }

  /** Why a route is not served, now that everything is there. */
  public problemsOf(route: ServedRoute, at: IConstruct): Problems {
    const { namespace: own } = this.place;
    if (route.namespace !== undefined && own === undefined) {
      return [
        `${this.text} is in a namespace that no manifest names, so the ${route.object} of ${shown(route.namespace)} can't name it; give the Gateway a namespace`,
      ];
    }
    if (this.isOpen) {
      return [];
    }
    const sections = route.sections();
    return sections ? this.namedProblems(sections, route, at) : this.unnamedProblems(route, at);
  }

  /** Takes the listeners of a ListenerSet as well. */
  public join(set: Listeners, { node }: IConstruct): void {
    this.sets.push({ set, root: node.root });
  }

  /**
   * What this Gateway, or a set that joined it before, listens for already.
   *
   * @param named the sets of a Gateway that somebody else made, which may be named more than once
   */
  public conflictsOf(set: Listeners, { node }: IConstruct, named: readonly Listeners[]): Problems {
    // A Gateway that somebody else made may be named in several apps.
    const joined = this.sets.filter(({ root }) => root === node.root).map((one) => one.set);
    const beside = [...new Set([...named, ...joined])];
    const before: Listeners[] = [this, ...beside.slice(0, beside.indexOf(set))];
    return set.all.flatMap((listener) =>
      before.flatMap(({ table, textOfMaker }) => table.conflictsOf(listener, textOfMaker)),
    );
  }

  /** The namespaces whose ListenerSets may join; nothing where none does. */
  public setsToJson(): GatewaySpecListenersAllowedRoutesNamespaces | undefined {
    const own = this.place.namespace;
    const namespaces = [...new Set(this.sets.map(({ set }) => set.place.namespace))];
    if (namespaces.length === 0) {
      return undefined;
    }
    return namespaces.every((one) => one === own)
      ? { from: From.SAME }
      : AllowedNamespaces.named(namespaces.map((name) => ({ name: String(name) })))._toJson();
  }

  public toJson(): GatewaySpecListeners[] {
    const routes = this.routes.map(({ sections, ...route }) => ({ ...route, sections: sections() }));
    return this.all.map((listener) => {
      const certificates = this.certificates.get(listener) ?? [];
      return {
        name: listener._name,
        hostname: listener._hostname,
        port: listener._port,
        protocol: listener._protocol,
        tls: this.tlsOf(listener, certificates),
        allowedRoutes: { namespaces: this.allowedBy(listener, routes) },
      };
    });
  }

  private tlsOf(
    { _protocol }: GatewayListener,
    certificates: readonly CertificatePlace[],
  ): GatewaySpecListenersTls | undefined {
    switch (_protocol) {
      case 'HTTP':
        return undefined;
      case 'TLS':
        return { mode: GatewaySpecListenersTlsMode.PASSTHROUGH };
      case 'HTTPS':
        return {
          mode: GatewaySpecListenersTlsMode.TERMINATE,
          certificateRefs: certificates.map((certificate) => this.certificateRef(certificate)),
        };
    }
  }

  private certificateRef({ name, namespace }: CertificatePlace): GatewaySpecListenersTlsCertificateRefs {
    return { group: '', kind: 'Secret', name, namespace: namespace === this.place.namespace ? undefined : namespace };
  }

  private allowedBy(
    listener: GatewayListener,
    routes: readonly (Omit<ServedRoute, 'sections'> & { readonly sections: readonly string[] | undefined })[],
  ): GatewaySpecListenersAllowedRoutesNamespaces {
    const given = listener._props.allowedNamespaces;
    const own = this.place.namespace;
    if (given) {
      return given._toJson();
    }
    const served = routes
      .filter(({ protocols }) => protocols.includes(listener._protocol))
      .filter(({ host, sections }) => sections?.includes(listener._name) ?? meets(listener._hostname, host))
      .map(({ namespace }) => namespace);
    const others = served.filter((namespace) => namespace !== undefined && namespace !== own) as string[];
    // Its own stays among them: what somebody adds there by hand is served as it would be with the API's default.
    return own === undefined || others.length === 0
      ? { from: From.SAME }
      : AllowedNamespaces.named([own, ...others].map((name) => ({ name })))._toJson();
  }

  /** A route that names its listeners needs them all. */
  private namedProblems(sections: readonly string[], route: ServedRoute, at: IConstruct): Problems {
    return sections.flatMap((name) => {
      const listener = this.named(name);
      if (!listener) {
        return [`${this.text} has no listener ${shown(name)}; ${this.thereAre()}`];
      }
      if (!covers(listener._hostname, route.host)) {
        const whose = `listener ${shown(name)} of ${this.text} is for ${listener._hostname}`;
        return [`${whose}, not for ${route.host}; name another`];
      }
      if (!route.protocols.includes(listener._protocol)) {
        const whose = `listener ${shown(name)} of ${this.text} is for ${listener._protocol}`;
        return [`${whose}, and the ${route.object} needs one for ${route.protocols.join(' or ')}; name another`];
      }
      const best = this.table.taking(route.host).find(({ _port }) => _port === listener._port);
      if (best && best !== listener) {
        const requests = `requests for ${route.host} on port ${listener._port} of ${this.text}`;
        return [`${requests} come to the listener ${shown(best._name)}, not to ${shown(name)}; name that one`];
      }
      return this.refusalOf(listener, route, at) ?? [];
    });
  }

  /**
   * A route that names none needs one that requests come to. It also goes to those with less specific hostnames, which get
   * no requests for it: then it would be on a port without effect.
   */
  private unnamedProblems(route: ServedRoute, at: IConstruct): Problems {
    const taking = this.table.taking(route.host).filter(({ _protocol }) => route.protocols.includes(_protocol));
    const refusals = taking.flatMap((listener) => {
      const why = this.refusalOf(listener, route, at);
      const isHidden = this.all.some(
        (other) =>
          other._port === listener._port &&
          covers(other._hostname, route.host) &&
          this.refusalOf(other, route, at) === undefined,
      );
      return why === undefined ? [] : [{ why, isHidden }];
    });
    if (taking.length === 0) {
      return [`no listener of ${this.text} is for ${route.host}; ${this.thereAre()}`];
    }
    return refusals.filter(({ isHidden }) => isHidden || refusals.length === taking.length).map(({ why }) => why);
  }

  private refusalOf(listener: GatewayListener, route: ServedRoute, at: IConstruct): string | undefined {
    const { namespace: own } = this.place;
    const who = `listener ${shown(listener._name)} of ${this.text}`;
    const allowed = listener._props.allowedNamespaces;
    if (!allowed) {
      return route.namespace !== undefined || own === undefined
        ? undefined
        : `${who} can't let the ${route.object} in, whose namespace no manifest names; give the service a namespace, or the listener AllowedNamespaces.ALL`;
    }
    const why = allowed._refusal(route.namespace, own, (name) => labelsOf(at, name));
    const where = route.namespace === undefined ? 'a namespace that no manifest names' : shown(route.namespace);
    return (
      why &&
      `${who} ${why}, and the ${route.object} is in ${where}; change its allowedNamespaces, or give routeNamespace`
    );
  }

  private thereAre(): string {
    const { all } = this;
    return all.length === 0 ? 'there is none' : `there are ${all.map(({ _text }) => _text).join(', ')}`;
  }
}

/** The labels of a namespace that some construct of the tree makes. */
function labelsOf(at: IConstruct, name: string): ReadonlyMap<string, string> | undefined {
  for (const found of at.node.root.node.findAll()) {
    if (ApiObject.isApiObject(found) && found.kind === 'Namespace' && found.name === name) {
      return new Map([...Object.entries(found.toJson().metadata.labels ?? {}), [NAME_LABEL, name]] as [
        string,
        string,
      ][]);
    }
  }
  return undefined;
}
