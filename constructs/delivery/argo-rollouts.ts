import { type ApiObject, Lazy } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import {
  type RolloutSpecStrategyBlueGreenPrePromotionAnalysis as Analysis,
  AnalysisTemplate,
  Rollout,
  type RolloutSpecStrategy,
  type RolloutSpecStrategyCanarySteps,
  type RolloutSpecStrategyCanaryTrafficRouting,
} from '../../imports/argoproj.io';
import { servicePort } from '../exposed-service/ports';
import type { IngressRoute } from '../exposure/ingress';
import type { GatewayRoute } from '../gateway/gateway-route';
import { backendOf } from '../gateway/gateway-route';
import { backendRef } from '../gateway/http-route';
import { patchable } from '../patchable';
import { type Problems, shown } from '../values';
import type { ArgoRolloutsProps } from './argo-rollouts-props';
import { autoscalersOf } from './autoscaler';
import type { Delivered } from './delivered';
import type { DeliveryAnalysis } from './delivery-analysis';
import { shortDuration } from './duration';
import { queryOf, sourceProblems } from './queries';
import type { StepAction } from './rollout-step';

/** The one name under which the controller's plugin for the Gateway API is known; another is taken in silence. */
const GATEWAY_PLUGIN = 'argoproj-labs/gatewayAPI';

/**
 * Writes what Argo Rollouts needs beside Deployment and Service: the Service of the next version, the Rollout and what it
 * measures. The controller makes the canary Ingress, and moves the weights of the HTTPRoutes.
 *
 * @see https://argo-rollouts.readthedocs.io/en/stable/migrating/#reference-deployment-from-rollout
 */
export class ArgoRolloutsDelivery extends Construct {
  private readonly ingresses: IngressRoute[] = [];
  private readonly gateways: GatewayRoute[] = [];
  private readonly canaryName: string;
  /** The Rollout. */
  public readonly object: ApiObject;

