import type { Manifest, Path } from '../../manifest';
import type { ForwardedTls } from '../forwarded';
import type { ElsewhereRoute } from '../gateway-api/elsewhere';
import type { RoutingModel } from '../model';
import { Findings } from '../problems';
import type { ParsedRequest } from '../request';
import { Secrets } from '../secrets';
import { assumptionOf } from '../service';
import { readAnnotations } from './annotations';
import { Canaries } from './canaries';
import { checkControllers } from './check-controllers';
import { type Served, type ServedClass, servedBy } from './classes';
import { assumedController, type ControllerChoice, controllersOf } from './controllers';
import { Decisions } from './decisions';
import { hostsOf } from './hosts';
import type { Ingress } from './ingress';
import { locationNotes, noteLate } from './location-notes';
import { inOrder } from './order';
import { OtherRelease } from './other-release';
import { readIngress } from './read-ingress';
import { noteLoops } from './redirect-loops';
import { FIRST_RELEASE, releaseText } from './release';
import { RouteCompiler } from './route-compiler';
import { type Server, serversOf } from './servers';
import { Services } from './services';
import { atRelease, type Settings } from './settings';
import { noteSharedServices } from './shared-services';
import { noteSpareBackends } from './spare-backends';
import { routesOfUnknownClasses } from './unknown-classes';
import { Unserved } from './unserved';
import { type Annotated, upstreamsOf } from './upstreams';

/** What a reader makes of manifests. */
export interface ReadRoutes {
  readonly model: RoutingModel;
  /** What is true of every answer. */
  readonly notes: readonly string[];
  /** Ingresses of classes that are not among the manifests. */
  readonly elsewhere?: readonly ElsewhereRoute[];
  /** The class of the Ingresses, where nobody chose it. */
  readonly served?: ServedClass | undefined;
  /** What was assumed and decides some answers, in words; left out for nothing. */
  readonly assumed?: readonly string[];
  /** What else may become of a request, or why it is not what its Ingress says. */
  readonly notesFor?: (request: ParsedRequest) => readonly string[];
}

/** What to read of Ingresses. */
export interface IngressChoice extends ControllerChoice {
  /** The class to serve; needed where the manifests are for several controllers. */
  readonly ingressClass?: string | undefined;
  /** Whether a Service that is not among the manifests is taken as there. */
  readonly assumeServices?: boolean | ReadonlySet<string> | undefined;
  /** Whether a Secret or a ConfigMap that an annotation names and that is not among the manifests is taken as there. */
  readonly assumeSecrets?: boolean | undefined;
  /** Who sends clients to HTTPS where TLS ends at a load balancer in front. */
  readonly forwardedTls?: ForwardedTls | undefined;
}

/**
 * Reads what ingress-nginx makes of Ingresses, as its releases 1.8 to 1.15 do, with the settings of the controller where
 * that is among the manifests.
 *
 * @param choice which class, which release, and whether Services that are not there count
 * @throws RangeError for a release that is not followed
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/basic-usage/
 */
export function readIngressNginx(
  manifests: readonly Manifest[],
  choice: IngressChoice,
  findings: Findings,
): ReadRoutes {
  const { ingressClass: wanted, assumeServices = false, assumeSecrets = false } = choice;
  const ingresses = manifests
    .filter(({ kind, group }) => kind === 'Ingress' && group === 'networking.k8s.io')
    .map((manifest) => readIngress(manifest, findings));
  const controllers = controllersOf(manifests, choice);
  checkControllers(manifests, choice, findings);
  const assumed = assumedController(manifests, choice);
  const served = servedBy(controllers, manifests, ingresses, wanted, findings, assumed);
  const { settings } = served;
  const options = {
    externalNames: settings.externalNames,
    assumed: assumptionOf(assumeServices),
    assumesNames: typeof assumeServices !== 'boolean',
  };
  const known = {
    services: new Services(manifests, options, findings),
    secrets: new Secrets(manifests, assumeSecrets),
  };
  const { model, servers, dropped, dependsOnRelease } = modelOf(served, known, findings);
  if (choice.forwardedTls === undefined) {
    noteLoops(servers, settings, findings);
  }
  const old = () => modelOf({ ...served, settings: atRelease(settings, FIRST_RELEASE) }, known, new Findings()).model;
  const unknown = new Unserved(
    served.unknown,
    () => modelOf({ ...served, ingresses: [...served.unknown.keys()] }, known, new Findings()).model,
  );
  const ignored = new Unserved(
    dropped,
    () => modelOf({ ...served, settings: lenient(settings) }, known, new Findings()).model,
  );
  const other =
    dependsOnRelease && !settings.isReleaseKnown ? new OtherRelease(model, old(), settings.release) : undefined;
  return {
    model,
    notes: settings.unfollowed,
    elsewhere: routesOfUnknownClasses(served.unknown),
    served: served.served,
    assumed:
      other === undefined
        ? []
        : [
            `release ${releaseText(settings.release)} of ingress-nginx, on which answers hang and which no manifest tells`,
          ],
    notesFor: (request) => [
      ...unknown
        .takersOf(request)
        .map(([{ key }, { why, isOpen }]) =>
          isOpen
            ? `it cannot be said whether Ingress ${key} is served: ${why}`
            : `Ingress ${key} is taken as not served: ${why}`,
        ),
      ...ignored.takersOf(request).map(([{ key }, why]) => `Ingress ${key} is not served: ${why}`),
      ...(other?.notesFor(request) ?? []),
    ],
  };
}

