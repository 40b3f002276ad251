import type { Manifest } from '../../manifest';
import type { RoutingModel } from '../model';
import { Findings } from '../problems';
import { readAnnotations } from './annotations';
import { Canaries } from './canaries';
import { type Served, servedBy } from './classes';
import { controllersOf } from './controllers';
import { Decisions } from './decisions';
import { hostsOf } from './hosts';
import type { Ingress } from './ingress';
import { locationNotes, noteLate } from './location-notes';
import { inOrder } from './order';
import { readIngress } from './read-ingress';
import { RouteCompiler } from './route-compiler';
import { serversOf } from './servers';
import { Services } from './services';
import type { Settings } from './settings';
import { noteSharedServices } from './shared-services';
import { UnknownClasses } from './unknown-classes';
import { type Annotated, upstreamsOf } from './upstreams';

/** What a reader makes of manifests. */
export interface ReadRoutes {
  readonly model: RoutingModel;
  /** What is true of every answer. */
  readonly notes: readonly string[];
  /** Ingresses of classes that are not among the manifests. */
  readonly unknown?: UnknownClasses;
}

/** What to read of Ingresses. */
export interface IngressChoice {
  /** The class to serve; needed where the manifests are for several controllers. */
  readonly ingressClass?: string | undefined;
  /** Whether a Service that is not among the manifests is taken as there. */
  readonly assumeServices?: boolean | undefined;
}

/**
 * Reads what ingress-nginx makes of Ingresses, as its releases 1.8 to 1.15 do, with the settings of the controller where
 * that is among the manifests.
 *
 * @param choice which class, and whether Services that are not there count
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/basic-usage/
 */
export function readIngressNginx(
  manifests: readonly Manifest[],
  { ingressClass: wanted, assumeServices = false }: IngressChoice,
  findings: Findings,
): ReadRoutes {
  const ingresses = manifests
    .filter(({ kind, group }) => kind === 'Ingress' && group === 'networking.k8s.io')
    .map((manifest) => readIngress(manifest, findings));
  const served = servedBy(controllersOf(manifests), manifests, ingresses, wanted, findings);
  const { settings } = served;
  const notes = settings.unfollowed.map((what) => `${what} may change the answer`);
  const services = new Services(manifests, { externalNames: settings.externalNames, assumeServices }, findings);
  const unknown = new UnknownClasses(served.unknown, () =>
    modelOf({ ...served, ingresses: [...served.unknown.keys()] }, services, new Findings()),
  );
  return { model: modelOf(served, services, findings), notes, unknown };
}

function modelOf({ settings, ingresses, assumed }: Served, services: Services, findings: Findings): RoutingModel {
  const annotated = inOrder(ingresses).flatMap((ingress): Annotated[] => {
    const annotations = readAnnotations(ingress.manifest, settings, findings);
    checkPaths(ingress, settings, findings);
    return annotations.isRefused ? [] : [{ ingress, annotations }];
  });
  const upstreams = upstreamsOf(annotated, services);
  noteSharedServices(annotated, upstreams, findings);
  const servers = serversOf(annotated, upstreams);
  new Canaries(upstreams, servers, findings).merge(annotated);
  for (const server of servers.values()) {
    noteLate(server, findings);
  }
  const decisions = new Decisions(upstreams, services, settings);
  const compiler = new RouteCompiler(decisions, settings, (location) =>
    locationNotes(location, upstreams, decisions, assumed),
  );
  return { listeners: [{ scheme: undefined, port: undefined, hosts: hostsOf(servers, compiler, settings, findings) }] };
}

function checkPaths({ manifest, rules }: Ingress, { strictPaths }: Settings, findings: Findings): void {
  for (const { path, pathType, backend, at } of rules.flatMap(({ paths }) => paths ?? [])) {
    if (backend.service === undefined) {
      findings.note(manifest, backend.at, 'no-effect', 'the backend is a resource; ingress-nginx serves Services only');
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
