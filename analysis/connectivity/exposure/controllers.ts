import type { Backend, IngressClass, Pod, PodOwner, ServingGateway } from '../model';
import { workloadsNamed } from '../names';
import { unknownClassNote } from '../notes';
import { peerText } from '../peer';
import type { Model } from '../read/read';
import type { Note } from '../types';
import { type Balancer, ingressBalancer } from './balancers';
import type { Entrance } from './entrances';
import { besideGateway, type GatewayPods } from './implementations';
import { type IngressController, ingressController, OPENSHIFT_ROUTER } from './ingress-controllers';

/** What the manifests of ingress-nginx install: this namespace, these labels. */
const UPSTREAM: Entrance = {
  ...assumed('ingress-nginx/ingress-nginx-controller', {
    namespace: 'ingress-nginx',
    labels: new Map([
      ['app.kubernetes.io/component', 'controller'],
      ['app.kubernetes.io/instance', 'ingress-nginx'],
      ['app.kubernetes.io/name', 'ingress-nginx'],
      ['app.kubernetes.io/part-of', 'ingress-nginx'],
    ]),
    onNode: false,
  }),
};

/** Who opens the connections of Ingresses, Gateways and Services to pods. */
export class Controllers {
  private readonly named: Entrance | undefined;
  /** Those that run ingress-nginx. */
  private readonly running: readonly PodOwner[];
  private readonly classes: readonly IngressClass[];
  private readonly owners: readonly PodOwner[];
  private readonly placed: Model['placed'];
  private readonly known = new Map<string, Entrance>();

