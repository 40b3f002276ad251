import { type ApiObject, Chart } from 'cdk8s';
import type { Container, Deployment } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { claimsOn, servicePlace } from '../claims';
import type { ExistingService } from '../existing-service';
import type { Exposure } from '../exposure';
import type { Route } from '../exposure/route';
import type { INamespace } from '../namespace';
import { type IPeer, Peer, PolicyPort } from '../policy';
import { closuresOf } from '../policy/closed-namespaces';
import { type Connection, letIn, letOutIfClosed } from '../policy/connect';
import { peerProblems, portsProblems } from '../policy/problems';
import { opensItself, watchWebhooks } from '../policy/webhooks';
import { refuse, refuseOn } from '../refusal';
import { Replay } from '../replay';
import { port as portProblems } from '../values';
import { type AllowFromOptions, allowFromProblems } from './allow-from';
import { type Backend, backendOf } from './backend';
import { deliver } from './deliver';
import type { OwnDeployment } from './own-deployment';
import { podProblems } from './pod-problems';
import { type BackendPort, backendPort, PortProtocol, policyPort } from './ports';
import { exposureProblems, madeProblems, problemsOf, routeNameProblems } from './problems';
import type { ExposedServiceProps } from './props';

/** Who has to be let in because of an exposure. */
type Caller = Pick<Connection, 'from' | 'ports' | 'purpose'>;

/** A connection to another service that was allowed. */
interface Allowed {
  readonly to: ExposedService;
  readonly ports: PolicyPort[] | undefined;
  readonly name: string | undefined;
}

/**
 * A Service, the Deployment behind it where it is made from an image, and what makes it reachable.
 *
 * - Deployment, Service and policies carry and select the same labels, `app: <name>` unless others are given.
 * - In a namespace that a `DefaultDenyNamespace` closes it opens itself to what its exposure needs and to nothing else:
 *   to the ingress controller for an Ingress, to every address for a node port or load balancer; always on the port of
 *   its Pods alone.
 *
 * @throws Error when a setting is wrong; nothing is made then.
 * @see https://kubernetes.io/docs/concepts/services-networking/service/
 *
 * @example
 *
 *   new ExposedService(chart, 'frontend', {
 *     image: 'registry.example/frontend:1.4',
 *     port: 8080,
 *     exposure: Exposure.ingress({ host: 'shop.example.com' }),
 *   });
 */
export class ExposedService extends Construct implements IPeer {
  /** The name of the Service. */
  public readonly name: string;

  /** The port of the Service. */
  public readonly servicePort: number;

  /** The port of the Pods. */
  public readonly port: number;

  /** The namespace; nothing when it is that of the chart. */
  public readonly namespace?: INamespace;

  /** The Pods, as the end of a connection. */
  public readonly peer: Peer;

  private readonly backend: Backend;
  private readonly delivered: ApiObject | undefined;
  private readonly settings: ExposedServiceProps;
  private readonly allowed = new Replay<Allowed>();
  /** Who has to be let in as soon as something closes the Pods. */
  private readonly callers = new Replay<Caller>();
  private readonly routeObjects: string[] = [];
  /** Ports of the Service that are open to the API server. */
  private readonly webhookPorts = new Set<number>();
  /** Tells, once, that something closes the Pods. */
  private readonly isolations = new Replay<true>();

  /** @internal */
  public readonly _routes = new Replay<Route>();

  constructor(scope: Construct, id: string, props: ExposedServiceProps) {
    refuse(scope, id, problemsOf(scope, id, props));
    super(scope, id);
    const ofService = props.exposure?._parts.find((part) => part.service)?.service;
    this.settings = props;
    this.backend = backendOf(this, id, props, ofService ?? { spec: {} });
    this.name = this.backend.name;
    this.servicePort = this.backend.port;
    this.port = this.backend.targetPort;
    this.namespace = this.backend.namespace;
    this.peer = Peer._at(this.name, this._namespaceName, this.backend.labels);
    if (props.delivery) {
      const own = { ...this.backend, namespace: this._namespaceName, routes: this._routes };
      this.delivered = deliver(this, own, props, props.delivery);
    }
    if (props.exposure) {
      this.publish(props.exposure);
    }
    props.ports?.forEach((port) => {
      if (port.exposure) {
        this.publish(port.exposure, backendPort(port));
      }
    });
    if (this._namespaceName !== undefined) {
      closuresOf(this, this._namespaceName).each(() => this.isolate());
      opensItself(this, this._namespaceName, this.name, (port, from) => this.calledByApiServer(port, from));
    }
    this.node.addValidation({ validate: () => this.selectorProblems() });
    const workload = this.backend.deployment ?? props.workload;
    if (workload) {
      const { labels, selector } = this.backend;
      const told = () => ({ labels: labels(), selected: selector ?? labels() });
      this.node.addValidation({ validate: () => podProblems(this, workload, told(), this.isIsolated) });
    }
  }

