import type { Backend, IngressClass, Pod, PodOwner } from '../model';
import { workloadsNamed } from '../names';
import { peerText } from '../peer';
import type { Model } from '../read/read';
import type { Controller } from '../types';

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
      onNode: false,
    },
  ],
};

/** The ingress controllers of some manifests. */
export class Controllers {
  private readonly named: ServingController | undefined;
  private readonly running: readonly ServingController[];
  private readonly classes: readonly IngressClass[];

  /** @throws RangeError where no workload has the name */
  constructor({ owners, classes }: Pick<Model, 'owners' | 'classes'>, name: string | undefined) {
    this.classes = classes;
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
   * else the first that runs it at all, else a pod as upstream installs it.
   */
  for({ className }: Pick<Backend, 'className'>): ServingController {
    if (this.named !== undefined) {
      return this.named;
    }
    const wanted =
      className === undefined
        ? this.classes.find(({ isDefault }) => isDefault)
        : this.classes.find(({ name }) => name === className);
    const serving = this.running.find(({ pods }) =>
      pods.some(({ serves }) =>
        wanted === undefined ? serves?.ingressClass === className : serves?.controllerClass === wanted.controller,
      ),
    );
    return serving ?? this.running[0] ?? UPSTREAM;
  }
}

function controllerOf({ workload, pods }: PodOwner): ServingController {
  return { namespace: workload.namespace, workload, text: peerText(workload), pods };
}
