import type { Backend, IngressClass, Pod, PodOwner, ServingGateway } from '../model';
import { workloadsNamed } from '../names';
import { unknownClassNote } from '../notes';
import { peerText } from '../peer';
import type { Model } from '../read/read';
import type { Controller, Note } from '../types';
import { besideGateway } from './implementations';

/** A controller, and the pods of it from which connections come. */
export interface ServingController extends Controller {
  readonly pods: readonly Pod[];
}

/** What the manifests of ingress-nginx install: this namespace, these labels. */
const UPSTREAM: ServingController = {
  namespace: 'ingress-nginx',
  workload: undefined,
  text: 'ingress-nginx/ingress-nginx-controller (assumed)',
  pods: [
    {
      namespace: 'ingress-nginx',
      labels: new Map([
        ['app.kubernetes.io/component', 'controller'],
        ['app.kubernetes.io/instance', 'ingress-nginx'],
        ['app.kubernetes.io/name', 'ingress-nginx'],
        ['app.kubernetes.io/part-of', 'ingress-nginx'],
      ]),
      namedPorts: new Map(),
      targetPorts: new Map(),
      onNode: false,
    },
  ],
};

/** The ingress controllers and Gateways of some manifests. */
export class Controllers {
  private readonly named: ServingController | undefined;
  private readonly running: readonly ServingController[];
  private readonly classes: readonly IngressClass[];
  private readonly owners: readonly PodOwner[];
  private readonly gateways = new Map<string, ServingController>();

  /** @throws RangeError where no workload has the name */
  constructor({ owners, classes }: Pick<Model, 'owners' | 'classes'>, name: string | undefined) {
    this.classes = classes;
    this.owners = owners;
    this.running = owners.filter(({ pods }) => pods.some(({ serves }) => serves !== undefined)).map(controllerOf);
    if (name !== undefined) {
      const workloads = owners.map(({ workload }) => workload);
      const found = name.includes('/') ? workloadsNamed(name, workloads) : [];
      const [first] = found.map((place) => owners[place] as PodOwner);
      if (first === undefined || found.length > 1) {
        const what = found.length > 1 ? 'names several workloads; add the kind' : 'names no workload of the manifests';
        throw new RangeError(`controller ${JSON.stringify(name)} ${what}: NAMESPACE/NAME or NAMESPACE/KIND/NAME`);
      }
      this.named = controllerOf(first);
    }
  }

  /**
   * The controller that serves an Ingress: the one that was named, else the first that runs ingress-nginx for its class,
   * else the first that runs it at all, else a pod as upstream installs it. For an HTTPRoute, what serves its Gateway.
   */
  for({ className, gateway }: Pick<Backend, 'className' | 'gateway'>): ServingController {
    if (this.named !== undefined) {
      return this.named;
    }
    if (gateway !== undefined) {
      const key = `${gateway.namespace}/${gateway.name}`;
      const known = this.gateways.get(key) ?? this.servingGateway(gateway);
      this.gateways.set(key, known);
      return known;
    }
    return this.runningFor(className) ?? this.running[0] ?? UPSTREAM;
  }

  /** Says of classes that nobody is known to serve who is taken to do so: of each with the first Ingress that names it. */
  notesOn(backends: readonly Backend[]): readonly Note[] {
    const firsts = new Map<string, Backend>();
    for (const backend of this.named === undefined ? backends : []) {
      const { className, via } = backend;
      if (via.kind === 'Ingress' && className !== undefined && !firsts.has(className) && !this.isKnown(className)) {
        firsts.set(className, backend);
      }
    }
    return [...firsts].map(([className, backend]) => {
      const { text } = this.for(backend);
      return unknownClassNote(className, backend, text.replace(/ \(assumed\)$/, ''));
    });
  }

  private runningFor(className: string | undefined): ServingController | undefined {
    const wanted = this.classOf(className);
    return this.running.find(({ pods }) =>
      pods.some(({ serves }) =>
        wanted === undefined ? serves?.ingressClass === className : serves?.controllerClass === wanted.controller,
      ),
    );
  }

  private isKnown(className: string): boolean {
    const declared = this.classOf(className);
    const isOfNginx = declared === undefined ? className === 'nginx' : declared.controller === 'k8s.io/ingress-nginx';
    return isOfNginx || this.runningFor(className) !== undefined;
  }

  private classOf(className: string | undefined): IngressClass | undefined {
    return this.classes.find(({ name, isDefault }) => (className === undefined ? isDefault : name === className));
  }

  /** The workload of the manifests whose pods are labelled as those of the Gateway are, else such a pod. */
  private servingGateway(gateway: ServingGateway): ServingController {
    const { implementation } = gateway;
    const { namespace, labels, onNode } = (implementation?.podsOf ?? besideGateway)(gateway);
    const isOne = (pod: Pod) => [...labels].every(([key, value]) => pod.labels.get(key) === value);
    const running = onNode
      ? undefined
      : this.owners.find(({ workload, pods }) => workload.namespace === namespace && pods.some(isOne));
    if (running !== undefined) {
      return controllerOf(running);
    }
    const who = implementation === undefined ? 'of an unknown implementation' : `of ${implementation.name}`;
    return {
      namespace,
      workload: undefined,
      text: `${namespace}/${gateway.name} ${who}${onNode ? ', on the node' : ''} (assumed)`,
      pods: [{ namespace, labels, namedPorts: new Map(), targetPorts: new Map(), onNode }],
    };
  }
}

function controllerOf({ workload, pods }: PodOwner): ServingController {
  return { namespace: workload.namespace, workload, text: peerText(workload), pods };
}
