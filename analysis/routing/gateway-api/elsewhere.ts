import type { Manifest } from '../../manifest';
import { listIn } from '../../manifest/lists';
import { Endpoints } from '../endpoints';
import { Router } from '../explain';
import type { RoutingModel } from '../model';
import { Findings } from '../problems';
import type { ParsedRequest } from '../request';
import { servicesOf } from '../service';
import { sortedText } from '../sorted-text';
import { placesOf } from './assumed';
import { gatewaysOf, keyOf } from './choose';
import { Grants } from './grants';
import type { Gateway, HttpRoute } from './objects';
import { modelOf, openGateway, type Reading } from './read';
import { Surroundings } from './surroundings';
import { type UnreadRoute, unreadRoutes } from './unread';

/** A route of which manifests do not tell whether it is served: its Gateway is not among them, or its parent is not read. */
export interface ElsewhereRoute {
  /** What it is attached to, e.g. `Gateway infra/web`. */
  readonly parent: string;
  /** E.g. `HTTPRoute shop/web`. */
  readonly name: string;
  /** Why it is left open, behind its name: e.g. `is attached to the Gateway infra/web, which is not among the manifests`. */
  readonly why: string;
  /** The URL of a request that it may take. */
  readonly example: string;
  /** What it says: the same text for the same specification. */
  readonly text: string;
}

/** Routes that may be served or not. */
export class Elsewhere {
  readonly routes: readonly ElsewhereRoute[];
  private readonly routers: readonly { readonly reason: string; readonly router: Router }[];

  /**
   * @param served a Gateway that is taken as there
   * @param unsure routes that it may take or not, and what is not known
   * @param findings where each such route is noted
   * @param isTold whether those of HTTPRoutes were noted before
   */
  constructor(
    manifests: readonly Manifest[],
    served: string | undefined,
    unsure: ReadonlyMap<Manifest, string> = new Map(),
    findings = new Findings(),
    isTold = true,
  ) {
    // What is wrong there is for who asks for these routes.
    const own = new Findings();
    const known = new Set([...gatewaysOf(manifests).map(keyOf), ...(served === undefined ? [] : [served])]);
    const unread = unreadRoutes(manifests, known, unsure, own);
    this.routes = unread.map(elsewhereRoute);
    const byReason = new Map<string, HttpRoute[]>();
    for (const { http, reason, parent, why, route } of unread) {
      // What a mesh sends to pods comes through no Gateway.
      if (http !== undefined && !parent.startsWith('Service ')) {
        listIn(byReason, reason).push(http);
      }
      if (!unsure.has(route.manifest) && (http === undefined || !isTold)) {
        findings.note(route.manifest, ['spec', 'parentRefs'], 'not-served', why);
      }
    }
    const grants = new Grants(byReason.size === 0 ? [] : manifests, own);
    const services = byReason.size === 0 ? new Map() : servicesOf(manifests, own);
    const reading = { grants, manifests, findings: own, services, endpoints: new Endpoints(manifests) };
    this.routers = [...byReason].map(([reason, routes]) => ({
      reason,
      router: new Router(anyPort(routes, reading), [], 'gateway'),
    }));
  }

  /** What may become of a request otherwise. */
  notesFor(request: ParsedRequest): string[] {
    return this.routers.flatMap(({ reason, router }) => {
      const { rule } = router.answer(request);
      return rule === undefined
        ? []
        : [`it cannot be said whether ${rule.kind} ${rule.namespace}/${rule.name} takes the request: its ${reason}`];
    });
  }
}

/** What routes take of requests, whatever host, port and section of their parent these come to. */
function anyPort(routes: readonly HttpRoute[], reading: Reading): RoutingModel {
  const [{ manifest }] = routes as readonly [HttpRoute];
  const listener = { name: 'http', protocol: 'HTTP', port: 80, hostname: '', tls: undefined, kinds: undefined, at: [] };
  const gateway: Gateway = {
    manifest,
    namespace: '',
    name: '',
    key: '',
    className: '',
    listeners: [{ ...listener, from: 'All' }],
    allowed: 'None',
    isAssumed: true,
  };
  const parents = [{ kind: 'Gateway', key: '', sectionName: undefined, port: undefined, at: [] } as const];
  const attached = routes.map((route) => ({ ...route, parents, others: [] }));
  const { grants, manifests, findings } = reading;
  const opened = openGateway(gateway, new Set(['']), grants, new Surroundings(manifests), findings);
  const model = modelOf(gateway, opened, attached, reading);
  return { listeners: model.listeners.map(({ hosts }) => ({ hosts, scheme: undefined, port: undefined })) };
}

function elsewhereRoute(unread: UnreadRoute): ElsewhereRoute {
  const { route, parent, why } = unread;
  const { manifest, namespace, name } = route;
  const text = sortedText(manifest.object.spec);
  return { parent, name: `${manifest.kind} ${namespace}/${name}`, why, example: exampleOf(unread), text };
}

function exampleOf({ route: { hostnames, parents }, http }: UnreadRoute): string {
  const [hostname = 'other.example'] = hostnames;
  const [place] = parents.flatMap((parent) => placesOf(parent));
  const { protocol, port } = place ?? { protocol: 'HTTP', port: 80 };
  const authority = `${hostname.replace(/^\*/, 'www')}${port === (protocol === 'HTTP' ? 80 : 443) ? '' : `:${port}`}`;
  const plain = http?.rules.flatMap(({ matches }) => matches).find(({ pathType }) => pathType !== 'RegularExpression');
  return `${protocol.toLowerCase()}://${authority}${plain?.path ?? '/'}`;
}