  /** @throws RangeError where no workload has the name */
  constructor({ owners, classes, placed }: Pick<Model, 'owners' | 'classes' | 'placed'>, name: string | undefined) {
    this.placed = placed;
    this.classes = classes;
    this.owners = owners;
    this.running = owners.filter(({ pods }) => pods.some(({ serves }) => serves !== undefined));
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
   * Who opens the connections of a way. For an Ingress the controller that was named, else the first that runs ingress-nginx
   * for its class, else what its class is known to be served by; a class of which nothing is known may be served by anybody.
   * For a route, what serves its Gateway. Services are reached by addresses outside.
   */
  for(backend: Pick<Backend, 'className' | 'gateway' | 'outside' | 'via'>): Entrance {
    const { className, gateway, outside, via } = backend;
    if (outside !== undefined) {
      const { ranges, keepsClients, by } = outside;
      const from = { kind: 'addresses' as const, ranges, isNode: !keepsClients };
      return { namespace: undefined, workload: undefined, text: `clients outside, by ${by}`, from };
    }
    if (this.named !== undefined) {
      return this.named;
    }
    if (gateway !== undefined) {
      return this.once(`Gateway ${gateway.namespace}/${gateway.name}`, () => this.servingGateway(gateway));
    }
    if (via.kind === 'Route') {
      return this.once('Route', () => this.installed(OPENSHIFT_ROUTER));
    }
    return via.kind === 'Ingress'
      ? this.once(`class ${className}`, () => this.servingClass(className))
      : anybody('nobody');
  }

  /** Says of classes that nobody is known to serve that they are: of each with the first Ingress that names it. */
  notesOn(backends: readonly Backend[]): readonly Note[] {
    const firsts = new Map<string, Backend>();
    for (const backend of this.named === undefined ? backends : []) {
      const { className, via } = backend;
      if (via.kind === 'Ingress' && className !== undefined && !firsts.has(className)) {
        firsts.set(className, backend);
      }
    }
    return [...firsts]
      .filter(([, backend]) => this.for(backend).from.kind === 'anybody')
      .map(([className, backend]) => unknownClassNote(className, backend));
  }

  private once(key: string, make: () => Entrance): Entrance {
    let entrance = this.known.get(key);
    if (entrance === undefined) {
      const made = make();
      const { from, workload } = made;
      const isAssumed = from.kind === 'pods' && workload === undefined;
      entrance = isAssumed ? { ...made, from: { ...from, pods: from.pods.map(this.placed) } } : made;
      this.known.set(key, entrance);
    }
    return entrance;
  }

  private servingClass(className: string | undefined): Entrance {
    const declared = this.classOf(className);
    const isOfNginx = declared === undefined ? className === 'nginx' : declared.controller === 'k8s.io/ingress-nginx';
    const running = this.runningFor(className);
    const name = declared?.name ?? className;
    if (running !== undefined || isOfNginx || name === undefined) {
      const owner = running ?? this.running[0];
      return owner === undefined ? UPSTREAM : controllerOf(owner);
    }
    const balancer = ingressBalancer(name, declared?.controller);
    if (balancer !== undefined) {
      return balancing(balancer);
    }
    const controller = ingressController(name, declared?.controller);
    return controller === undefined ? anybody(`${WHOEVER} ${JSON.stringify(name)}`) : this.installed(controller);
  }

  private runningFor(className: string | undefined): PodOwner | undefined {
    const wanted = this.classOf(className);
    return this.running.find(({ pods }) =>
      pods.some(({ serves }) =>
        wanted === undefined ? serves?.ingressClass === className : serves?.controllerClass === wanted.controller,
      ),
    );
  }

  private classOf(className: string | undefined): IngressClass | undefined {
    return this.classes.find(({ name, isDefault }) => (className === undefined ? isDefault : name === className));
  }

  /** The workload of the manifests that is labelled as a controller is, wherever it is, else such a pod. */
  private installed(controller: IngressController): Entrance {
    const { name, namespace, labels, onNode } = controller;
    const running = onNode ? undefined : (this.labelled(labels, namespace) ?? this.labelled(labels));
    return running ?? assumed(`${namespace}/${name}${onNode ? ', on the node' : ''}`, controller, !onNode);
  }

  private labelled(labels: ReadonlyMap<string, string>, namespace?: string): Entrance | undefined {
    const isOne = (pod: Pod) => [...labels].every(([key, value]) => pod.labels.get(key) === value);
    const found = this.owners.find(
      ({ workload, pods }) => (namespace ?? workload.namespace) === workload.namespace && pods.some(isOne),
    );
    return found && controllerOf(found);
  }

  /** The workload of the manifests whose pods are labelled as those of the Gateway are, else such a pod. */
  private servingGateway(gateway: ServingGateway): Entrance {
    const { implementation, balancer } = gateway;
    if (balancer !== undefined && implementation === undefined) {
      return balancing(balancer);
    }
    const pods = (implementation?.podsOf ?? besideGateway)(gateway);
    const running = pods.onNode ? undefined : this.labelled(pods.labels, pods.namespace);
    const who = implementation === undefined ? 'of an unknown implementation' : `of ${implementation.name}`;
    const text = `${pods.namespace}/${gateway.name} ${who}${pods.onNode ? ', on the node' : ''}`;
    return running ?? assumed(text, pods, implementation === undefined);
  }
}

function controllerOf({ workload, pods }: PodOwner): Entrance {
  return { namespace: workload.namespace, workload, text: peerText(workload), from: { kind: 'pods', pods } };
}

/** A controller that no manifest shows. */
function assumed(text: string, { namespace, labels, onNode }: GatewayPods, isGuess = false): Entrance {
  const pods = [
    {
      namespace,
      labels,
      namedPorts: new Map(),
      targetPorts: new Map(),
      listens: new Set<string>(),
      onNode,
      isProxy: onNode,
    },
  ];
  return { namespace, workload: undefined, text: `${text} (assumed)`, from: { kind: 'pods', pods, isGuess } };
}

function balancing({ name, addresses }: Balancer): Entrance {
  const from = { kind: 'addresses' as const, ranges: addresses?.(), isBalancer: true };
  return { namespace: undefined, workload: undefined, text: `the ${name}`, from };
}

const WHOEVER = 'whoever serves the class';

/** Whether nobody is known to serve the class of an Ingress. */
export function isUnknown({ text }: { readonly text: string }): boolean {
  return text.startsWith(WHOEVER);
}

function anybody(text: string): Entrance {
  return { namespace: undefined, workload: undefined, text, from: { kind: 'anybody' } };
}
