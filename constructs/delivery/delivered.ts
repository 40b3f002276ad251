import type { Construct } from 'constructs';
import type { BackendPort } from '../exposed-service/ports';
import type { Route } from '../exposure/route';
import type { PodLabels } from '../policy/end';
import type { Replay } from '../replay';

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
  readonly replicas: number | undefined;
  /** The labels that the Deployment selects its Pods by. */
  readonly selector: PodLabels;
  readonly routes: Replay<Route>;
}
