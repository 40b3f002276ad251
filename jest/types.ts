import type { IConstruct } from 'constructs';
import type { RuleCode, RuleSetting, Severity } from '../analysis/check';
import type { Workload } from '../analysis/connectivity';

/**
 * What to ask about.
 *
 * - A cdk8s App, Chart or any other construct: the objects below it, as `synth` would write them.
 * - The path of a file or a folder of manifests, relative to the working directory. Folders are read with all below.
 * - A text of YAML or JSON: a string of several lines.
 * - A Kubernetes object.
 * - A list of these, which are taken together.
 * - What `manifests` gives, to say more about them.
 */
export type Subject = string | object | readonly (string | object)[];

/** What manifests alone cannot say. */
export interface SubjectOptions {
  /**
   * How strictly the manifests are read: with `tolerant`, what an API server refuses or drops does not stop a test where it
   * can be understood.
   *
   * @default 'strict'
   */
  readonly input?: 'strict' | 'tolerant';
  /**
   * What pods with `hostNetwork: true` are: `node`, outside of policy, or `pod`, pods like all others.
   *
   * @default 'node'
   */
  readonly hostNetwork?: 'node' | 'pod';
  /**
   * Addresses of nodes, as CIDRs or single addresses, beside those of Node objects.
   *
   * @default - none
   */
  readonly nodes?: readonly string[];
  /**
   * Addresses of pods, as CIDRs or single addresses: what those may have of which no manifest tells one.
   *
   * @default - private addresses, and global ones of IPv6
   */
  readonly pods?: readonly string[];
  /**
   * What `ipBlock` matches under the network plugin in use: addresses `outside` of the cluster alone, or `everywhere`, those
   * of pods too.
   *
   * @default - an assertion about connections fails where the answer hangs on it
   */
  readonly ipBlocks?: 'outside' | 'everywhere';
  /**
   * What policies of other makers that are not evaluated do to an answer: `ignore` says that they open and close nothing.
   *
   * @default - an assertion about connections fails where such a policy may open or close what it is about
   */
  readonly otherPolicies?: 'doubt' | 'ignore';
  /**
   * The workload that serves Ingresses, as `NAMESPACE/NAME`.
   *
   * @default - the workload that runs ingress-nginx, else a pod in namespace `ingress-nginx` labelled as upstream does
   */
  readonly controller?: string;
  /**
   * The class of Ingresses to serve. Not together with `gateway`.
   *
   * @default - the only one that the manifests use, where they hold no Gateway
   */
  readonly ingressClass?: string;
  /**
   * The Gateway whose HTTPRoutes are asked, as `NAMESPACE/NAME`. Not together with `ingressClass`.
   *
   * @default - the only one that the manifests have, where they hold no Ingress
   */
  readonly gateway?: string;
  /**
   * Whether a Gateway that HTTPRoutes name and that is not among the manifests is taken as one that admits them.
   *
   * @default false
   */
  readonly assumeGateway?: boolean;
  /**
   * Whether a Service that is not among the manifests is taken as there, with the port number that is asked for.
   *
   * @default false: what would go there is answered with an error
   */
  readonly assumeServices?: boolean;
  /**
   * Whether a Secret or a ConfigMap that an annotation of an Ingress names and that is not among the manifests is taken as there.
   *
   * @default false: whether requests are answered with an error is open, and no matcher passes
   */
  readonly assumeSecrets?: boolean;
  /**
   * The release of ingress-nginx, `1.8` to `1.15`, with its patch or for the last one without.
   *
   * @default - what the image of the controller says where it is among the manifests, else 1.15
   */
  readonly controllerVersion?: string;
  /**
   * The ConfigMap of ingress-nginx, as `NAMESPACE/NAME`.
   *
   * @default - what the arguments of the controller say where it is among the manifests, else none
   */
  readonly configMap?: string;
  /**
   * The step at which requests are asked about that a Rollout of Argo Rollouts or a Canary of Flagger moves to a next version:
   * from 1, or 0 between two releases. A text such as `shop/frontend=2` says of which, where the manifests have several.
   *
   * @default - none: of requests that are moved it is open where they go, and no matcher passes
   */
  readonly step?: number | string;
}

