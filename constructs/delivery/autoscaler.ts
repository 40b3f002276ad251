import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';

/** A workload that something may scale. */
export interface Scaled {
  readonly kind: 'Deployment' | 'Rollout';
  readonly name: string;
  readonly namespace: string | undefined;
}

/** What of an app scales a workload: HorizontalPodAutoscalers, and ScaledObjects of KEDA. */
export function autoscalersOf(at: IConstruct, { kind, name, namespace }: Scaled): readonly ApiObject[] {
  return at.node.root.node
    .findAll()
    .filter(ApiObject.isApiObject)
    .filter((object) => SCALERS.has(`${object.apiGroup}/${object.kind}`))
    .filter((object) => (object.metadata.namespace ?? Chart.of(object).namespace) === namespace)
    .filter((object) => {
      const target = object.toJson().spec?.scaleTargetRef;
      return target?.name === name && (target?.kind ?? 'Deployment') === kind;
    });
}

const SCALERS = new Set(['autoscaling/HorizontalPodAutoscaler', 'keda.sh/ScaledObject']);