  constructor(
    private readonly service: Delivered,
    private readonly props: ArgoRolloutsProps,
  ) {
    super(service.scope, 'delivery');
    this.canaryName = nextName(service.name, props);
    this.addNextService();
    const { name, namespace, workload } = service;
    this.object = patchable(
      new Rollout(this, 'rollout', {
        metadata: { name, namespace },
        spec: {
          replicas: Lazy.any({ produce: () => this.replicas() }) as unknown as number,
          // The Deployment keeps its Pods until those of the Rollout are ready. Its replicas are left out of the manifest, so that
          // nobody brings them back.
          workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: workload.name, scaleDown: 'onsuccess' },
          strategy: Lazy.any({ produce: () => this.strategy() }) as unknown as RolloutSpecStrategy,
        },
      }),
    );
    service.routes.each((route) => {
      if (route.kind === 'ingress') {
        this.ingresses.push(route);
      } else {
        this.gateways.push(route);
        this.divide(route);
      }
    });
    this.addTemplates();
    this.node.addValidation({ validate: () => this.problems() });
  }

  /** An autoscaler of the Rollout says how many. */
  private replicas(): number | undefined {
    return this.autoscalersOf('Rollout').length > 0 ? undefined : this.service.workload.replicas();
  }

  private autoscalersOf(kind: 'Deployment' | 'Rollout'): readonly ApiObject[] {
    const { name, namespace, workload } = this.service;
    return autoscalersOf(this, { kind, name: kind === 'Rollout' ? name : workload.name, namespace });
  }

  private addNextService(): void {
    const { namespace, ports, selector } = this.service;
    const name = this.canaryName;
    new k8s.KubeService(this, 'next', {
      metadata: { name, namespace, labels: { ...selector } },
      spec: { selector: { ...selector }, ports: ports.map((port) => servicePort(port)) },
    });
  }

  /** The stable Service takes all requests until the controller moves them. */
  private divide(route: GatewayRoute): void {
    const { isBlueGreen, canaryName, service } = this;
    if (isBlueGreen) {
      return;
    }
    const place = { name: canaryName, port: service.port, namespace: service.namespace };
    const next = backendOf(this, place, route.namespace);
    route.alsoLeadsTo(canaryName);
    route.rules.divide((path, main) => [
      { matches: [{ path }], backendRefs: [backendRef(main, 100), backendRef(next, 0)] },
    ]);
  }

  private get isBlueGreen(): boolean {
    return this.props.strategy._plan.kind === 'blue-green';
  }

  private strategy(): RolloutSpecStrategy {
    const { canaryName, props, service } = this;
    const { _plan: plan } = props.strategy;
    if (plan.kind === 'blue-green') {
      const { promoteAfter, keepFormer } = plan.options;
      return {
        blueGreen: {
          activeService: service.name,
          previewService: canaryName,
          autoPromotionEnabled: promoteAfter !== undefined,
          autoPromotionSeconds: promoteAfter?.toSeconds(),
          scaleDownDelaySeconds: keepFormer?.toSeconds(),
          prePromotionAnalysis: props.analysis && analysisOf(this.templateName(1)),
        },
      };
    }
    const actions: StepAction[] =
      plan.kind === 'canary'
        ? plan.steps.map(({ _action }) => _action)
        : [
            ...(this.gateways.length > 0 ? [{ kind: 'header', name: plan.header, value: plan.value } as const] : []),
            { kind: 'pause', duration: plan.duration },
          ];
    return {
      canary: {
        canaryService: canaryName,
        stableService: service.name,
        trafficRouting: this.trafficRouting(actions),
        analysis: props.analysis && { templates: [{ templateName: this.templateName() }], startingStep: 1 },
        steps: this.stepsOf(actions),
      },
    };
  }

  private stepsOf(actions: readonly StepAction[]): RolloutSpecStrategyCanarySteps[] {
    const isAbTest = this.props.strategy._plan.kind === 'ab-test';
    let weight = 0;
    let isScaled = false;
    const steps: RolloutSpecStrategyCanarySteps[] = [];
    // Without a weight no Pod of the next version would run, and requests with the header would find none.
    const scaleUp = () => {
      if (weight === 0 && !isScaled) {
        isScaled = true;
        steps.push({ setCanaryScale: { replicas: 1 } });
      }
    };
    if (isAbTest) {
      scaleUp();
    }
    for (const action of actions) {
      switch (action.kind) {
        case 'weight':
          if (isScaled) {
            isScaled = false;
            steps.push({ setCanaryScale: { matchTrafficWeight: true } });
          }
          weight = action.weight;
          steps.push({ setWeight: weight });
          break;
        case 'pause':
          steps.push({
            pause: action.duration ? { duration: shortDuration(action.duration) } : {},
          });
          break;
        case 'analysis':
          steps.push({ analysis: analysisOf(this.templateName(action.times)) });
          break;
        case 'header':
          scaleUp();
          steps.push({
            setHeaderRoute: {
              name: this.headerRoute(action.name),
              match: [{ headerName: action.name, headerValue: { exact: action.value } }],
            },
          });
      }
    }
    return steps;
  }

  private trafficRouting(actions: readonly StepAction[]): RolloutSpecStrategyCanaryTrafficRouting {
    const { ingresses, gateways, service, props } = this;
    const { _plan: plan } = props.strategy;
    const routes = actions.flatMap((action) => (action.kind === 'header' ? [this.headerRoute(action.name)] : []));
    const names = ingresses.map(({ ingressName }) => ingressName);
    const [namespace = service.namespace] = gateways.map((route) => route.namespace);
    return {
      nginx:
        names.length === 0
          ? undefined
          : {
              ...(names.length === 1 ? { stableIngress: names[0] } : { stableIngresses: names }),
              additionalIngressAnnotations:
                plan.kind === 'ab-test'
                  ? { 'canary-by-header': plan.header, 'canary-by-header-value': plan.value }
                  : undefined,
            },
      managedRoutes: routes.length === 0 ? undefined : [...new Set(routes)].map((name) => ({ name })),
      plugins:
        gateways.length === 0
          ? undefined
          : {
              [GATEWAY_PLUGIN]: {
                namespace,
                httpRoutes: gateways.map(({ routeName }) => ({
                  name: routeName,
                  ...(routes.length > 0 ? { useHeaderRoutes: true } : {}),
                })),
              },
            },
    };
  }

  private headerRoute(header: string): string {
    return `${this.service.name}-by-${header.toLowerCase()}`;
  }

  private templateName(times?: number): string {
    return times === undefined ? `${this.service.name}-analysis` : `${this.service.name}-analysis-${times}`;
  }

  private addTemplates(): void {
    const { analysis, strategy } = this.props;
    if (analysis === undefined) {
      return;
    }
    const { _plan: plan } = strategy;
    const steps = plan.kind === 'canary' ? plan.steps.map(({ _action }) => _action) : [];
    const counts = steps.flatMap((action) => (action.kind === 'analysis' ? [action.times] : []));
    for (const times of new Set(plan.kind === 'blue-green' ? [1] : [undefined, ...counts])) {
      this.addTemplate(analysis, times);
    }
  }

  private addTemplate({ prometheus, metrics, interval, failures = 0 }: DeliveryAnalysis, times?: number): void {
    const name = this.templateName(times);
    const every = interval ? shortDuration(interval) : '1m';
    new AnalysisTemplate(this, name, {
      metadata: { name, namespace: this.service.namespace },
      spec: {
        metrics: metrics.map((metric) => ({
          name: metric._name,
          interval: every,
          count: times,
          failureLimit: failures,
          ...conditions(metric._range),
          provider: {
            prometheus: {
              address: prometheus,
              query: Lazy.any({ produce: () => this.query(metric, every) }) as unknown as string,
            },
          },
        })),
      },
    });
  }

  private query(metric: DeliveryAnalysis['metrics'][number], window: string): string {
    const [route] = [...this.ingresses, ...this.gateways];
    return route === undefined ? '' : queryOf(metric, { ...this.next, route }, window);
  }

  private get next() {
    const { port, namespace } = this.service;
    return { name: this.canaryName, port, namespace };
  }

  private problems(): Problems {
    const { ingresses, gateways, service, props } = this;
    const [route] = [...ingresses, ...gateways];
    if (route === undefined) {
      return [
        `nothing leads requests to ${service.name}, so that none can be divided; expose it with Exposure.ingress or Exposure.gateway`,
      ];
    }
    const { _plan: plan } = props.strategy;
    const hasHeader = plan.kind === 'canary' && plan.steps.some(({ _action }) => _action.kind === 'header');
    const places = new Set(gateways.map(({ namespace }) => namespace));
    return [
      ...(hasHeader && ingresses.length > 0
        ? [
            'delivery has a step for a header, about which Argo Rollouts does nothing with ingress-nginx; use RolloutStrategy.abTest, or a Gateway',
          ]
        : []),
      ...(places.has(undefined)
        ? ['the plugin for the Gateway API has to be told the namespace of the HTTPRoute; give the service a namespace']
        : []),
      ...(places.size > 1
        ? [`the HTTPRoutes are in the namespaces ${[...places].map(shown).join(' and ')}; the plugin takes one of them`]
        : []),
      ...this.autoscalersOf('Deployment').map(
        ({ node }) =>
          `${node.path} scales the Deployment ${shown(service.workload.name)}, of which Argo Rollouts leaves no Pods; scale the Rollout: scaleTargetRef { apiVersion: "argoproj.io/v1alpha1", kind: "Rollout", name: ${shown(service.name)} }`,
      ),
      ...this.autoscalersOf('Rollout')
        .filter(() => service.workload.isReplicasGiven)
        .map(
          ({ node }) => `replicas is given, and ${node.path} says how many Pods the Rollout has; leave replicas out`,
        ),
      ...(props.analysis?.metrics ?? []).flatMap((metric) => sourceProblems(metric, { ...this.next, route })),
    ];
  }
}

/** The name of the Service of the next version. */
export function nextName(name: string, { strategy, canaryName }: ArgoRolloutsProps): string {
  return canaryName ?? `${name}-${strategy._plan.kind === 'blue-green' ? 'preview' : 'canary'}`;
}

function analysisOf(templateName: string): Analysis {
  return { templates: [{ templateName }] };
}

/** What is neither, such as the answer when there were no requests, is inconclusive: the Rollout waits for a person. */
function conditions({ min, max }: { readonly min?: number; readonly max?: number }) {
  const good = [
    ...(min === undefined ? [] : [`result[0] >= ${min}`]),
    ...(max === undefined ? [] : [`result[0] <= ${max}`]),
  ];
  const bad = [
    ...(min === undefined ? [] : [`result[0] < ${min}`]),
    ...(max === undefined ? [] : [`result[0] > ${max}`]),
  ];
  return {
    successCondition: `len(result) > 0 && ${good.join(' && ')}`,
    failureCondition: `len(result) > 0 && ${bad.length > 1 ? `(${bad.join(' || ')})` : bad[0]}`,
  };
}
