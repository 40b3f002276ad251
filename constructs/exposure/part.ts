import type { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import type { Peer } from '../policy/peer';
import type { Problems } from '../values';
import type { Route } from './route';
import type { ServiceEnd } from './service-end';

/** What an exposure wants of the Service itself. */
export interface ServiceSettings {
  readonly annotations?: Readonly<Record<string, string>>;
  /** Fields of the Service's `spec`, `type` among them. */
  readonly spec: Partial<k8s.ServiceSpec>;
  /** The port of every node, for the one port of the Service. */
  readonly nodePort?: number;
}

/** One way to make a Service reachable. All but name and problems are asked for only once there are no problems. */
export interface ExposurePart {
  /** The factory that made it, for messages. */
  readonly name: string;

  /** What is wrong with its values. */
  problems(what: string): Problems;

  /** What it wants of the Service; only one part of an exposure may want something. */
  readonly service?: ServiceSettings;

  /** Whether any Service is exposed so, whoever made it. */
  readonly isDefault?: boolean;

  /** Who connects to the Pods because of it: what a closed namespace has to open. */
  readonly callers: readonly Peer[];

  /** What is wrong as soon as something closes the Pods: nobody can tell who connects to them. */
  readonly closedProblems?: Problems;

  /** Settings that only a route can have which is written here, and not by a controller. */
  readonly ownSettings?: readonly string[];

  /** What its route is, such as `Ingress "shop"`, and the setting that names it, for a Service of this name. */
  routeObject?(service: string): { readonly object: string; readonly setting: string };

  /**
   * Makes the objects of the exposure below this scope, and says where requests for the Service come in by; nothing where no canary
   * could divide them.
   */
  route?(scope: Construct, service: ServiceEnd): Route | undefined;
}