/**
 * One end of a connection.
 *
 * - A workload by name: `frontend`, `shop/frontend`, `deployment/frontend` or `shop/Deployment/frontend`.
 * - Addresses outside of the cluster: `10.1.2.3`, `10.0.0.0/8`, or `external` for all of them, IPv4 and IPv6.
 * - A construct with one workload at or below it, such as a cdk8s-plus Deployment.
 * - A workload as the analysis gives it: `{ namespace, kind, name }`.
 */
export type Peer = string | IConstruct | Workload;

/** A port: `6379` or `'TCP 6379'`, `'UDP 53'`. A number is a TCP port. */
export type Port = number | string;

/** A question about connections. With several peers or addresses at one end, the answer has to be the same for all. */
export interface ConnectionQuestion {
  readonly from: Peer | readonly Peer[];
  readonly to: Peer | readonly Peer[];
  /**
   * The port of the pod, from 1 to 65535; not that of a Service.
   *
   * @default - any port
   */
  readonly port?: Port;
  /**
   * TCP, UDP or SCTP, for a `port` that is a number.
   *
   * @default 'TCP'
   */
  readonly protocol?: 'SCTP' | 'TCP' | 'UDP';
}

/** Connections that differ from all others. */
export interface ConnectionException {
  /** @default - every peer that is asked about */
  readonly from?: Peer | readonly Peer[];
  /** @default - every peer that is asked about */
  readonly to?: Peer | readonly Peer[];
  /**
   * Ports of the pod: one, a range such as `'TCP 8000-8999'`, or a list.
   *
   * @default - all ports
   */
  readonly port?: Port | readonly Port[];
}

/** Which connections to look at, and which differ. */
export interface ConnectionTable {
  /** @default - every workload, and all addresses outside */
  readonly from?: Peer | readonly Peer[];
  /** @default - every workload, and all addresses outside */
  readonly to?: Peer | readonly Peer[];
  /** @default - none */
  readonly except?: readonly ConnectionException[];
  /**
   * What policies may open to pods that no manifest shows, where an end is left out and so everybody is meant: `true` for
   * whatever they open, or just some ports. Not for `toAllowAllConnections`, which says nothing of such pods.
   *
   * @default - an assertion fails where a policy opens anything to pods that no manifest shows
   */
  readonly exceptUnseen?: boolean | Port | readonly Port[];
}

