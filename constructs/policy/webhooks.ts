import { ApiObject, Chart } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { closuresOf } from './closed-namespaces';
import { letIn } from './connect';
import { Peer } from './peer';
import { PolicyPort } from './policy-port';

// biome-ignore lint/suspicious/noExplicitAny: a Kubernetes object is what its kind says it is
type Fields = any;

/** A Service that the API server calls. */
interface Call {
  readonly namespace: string;
  readonly service: string;
  readonly port: number;
}

/** Opens a port of a Service to whoever calls it. */
type Opener = (port: number, from: Peer) => void;

/** What a tree of constructs has to do with webhooks. */
interface Tree {
  /** Services that open themselves, by namespace and name. */
  readonly openers: Map<string, Opener>;
  readonly watchers: Set<IConstruct>;
  /** Those that have been served in this validation of the whole tree. */
  readonly served: Set<IConstruct>;
}

const BY_TREE = new WeakMap<IConstruct, Tree>();

/**
 * Has what the API server calls opened to it, once everything is made: Services that webhooks of admission, conversions of custom
 * resources and aggregated APIs of this app lead to. A validation of the whole tree looks for them once.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#service-reference
 */
export function watchWebhooks(watcher: Construct): void {
  const { root } = watcher.node;
  const tree = treeOf(root);
  if (tree.watchers.size === 0) {
    root.node.addValidation({
      validate: () => {
        openWebhooks(root, tree);
        for (const one of tree.watchers) {
          tree.served.add(one);
        }
        return [];
      },
    });
  }
  tree.watchers.add(watcher);
  watcher.node.addValidation({
    validate: () => {
      // Some validate a part of the tree alone.
      if (!tree.served.delete(watcher)) {
        openWebhooks(root, tree);
      }
      return [];
    },
  });
}

/** Has a Service open itself, which so knows better than anybody who calls it. */
export function opensItself(at: IConstruct, namespace: string, service: string, open: Opener): void {
  treeOf(at.node.root).openers.set(keyOf(namespace, service), open);
}

function treeOf(root: IConstruct): Tree {
  const tree = BY_TREE.get(root) ?? { openers: new Map(), watchers: new Set(), served: new Set() };
  BY_TREE.set(root, tree);
  return tree;
}

function keyOf(namespace: string, service: string): string {
  return JSON.stringify([namespace, service]);
}

function openWebhooks(root: IConstruct, { openers }: Tree): void {
  const objects = root.node.findAll().filter(ApiObject.isApiObject);
  for (const { namespace, service, port } of objects.flatMap(callsOf)) {
    const [closure] = closuresOf(root, namespace).soFar;
    const from = closure?.apiServer === undefined ? Peer.anywhere() : Peer.apiServer([...closure.apiServer]);
    const open = openers.get(keyOf(namespace, service));
    if (open) {
      open(port, from);
    } else if (closure) {
      const found = objects.find((object) => isService(object, namespace, service));
      openPlain(closure.scope, namespace, found?.toJson(), port, from);
    }
  }
}

/** Opens the Pods of a Service that no `ExposedService` is about; one that selects none has no Pods that a policy could name. */
function openPlain(scope: Construct, namespace: string, service: Fields, port: number, from: Peer): void {
  const selector = service?.spec?.selector ?? {};
  const found = service?.spec?.ports?.find((one: Fields) => one.port === port && (one.protocol ?? 'TCP') === 'TCP');
  if (found === undefined || Object.keys(selector).length === 0) {
    return;
  }
  const target = found.targetPort ?? port;
  const ports = [typeof target === 'number' ? PolicyPort.tcp(target) : PolicyPort.named(target)];
  const to = Peer._at(service.metadata.name, namespace, () => selector);
  letIn(scope, { from, to, ports, namespace, purpose: 'webhook' });
}

function isService(object: ApiObject, namespace: string, name: string): boolean {
  const own = object.metadata.namespace ?? Chart.of(object).namespace;
  return object.kind === 'Service' && object.name === name && own === namespace;
}

function callsOf(object: ApiObject): readonly Call[] {
  const read = CALLS.get(`${object.apiGroup}/${object.kind}`);
  const services = read?.(object.toJson()) ?? [];
  return services.flatMap((service: Fields) =>
    service?.namespace === undefined || service?.name === undefined
      ? []
      : [{ namespace: service.namespace, service: service.name, port: service.port ?? 443 }],
  );
}

const webhooks = (object: Fields) => (object.webhooks ?? []).map((one: Fields) => one.clientConfig?.service);

const CALLS = new Map<string, (object: Fields) => readonly Fields[]>([
  ['admissionregistration.k8s.io/ValidatingWebhookConfiguration', webhooks],
  ['admissionregistration.k8s.io/MutatingWebhookConfiguration', webhooks],
  ['apiregistration.k8s.io/APIService', (object) => [object.spec?.service]],
  [
    'apiextensions.k8s.io/CustomResourceDefinition',
    (object) => [object.spec?.conversion?.webhook?.clientConfig?.service],
  ],
]);