  /** Labels of the Pods, which the Service selects them by. */
  public get podLabels(): { readonly [key: string]: string } {
    return this.backend.labels();
  }

  /**
   * The Deployment that is made of the image, with all that cdk8s-plus-27 can do: sidecars, volumes, scheduling, an autoscaler.
   * What Service and policies rely on, its labels and what it selects, stays as it is; synthesis fails where it does not.
   *
   * @throws Error where the service is not made from an image, and for that of a canary, which follows its main service.
   * @see https://cdk8s.io/docs/latest/plus/deployment/
   */
  public get deployment(): Deployment {
    return this.ownDeployment('deployment');
  }

  /**
   * The container of the image, with all that cdk8s-plus-27 can do: variables from Secrets and ConfigMaps, mounts.
   *
   * @throws Error as `deployment` does.
   * @see https://cdk8s.io/docs/latest/plus/container/
   */
  public get container(): Container {
    return this.ownDeployment('container').main;
  }

  /**
   * The Rollout of Argo Rollouts or the Canary of Flagger that delivers the service, for what no setting says: JSON patches by
   * `addJsonPatch`.
   *
   * @throws Error where the service has no `delivery`.
   * @see https://cdk8s.io/docs/latest/basics/escape-hatches/
   */
  public get deliveryObject(): ApiObject {
    if (this.delivered === undefined) {
      throw new Error(`${this.node.path}: there is no deliveryObject; give the service a delivery`);
    }
    return this.delivered;
  }

  /** The name under which Pods of every namespace find the Service; within its own, `name` alone does as well. */
  public get dnsName(): string {
    const namespace = this._namespaceName;
    return namespace === undefined ? this.name : `${this.name}.${namespace}.svc`;
  }

  /** The Service as others know it. */
  public get service(): ExistingService {
    const { name, servicePort, port, podLabels, namespace } = this;
    return { name, port: servicePort, targetPort: port, podLabels, namespace };
  }

  /**
   * Makes the Service reachable in one more way: by another Ingress, for another host or path.
   *
   * @throws Error when the exposure is wrong, or is one that only a new Service can have.
   */
  public expose(exposure: Exposure): void {
    const problems = exposureProblems('exposure', exposure);
    const { name, routeObjects } = this;
    refuseOn(
      this,
      problems.length > 0 ? problems : [...madeProblems(exposure), ...routeNameProblems(name, exposure, routeObjects)],
    );
    this.publish(exposure);
  }

  /**
   * Lets a peer connect to the Pods, by a NetworkPolicy. From then on nothing else does that no policy allows, but for
   * what the exposure needs. If a `DefaultDenyNamespace` closes the peer's namespace for connections out, the peer is let
   * out as well.
   *
   * @throws Error when the peer or an option is wrong.
   */
  public allowFrom(peer: IPeer, options: AllowFromOptions = {}): void {
    refuseOn(this, [...peerProblems('the peer of allowFrom', peer), ...allowFromProblems('options', options)]);
    const ports = options.ports ?? [this.mainPort];
    this.admit({ from: peer.peer, ports, name: options.name });
    if (peer instanceof ExposedService) {
      peer.allowed.add({ to: this, ports: options.ports, name: options.name });
    }
  }

  /**
   * Lets the Pods of this service reach each other, such as the replicas of a StatefulSet, by a NetworkPolicy.
   *
   * @param ports the ports of the Pods; left out, every port, since replicas often have some for each other
   * @throws Error when a port is wrong.
   */
  public allowAmongItself(ports?: PolicyPort[]): void {
    refuseOn(this, ports === undefined ? [] : portsProblems('the ports of allowAmongItself', ports));
    this.admit({ from: this.peer, ports });
  }

  /**
   * Lets what collects metrics connect to one port of the Pods, by a NetworkPolicy.
   *
   * @param monitoring what collects them: a workload, or all of a namespace by `Peer.namespace`
   * @param port the port of TCP that answers; left out, the port of the Pods
   * @throws Error when the peer or the port is wrong.
   */
  public allowMetricsFrom(monitoring: IPeer, port: number = this.port): void {
    refuseOn(this, [
      ...peerProblems('the monitoring of allowMetricsFrom', monitoring),
      ...portProblems('the port', port),
    ]);
    this.admit({ from: monitoring.peer, ports: [PolicyPort.tcp(port)], purpose: 'metrics' });
  }

  /**
   * The name of the namespace, if the manifests say it.
   *
   * @internal
   */
  public get _namespaceName(): string | undefined {
    return this.backend.namespace?.name ?? Chart.of(this).namespace;
  }

  /**
   * Lets somebody in once the Pods are closed.
   *
   * @internal
   */
  public _calledBy(peer: Peer): void {
    this.called({ from: peer, ports: [this.mainPort] });
  }

  /**
   * Whether this one makes its Deployment from an image.
   *
   * @internal
   */
  public get _isOfImage(): boolean {
    return this.settings.image !== undefined;
  }