/** A request. */
export interface Request {
  /** Absolute, e.g. `http://shop.example.com/cart`. */
  readonly url: string;
  /** @default 'GET' */
  readonly method?: string;
  /** @default - none */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Where a request goes: a Service by name, `frontend`, `shop/frontend`, `frontend:80` or `shop/frontend:80`; a construct
 * with one Service at or below it; or anything with the name of a Service, such as the `frontend` of an OnlineBoutique.
 */
export type Backend = string | IConstruct | NamedService;

/** The name of a Service. */
export interface NamedService {
  readonly name: string;
  readonly namespace?: string | { readonly name: string };
}

/** A redirect; what is left out may be anything. */
export interface Redirect {
  /** 301, 302, 303, 307 or 308. */
  readonly status?: number;
  /** The whole value of the header Location. */
  readonly location?: string;
}

/** Which findings count. */
export interface FindingsQuestion {
  /**
   * What single rules count for: `off`, `on`, or a severity of their own.
   *
   * @default - each rule as its page says
   */
  readonly rules?: { readonly [Rule in RuleCode]?: RuleSetting };
  /**
   * What is left out: findings of a rule, `'service-open-to-world'`, or those of one object, `'service-open-to-world=shop/web'`. One that leaves out
   * nothing is a finding itself.
   *
   * @default - only what the annotation `cdk8s-networking/ignore` of an object names
   */
  readonly ignore?: readonly string[];
  /**
   * The least severity that counts: with `warning`, findings of `info` do not.
   *
   * @default 'info'
   */
  readonly severity?: Severity;
  /**
   * Files, and folders of files, that are applied in the place of others. Each is judged in that place.
   *
   * @default - the charts of an app that `NetworkingApp.alternative` names
   */
  readonly alternatives?: readonly string[];
}

/** What `toRoute` leads on to. */
export interface RouteMatchers {
  /** The opposite of what follows. */
  readonly not: Omit<RouteMatchers, 'not'>;
  /**
   * Every such request goes to this Service; after `not`, none does. Where some do, or where a gateway answers some with an
   * error in its stead, both fail.
   */
  toBackend(backend: Backend): void;
  /**
   * Requests go to these Services, with these probabilities, which add up to 1. What a gateway answers with an error in the
   * stead of a Service does not go there.
   *
   * @example
   * expect(app).toRoute({ url }).toSplit({ frontend: 0.95, 'frontend-canary': 0.05 });
   */
  toSplit(shares: Readonly<Record<string, number>>): void;
  /** The answer is a redirect, with this status and location. */
  toRedirect(redirect?: Redirect): void;
}

/** What importing `cdk8s-networking/jest` or `cdk8s-networking/vitest` adds to `expect`. */
export interface NetworkingMatchers<R> {
  /**
   * Connections may be opened: on the port, or if none is given, on at least one.
   *
   * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
   * @example
   * expect(app).toAllowConnection({ from: 'frontend', to: 'backend', port: 6379 });
   */
  toAllowConnection(question: ConnectionQuestion): R;
  /** Connections may not be opened: not on the port, or if none is given, on none. The same as `not.toAllowConnection`. */
  toDenyConnection(question: ConnectionQuestion): R;
  /**
   * Every port of every connection is closed, and the exceptions are open on just the ports they name. What is not
   * excepted is asserted as well, and so is that policies open nothing to pods that no manifest shows.
   *
   * @example
   * expect(app).toDenyAllConnections({ to: 'frontend', except: [{ from: 'ingress-nginx-controller', port: 8080 }] });
   */
  toDenyAllConnections(table?: ConnectionTable): R;
  /** Every port of every connection is open, and the exceptions are closed on just the ports they name. */
  toAllowAllConnections(table?: ConnectionTable): R;
  /**
   * An Ingress, a route (of the Gateway API or OpenShift) or a Service of type LoadBalancer or NodePort leads to the workload,
   * and the policies let through who comes that way. After `not`, there is no such way. Where manifests cannot tell whether
   * they do, both fail.
   *
   * @see https://kubernetes.io/docs/concepts/services-networking/ingress/
   * @see https://gateway-api.sigs.k8s.io/
   */
  toExpose(workload: Peer): R;
  /** Who can connect to whom, and what Ingresses and HTTPRoutes expose, is as in the snapshot. */
  toMatchConnectivitySnapshot(hint?: string): R;
  /**
   * A rule takes the request and leads to a Service or a redirect; say which by what follows. After `not`, no rule takes
   * it. Where the controller or gateway answers with an error, since a Service is missing or the request is broken, both
   * fail; and so do they where a regular expression that JavaScript doesn't know leaves it open.
   *
   * @see https://kubernetes.github.io/ingress-nginx/
   * @see https://gateway-api.sigs.k8s.io/reference/spec/
   * @example
   * expect(app).toRoute({ url: 'http://shop.example.com/', headers: { FOO: 'bar' } }).toBackend('frontend-canary');
   */
  toRoute(request: Request): R extends Promise<void> ? Promise<RouteMatchers> : RouteMatchers;
  /** The ingress controller or gateway answers by itself, with this status: that of a redirect or of an error, or 404. */
  toAnswer(request: Request, status: number): R;
  /**
   * `check` finds nothing wrong with the manifests. After `not`, it finds something.
   *
   * @example
   * expect(app).toHaveNoFindings({ ignore: ['service-open-to-world=shop/web'], severity: 'warning' });
   */
  toHaveNoFindings(question?: FindingsQuestion): R;
  /** All routes are as in the snapshot. */
  toMatchRoutingSnapshot(hint?: string): R;
}
