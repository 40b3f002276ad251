import { ApiObject, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import { claimsOn } from '../claims';
import type { ProgressiveDelivery } from '../delivery';
import { ArgoRolloutsDelivery } from '../delivery/argo-rollouts';
import type { Delivered, DeliveredWorkload } from '../delivery/delivered';
import { FlaggerDelivery } from '../delivery/flagger';
import type { IWorkload } from '../workload';
import type { Backend } from './backend';
import type { ExposedServiceProps } from './props';

/** A service that is handed over, as it knows itself. */
type Own = Omit<Backend, 'namespace' | 'labels'> & Omit<Delivered, 'scope' | 'selector' | 'workload'>;

/** Has a controller bring in each next version of a service. As of a canary, there is one for the requests of the service. */
export function deliver(
  scope: Construct,
  { selector = {}, deployment, ...own }: Own,
  props: ExposedServiceProps,
  { _engine: engine }: ProgressiveDelivery,
): ApiObject {
  const workload =
    deployment === undefined
      ? theirs(props.workload as IWorkload, engine.kind === 'argo-rollouts')
      : {
          construct: deployment,
          name: deployment.name,
          replicas: () => props.replicas,
          isReplicasGiven: props.replicas !== undefined,
        };
  const delivered = { ...own, scope, selector, workload };
  const made =
    engine.kind === 'flagger'
      ? new FlaggerDelivery(delivered, engine.props)
      : new ArgoRolloutsDelivery(delivered, engine.props);
  claimsOn(scope, ['divided', scope.node.path]).add(made);
  return made.object;
}

/**
 * A Deployment of cdk8s-plus. Argo Rollouts scales it to nothing and runs the Pods of the Rollout, which then has the number:
 * what stands in the Deployment would bring the former Pods back with each apply.
 */
function theirs(workload: IWorkload, isScaledDown: boolean): DeliveredWorkload {
  const object = ApiObject.of(workload);
  if (isScaledDown) {
    object.addJsonPatch(JsonPatch.add('/spec/replicas', 0), JsonPatch.remove('/spec/replicas'));
  }
  return {
    construct: workload,
    name: object.name,
    replicas: () => (workload as { readonly replicas?: number }).replicas,
    isReplicasGiven: false,
  };
}