  /**
   * The same service with another image, which may connect to whatever this one may and is closed when this one is. Only
   * for one that is made from an image.
   *
   * @internal
   */
  public _variant(scope: Construct, id: string, name: string, image: string): ExposedService {
    // One label is enough to keep the two apart; the others are what they have in common.
    const [[key] = ['app'], ...others] = Object.entries(this.podLabels);
    const labels = { [key]: name, ...Object.fromEntries(others) };
    const namespace = this._namespaceName === undefined ? undefined : { name: this._namespaceName };
    // What leads to a port by a host leads to the main one alone.
    const ports = this.settings.ports?.map(({ exposure: _, ...port }) => port);
    const settings = { ...this.settings, namespace, ports, exposure: undefined, delivery: undefined };
    const variant = new ExposedService(scope, id, { ...settings, name, image, labels });
    this.allowed.each(({ to, ports, name: given }) =>
      to.allowFrom(variant, { ports, name: given === undefined ? undefined : `${given}-${name}` }),
    );
    this.isolations.each(() => variant.isolate());
    if (this.backend.deployment) {
      variant.backend.deployment?.follow(this.backend.deployment);
    }
    return variant;
  }

  private ownDeployment(what: string): OwnDeployment {
    const { deployment } = this.backend;
    const isFollower = deployment?.isFollower === true;
    refuseOn(
      this,
      deployment !== undefined && !isFollower
        ? []
        : [
            isFollower
              ? `${what} is that of a canary, which has all that its main service has but for the image; change that one, or give CanaryIngress another service`
              : `${what} is there where a service is made from an image; change the workload where it is made`,
          ],
    );
    return deployment as OwnDeployment;
  }

  /** Lets somebody in, and out where that is closed. */
  private admit(asked: Pick<Connection, 'from' | 'ports' | 'name' | 'purpose'>): void {
    const connection = { ...asked, to: this.peer, namespace: this._namespaceName };
    letIn(this, connection);
    letOutIfClosed(this, connection);
    this.isolate();
  }

  /** Makes a port reachable; where none is given the main one, and by what the Service is all of them. */
  private publish(exposure: Exposure, given?: BackendPort): void {
    for (const part of exposure._parts) {
      const { name, namespace, ports } = this.backend;
      const { port } = given ?? this.backend;
      const { name: portName } = given ?? ports[0] ?? {};
      const open = given ? [given] : part.service ? ports : ports.slice(0, 1);
      const hasRouteMadeElsewhere = this.settings.delivery?._engine.kind === 'flagger';
      const route = part.route?.(this, { name, port, portName, namespace, hasRouteMadeElsewhere });
      const made = part.routeObject?.(name);
      if (made) {
        this.routeObjects.push(made.object);
      }
      if (part.name === 'webhook') {
        this.webhookPorts.add(port);
      }
      if (route && given === undefined) {
        this._routes.add(route);
      }
      if (route) {
        claimsOn(this, [route.kind, ...servicePlace(this, name, this._namespaceName)]).add(this);
      }
      const closed = part.closedProblems ?? [];
      if (closed.length > 0) {
        this.isolations.each(() => this.node.addValidation({ validate: () => closed }));
      }
      for (const caller of part.callers) {
        this.called({ from: caller, ports: open.map(policyPort), purpose: given?.name });
      }
    }
  }

  /** A Service of cdk8s-plus may get its selector until the end, or never, when its endpoints are written by hand. */
  private selectorProblems(): string[] {
    return this.isIsolated && Object.keys(this.podLabels).length === 0
      ? [
          `the Service "${this.name}" selects no Pods, so that its policies would open every Pod of the namespace; give it a selector`,
        ]
      : [];
  }

  private get isIsolated(): boolean {
    return this.isolations.soFar.length > 0;
  }

  private isolate(): void {
    if (this.isIsolated) {
      return;
    }
    this.isolations.add(true);
    watchWebhooks(this);
    for (const caller of this.callers.soFar) {
      letIn(this, this.connectionOf(caller));
    }
  }

  /** An exposure as a webhook says more exactly who the API server is. */
  private calledByApiServer(port: number, from: Peer): void {
    const { ports } = this.backend;
    const [called] = ports.filter((one) => one.port === port && one.protocol === PortProtocol.TCP);
    if (called !== undefined && !this.webhookPorts.has(port)) {
      this.webhookPorts.add(port);
      const purpose = ports.length > 1 ? `webhook-${port}` : 'webhook';
      this.called({ from, ports: [policyPort(called)], purpose });
    }
  }

  private called(caller: Caller): void {
    this.callers.add(caller);
    if (this.isIsolated) {
      letIn(this, this.connectionOf(caller));
    }
    letOutIfClosed(this, this.connectionOf(caller));
  }

  private connectionOf(caller: Caller): Connection {
    return { ...caller, to: this.peer, namespace: this._namespaceName };
  }

  private get mainPort(): PolicyPort {
    const [main] = this.backend.ports;
    return main === undefined ? PolicyPort.tcp(this.port) : policyPort(main);
  }
}
