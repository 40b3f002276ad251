import type { Manifest } from '../../manifest';
import { Router } from '../explain';
import type { RoutingModel } from '../model';
import { Findings } from '../problems';
import type { ParsedRequest } from '../request';
import { assumedGateway, missingGateways } from './assumed';
import { gatewaysOf, keyOf } from './choose';
import { Grants } from './grants';
import type { HttpRoute } from './objects';
import { httpRoutesOf, modelOf, noteMissing } from './read';

/** A route whose Gateway is not among the manifests. */
export interface ElsewhereRoute {
  /** The Gateway that it names: `namespace/name`. */
  readonly gateway: string;
  /** E.g. `HTTPRoute shop/web`. */
  readonly name: string;
  /** The hostnames that it names. */
  readonly hostnames: readonly string[];
  /** What it says: the same text for the same specification. */
  readonly text: string;
}

/** Routes whose Gateways are not among the manifests, and so may be served or not. */
export class Elsewhere {
  readonly routes: readonly ElsewhereRoute[];
  private readonly routers: readonly { readonly gateway: string; readonly router: Router }[];

  /**
   * @param served a Gateway that is taken as there
   * @param findings where each such route is noted; left out where that was done
   */
  constructor(manifests: readonly Manifest[], served: string | undefined, findings?: Findings) {
    // What is wrong there is for who asks for these routes.
    const own = new Findings();
    const known = new Set([...gatewaysOf(manifests).map(keyOf), ...(served === undefined ? [] : [served])]);
    const missing = missingGateways(httpRoutesOf(manifests, own), known);
    const grants = new Grants(missing.size === 0 ? [] : manifests, own);
    this.routes = [...missing].flatMap(([gateway, routes]) => routes.map((route) => elsewhereRoute(gateway, route)));
    this.routers = [...missing].map(([gateway, routes]) => ({
      gateway,
      router: new Router(anyPort(gateway, routes, { grants, manifests, findings: own }), [], 'gateway'),
    }));
    for (const [gateway, routes] of findings === undefined ? [] : missing) {
      noteMissing(gateway, routes, findings as Findings);
    }
  }

  /** What may become of a request otherwise. */
  notesFor(request: ParsedRequest): string[] {
    return this.routers.flatMap(({ gateway, router }) => {
      const { rule } = router.explain(request);
      return rule === undefined
        ? []
        : [
            `it cannot be said whether ${rule.kind} ${rule.namespace}/${rule.name} takes the request: its Gateway ${gateway} is not among the manifests; --assume-gateway takes it as there`,
          ];
    });
  }
}

/** What routes take of requests on whatever port. */
function anyPort(key: string, routes: readonly HttpRoute[], reading: Parameters<typeof modelOf>[3]): RoutingModel {
  const gateway = assumedGateway(key, routes);
  const sections = new Set(gateway.listeners.flatMap((listener) => [...(listener.sections ?? [])]));
  const [first] = gateway.listeners;
  const listeners = first === undefined ? [] : [{ ...first, protocol: 'HTTP', port: 80, sections }];
  // Ports that are named stand for themselves only.
  const anywhere = routes.map((route) => ({
    ...route,
    parents: route.parents.filter((parent) => parent.key === key).map((parent) => ({ ...parent, port: undefined })),
  }));
  const model = modelOf({ ...gateway, listeners }, new Set([key]), anywhere, reading);
  return { listeners: model.listeners.map(({ hosts }) => ({ hosts, scheme: undefined, port: undefined })) };
}

function elsewhereRoute(gateway: string, { manifest, key, hostnames }: HttpRoute): ElsewhereRoute {
  return { gateway, name: `${manifest.kind} ${key}`, hostnames, text: sortedText(manifest.object.spec) };
}

function sortedText(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([one], [other]) => (one < other ? -1 : 1)))
      : member,
  );
}