/** The same controller, if it ignored no Ingress for its annotations. */
function lenient(settings: Settings): Settings {
  return { ...atRelease(settings, FIRST_RELEASE), validatesAnnotations: false, riskLevel: 'Critical' };
}

/** What Ingresses name. */
interface Known {
  readonly services: Services;
  readonly secrets: Secrets;
}

interface Modelled {
  readonly model: RoutingModel;
  readonly servers: ReadonlyMap<string, Server>;
  /** Ingresses that the controller ignores, each with why. */
  readonly dropped: ReadonlyMap<Ingress, string>;
  /** Whether other releases may decide otherwise. */
  readonly dependsOnRelease: boolean;
}

function modelOf({ settings, ingresses, assumed }: Served, known: Known, findings: Findings): Modelled {
  const { services, secrets } = known;
  const dropped = new Map<Ingress, string>();
  let dependsOnRelease = false;
  const annotated = inOrder(ingresses).flatMap((ingress): Annotated[] => {
    const annotations = readAnnotations(ingress.manifest, settings, findings, secrets);
    checkPaths(ingress, settings, findings);
    dependsOnRelease ||= annotations.dependsOnRelease || annotations.fromToWww;
    if (annotations.dropped !== undefined) {
      dropped.set(ingress, annotations.dropped);
      return [];
    }
    return [{ ingress, annotations }];
  });
  const upstreams = upstreamsOf(annotated, services);
  noteSpareBackends(annotated, services, settings.annotationPrefix, findings);
  noteSharedServices(annotated, upstreams, findings);
  const servers = serversOf(annotated, upstreams);
  new Canaries(upstreams, servers, findings).merge(annotated);
  for (const server of servers.values()) {
    noteLate(server, findings);
  }
  const decisions = new Decisions(upstreams, services, settings);
  const compiler = new RouteCompiler(decisions, settings, (location) =>
    locationNotes(location, upstreams, decisions, services, assumed),
  );
  const hosts = hostsOf(servers, compiler, settings, findings);
  return { model: { listeners: [{ scheme: undefined, port: undefined, hosts }] }, servers, dropped, dependsOnRelease };
}

function checkPaths({ manifest, rules, defaultBackend }: Ingress, { strictPaths }: Settings, findings: Findings): void {
  if (defaultBackend !== undefined && defaultBackend.service === undefined) {
    noteResource(manifest, defaultBackend.at, 'the default backend', findings);
  }
  for (const { path, pathType, backend, at } of rules.flatMap(({ paths }) => paths ?? [])) {
    if (backend.service === undefined) {
      noteResource(manifest, backend.at, `the backend of ${path === '' ? '/' : path}`, findings);
    }
    if (pathType !== 'ImplementationSpecific' && !/^\/[A-Za-z0-9._/-]*$/.test(path)) {
      const message = `the path ${JSON.stringify(path)} of type ${pathType} holds other than letters, digits and "-_./"`;
      const place = [...at, 'path'];
      if (strictPaths === true) {
        findings.problem(manifest, place, 'bad-path', `${message}; use pathType ImplementationSpecific`);
      } else if (strictPaths === undefined) {
        findings.note(manifest, place, 'assumed', `${message}, which releases from 1.12 refuse; taken as before`);
      }
    }
  }
}

function noteResource(manifest: Manifest, at: Path, what: string, findings: Findings): void {
  const message = `${what} is a resource, of which nothing is taken over: ingress-nginx serves Services only`;
  findings.note(manifest, at, 'no-effect', message);
}
