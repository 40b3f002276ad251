import type { Construct, IConstruct } from 'constructs';
import type { BackendPort } from '../exposed-service/ports';
import type { Route } from '../exposure/route';
import type { PodLabels } from '../policy/end';
import type { Replay } from '../replay';

/** The Deployment of a service that a controller delivers. */
export interface DeliveredWorkload {
  readonly construct: IConstruct;
  readonly name: string;
  /** How many Pods, and whether somebody said so for this service; cdk8s-plus always has a number of its own. */
  readonly replicas: () => number | undefined;
  readonly isReplicasGiven: boolean;
}

/** A service that a controller delivers, as far as that has to know it. */
export interface Delivered {
  /** What is made stands below it. */
  readonly scope: Construct;
  readonly name: string;
  /** Nothing when no manifest names it. */
  readonly namespace: string | undefined;
  readonly port: number;
  readonly targetPort: number;
  readonly ports: readonly BackendPort[];
  readonly workload: DeliveredWorkload;
  /** The labels by which its Services select Pods. */
  readonly selector: PodLabels;
  readonly routes: Replay<Route>;
}
