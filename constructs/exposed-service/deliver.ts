import type { Construct } from 'constructs';
import { claimsOn } from '../claims';
import type { ProgressiveDelivery } from '../delivery';
import { ArgoRolloutsDelivery } from '../delivery/argo-rollouts';
import type { Delivered } from '../delivery/delivered';
import { FlaggerDelivery } from '../delivery/flagger';
import type { Backend } from './backend';

/** A service that is handed over, as it knows itself. */
type Own = Omit<Backend, 'namespace' | 'labels'> & Omit<Delivered, 'scope' | 'selector'>;

/** Has a controller bring in each next version of a service. As of a canary, there is one for the requests of the service. */
export function deliver(
  scope: Construct,
  { selector = {}, deployment, ...own }: Own,
  delivery: ProgressiveDelivery,
): void {
  const { _engine: engine } = delivery;
  const delivered = { ...own, scope, selector };
  const made =
    engine.kind === 'flagger'
      ? new FlaggerDelivery(delivered, engine.props)
      : new ArgoRolloutsDelivery(delivered, engine.props);
  claimsOn(scope, ['divided', scope.node.path]).add(made);
  scope.node.addValidation({
    validate: () =>
      deployment?.hasAutoscaler
        ? [
            `an autoscaler scales ${deployment.node.path}, of which delivery runs no Pods but those of the next version; leave it out, and name the Pods that serve to an autoscaler of its own`,
          ]
        : [],
  });
}
