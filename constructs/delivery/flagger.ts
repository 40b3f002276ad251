import { ApiObject, Chart, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import {
  Canary,
  type CanarySpecAnalysis,
  type CanarySpecAnalysisMatch,
  type CanarySpecAnalysisWebhooks,
  type CanarySpecAutoscalerRefKind,
  CanarySpecIngressRefKind,
  CanarySpecProvider,
  type CanarySpecService,
  CanarySpecTargetRefKind,
  MetricTemplate,
  MetricTemplateSpecProviderType,
} from '../../imports/flagger.app';
import type { CanaryTerm } from '../canary/canary-rule';
import { matchesOf } from '../canary/gateway-rules';
import type { IngressRoute } from '../exposure/ingress';
import type { Route } from '../exposure/route';
import type { GatewayRoute } from '../gateway/gateway-route';
import { patternProblems } from '../gateway/pattern';
import { patchable } from '../patchable';
import type { PodLabels } from '../policy/end';
import { type Problems, shown } from '../values';
import { autoscalersOf } from './autoscaler';
import type { Delivered } from './delivered';
import { shortDuration } from './duration';
import type { FlaggerProps } from './flagger-props';
import { queryOf, sourceProblems } from './queries';
import { USUAL_MAX_AGE } from './session-affinity';

/** The labels by which Flagger tells workloads apart, in its order. */
const TELLING = ['app', 'name', 'app.kubernetes.io/name'];

/** The label of Pods that Flagger leaves alone, since it isn't one by which it tells workloads apart. */
const KEPT = 'service';

/** The label that Flagger changes on the Pods that serve; nothing where there is none, which Flagger refuses. */
export function changedLabel(labels: PodLabels): string | undefined {
  return TELLING.find((key) => Object.hasOwn(labels, key));
}

/** The same of Pods of which it is not known yet by which of these labels their Deployment selects them. */
export function keptLabelsOfAny(name: string, labels: PodLabels): PodLabels {
  const { [KEPT]: own = name, ...others } = labels;
  return { ...Object.fromEntries(Object.entries(others).filter(([key]) => !TELLING.includes(key))), [KEPT]: own };
}

/** Labels of Pods that hold for the ones that serve too, one of them the service's own. */
export function keptLabels(name: string, labels: PodLabels): PodLabels {
  const changed = changedLabel(labels);
  const { [KEPT]: own = name, ...others } = Object.fromEntries(
    Object.entries(labels).filter(([key]) => key !== changed),
  );
  return { ...others, [KEPT]: own };
}

/**
 * Writes the Canary of Flagger and what it measures. Flagger makes the Services, the Deployment that serves, the canary
 * Ingress and the HTTPRoute, and none of these may be here.
 *
 * @see https://docs.flagger.app/usage/how-it-works
 */
export class FlaggerDelivery extends Construct {
  private readonly ingresses: IngressRoute[] = [];
  private readonly gateways: GatewayRoute[] = [];
  /** The Canary. */
  public readonly object: ApiObject;

  constructor(
    private readonly service: Delivered,
    private readonly props: FlaggerProps,
  ) {
    super(service.scope, 'delivery');
    service.routes.each((route) => {
      if (route.kind === 'ingress') {
        this.ingresses.push(route);
      } else {
        this.gateways.push(route);
      }
    });
    const { name, namespace } = service;
    const spec = Lazy.any({ produce: () => this.spec() });
    this.object = patchable(new Canary(this, 'canary', { metadata: { name, namespace }, spec: spec as never }));
    for (const metric of props.analysis.metrics) {
      new MetricTemplate(this, this.templateName(metric._name), {
        metadata: { name: this.templateName(metric._name), namespace },
        spec: {
          provider: { type: MetricTemplateSpecProviderType.PROMETHEUS, address: props.analysis.prometheus },
          query: Lazy.any({ produce: () => this.query(metric) }) as unknown as string,
        },
      });
    }
    this.node.addValidation({ validate: () => [...this.problems(), ...this.madeProblems()] });
  }

  private get route() {
    const [route] = [...this.ingresses, ...this.gateways];
    return route;
  }

  private get interval(): string {
    const { interval } = this.props.analysis;
    return interval ? shortDuration(interval) : '1m';
  }

  private spec() {
    const { route, service } = this;
    const { name, port, targetPort } = service;
    const [main] = service.ports;
    return {
      provider: route?.kind === 'ingress' ? CanarySpecProvider.NGINX : CanarySpecProvider.GATEWAYAPI_V1,
      targetRef: { apiVersion: 'apps/v1', kind: CanarySpecTargetRefKind.DEPLOYMENT, name: service.workload.name },
      autoscalerRef: this.autoscalerRef(),
      progressDeadlineSeconds: this.props.progressDeadline?.toSeconds(),
      // Left out it is the same.
      skipAnalysis: this.props.skipAnalysis || undefined,
      ingressRef:
        route?.kind === 'ingress'
          ? { apiVersion: 'networking.k8s.io/v1', kind: CanarySpecIngressRefKind.INGRESS, name: route.ingressName }
          : undefined,
      service: {
        name: name === service.workload.name ? undefined : name,
        port,
        portName: main?.name,
        targetPort: targetPort === port ? undefined : targetPort,
        ...(route?.kind === 'gateway' ? gatewayService(route) : {}),
      },
      analysis: this.analysis(),
    };
  }

  private analysis(): CanarySpecAnalysis {
    const { strategy, analysis, webhooks, sessionAffinity } = this.props;
    const { interval } = this;
    return {
      interval,
      threshold: (analysis.failures ?? 0) + 1,
      ...this.growth(strategy._plan),
      metrics: analysis.metrics.map(({ _name, _range }) => ({
        name: _name,
        interval,
        templateRef: { name: this.templateName(_name) },
        thresholdRange: _range,
      })),
      webhooks: webhooks?.map((webhook) => webhook._written()) as CanarySpecAnalysisWebhooks[] | undefined,
      sessionAffinity: sessionAffinity && {
        cookieName: sessionAffinity.cookieName,
        maxAge: sessionAffinity.maxAge?.toSeconds() ?? USUAL_MAX_AGE,
      },
    };
  }

  /** What scales the Deployment; Flagger makes another for the one that serves, and has this one scale the next version alone. */
  private autoscalerRef() {
    const [scaler] = this.autoscalers;
    return scaler === undefined
      ? undefined
      : {
          apiVersion: scaler.apiVersion,
          kind: scaler.kind as CanarySpecAutoscalerRefKind,
          name: scaler.name,
        };
  }

  private get autoscalers(): readonly ApiObject[] {
    const { workload, namespace } = this.service;
    return autoscalersOf(this, { kind: 'Deployment', name: workload.name, namespace });
  }

  private growth(plan: FlaggerProps['strategy']['_plan']): Partial<CanarySpecAnalysis> {
    switch (plan.kind) {
      case 'canary':
        return { stepWeight: plan.stepWeight, maxWeight: plan.maxWeight };
      case 'weights':
        return { stepWeights: [...plan.weights] };
      case 'blue-green':
        return { iterations: plan.iterations };
      case 'ab-test':
        return { iterations: plan.iterations, match: plan.rule._terms.map((term) => this.matchOf(term)) };
    }
  }

  /** For ingress-nginx Flagger takes the value of "cookie" as the name of the cookie; for a Gateway it is a header. */
  private matchOf(term: CanaryTerm): CanarySpecAnalysisMatch {
    if (this.route?.kind === 'ingress') {
      switch (term.kind) {
        case 'cookie':
          return { headers: { cookie: { exact: term.name } } };
        case 'header-pattern':
          return { headers: { [term.name]: { regex: term.pattern } } };
        case 'header-value':
          return { headers: { [term.name]: { exact: term.value } } };
        default:
          return {};
      }
    }
    const headers = matchesOf(term)
      .filter(({ side }) => side === 'canary')
      .map(({ header }): [string, { exact?: string; regex?: string }] => [
        header.name,
        String(header.type) === 'Exact' ? { exact: header.value } : { regex: header.value },
      ]);
    return { headers: Object.fromEntries(headers) };
  }

  private templateName(metric: string): string {
    return `${this.service.name}-${metric}`;
  }

  private query(metric: FlaggerProps['analysis']['metrics'][number]): string {
    return this.route === undefined ? '' : queryOf(metric, { ...this.next, route: this.route }, this.interval);
  }

  private get next() {
    const { name, port, namespace } = this.service;
    return { name: `${name}-canary`, port, namespace };
  }

  private problems(): Problems {
    const { ingresses, gateways, route, service, props } = this;
    if (route === undefined) {
      return [
        `nothing leads requests to ${service.name}, so that none can be divided; expose it with Exposure.ingress or Exposure.gateway`,
      ];
    }
    const { _plan: plan } = props.strategy;
    const term = plan.kind === 'ab-test' ? plan.rule._terms[0] : undefined;
    return [
      ...(ingresses.length + gateways.length > 1
        ? [
            'the service is exposed more than once, and Flagger moves the requests of one Ingress or HTTPRoute; leave the others out',
          ]
        : []),
      ...gateways
        .filter(({ namespace, routeName }) => namespace !== service.namespace || routeName !== service.name)
        .map(
          ({ routeName }) =>
            `Flagger makes the HTTPRoute ${shown(service.name)} beside the service, not ${shown(routeName)} elsewhere; leave routeName and routeNamespace out`,
        ),
      ...this.selectorProblems(),
      ...this.affinityProblems(route),
      ...(this.autoscalers.length > 1
        ? [
            `${this.autoscalers.map(({ node }) => node.path).join(' and ')} scale ${shown(service.workload.name)}, and Flagger takes one; leave the others out`,
          ]
        : []),
      ...(term !== undefined && route.kind === 'gateway' ? this.patternProblems(term, route) : []),
      ...props.analysis.metrics.flatMap((metric) => sourceProblems(metric, { ...this.next, route })),
    ];
  }

  private patternProblems(term: CanaryTerm, { gateway }: GatewayRoute): Problems {
    if (term.kind === 'header-value') {
      return [];
    }
    return gateway.implementation?.regularExpressions
      ? term.kind === 'header-pattern'
        ? patternProblems('header pattern', term.pattern)
        : []
      : [
          'the A/B test takes a regular expression, which the Gateway is not known to have; give it an implementation that has them, or use CanaryRule.header(name, value)',
        ];
  }

  /** A Deployment of cdk8s-plus selects by an address of cdk8s-plus, unless it is told otherwise. */
  private selectorProblems(): Problems {
    const { construct } = this.service.workload;
    const selected = ApiObject.of(construct).toJson().spec?.selector?.matchLabels ?? {};
    return changedLabel(selected) === undefined
      ? [
          `${construct.node.path} selects its Pods by ${Object.keys(selected).join(', ') || 'nothing'}, and Flagger tells workloads by ${TELLING.join(', ')}; give the Deployment "select: false", and select(LabelSelector.of({ labels: { app: ${shown(this.service.name)} } }))`,
        ]
      : [];
  }

  private affinityProblems(route: Route): Problems {
    if (this.props.sessionAffinity === undefined) {
      return [];
    }
    if (route.kind === 'ingress') {
      return [
        'sessionAffinity is given over ingress-nginx, for which Flagger has none; use a Gateway, or leave it out',
      ];
    }
    return route.gateway.implementation?.regularExpressions
      ? []
      : [
          'sessionAffinity takes a regular expression, which the Gateway is not known to have; give it an implementation that has them, or leave it out',
        ];
  }

  /** What Flagger makes and finds there already keeps it from working. */
  private madeProblems(): Problems {
    const { name, namespace, workload } = this.service;
    const taken = new Set([
      ...['', '-primary', '-canary'].map((end) => `Service ${name}${end}`),
      `Deployment ${workload.name}-primary`,
      ...this.autoscalers.map((scaler) => `${scaler.kind} ${scaler.name}-primary`),
      ...this.ingresses.map(({ ingressName }) => `Ingress ${ingressName}-canary`),
      ...this.gateways.map(() => `HTTPRoute ${name}`),
    ]);
    return this.node.root.node
      .findAll()
      .filter(ApiObject.isApiObject)
      .filter((object) => taken.has(`${object.kind} ${object.name}`))
      .filter((object) => (object.metadata.namespace ?? Chart.of(object).namespace) === namespace)
      .map(
        (object) =>
          `${object.node.path} makes the ${object.kind} ${shown(object.name)}, which Flagger makes itself; leave it out or give it another name`,
      );
  }
}

function gatewayService({ host, path, parents }: GatewayRoute): Partial<CanarySpecService> {
  const kind = { PathPrefix: 'prefix', Exact: 'exact', RegularExpression: 'regex' }[String(path.type)] ?? 'prefix';
  const isWhole = kind === 'prefix' && path.value === '/';
  return {
    gatewayRefs: parents().map(({ group, kind: of, name, namespace, sectionName }) => ({
      group,
      kind: of,
      name,
      namespace,
      sectionName,
    })),
    hosts: [host],
    match: isWhole ? undefined : [{ uri: { [kind]: path.value } }],
  };
}
