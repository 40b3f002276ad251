import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { ExistingService } from '../existing-service';
import { ExposedService } from '../exposed-service';
import type { Route } from '../exposure/route';
import { fieldsWith } from '../fields';
import { addedCanaryAnnotations } from '../nginx-annotations';
import { Peer, PolicyPort } from '../policy';
import { letInIfClosed, letOutIfClosed } from '../policy/connect';
import { refuse } from '../refusal';
import { objectName, type Problems, record, shown } from '../values';
import { CanaryRule, problems as ruleProblems } from './canary-rule';
import { type CanaryEnd, type CanaryTarget, canaryEnd, targetProblems } from './canary-target';
import { Conflicts } from './conflicts';
import { divideRoute } from './gateway-target';
import { addCanaryIngress, type Canary } from './ingress-target';

/** Settings of `CanaryIngress`. */
export interface CanaryIngressProps {
  /**
   * The service a part of whose requests the canary takes. It is exposed by `Exposure.ingress` or `Exposure.gateway`, before
   * or after; host, path, path type and class or Gateway are those of its Ingress or HTTPRoute.
   */
  readonly main: ExposedService;

  /** Where the canary's requests go: another image for the main service, or another service of its namespace. */
  readonly canary: CanaryTarget;

  /**
   * Who is sent to the canary. A header decides before a cookie, and a cookie before a weight.
   *
   * @default - nobody (weight 0)
   */
  readonly rule?: CanaryRule;

  /**
   * The name of the canary's Ingress; over a Gateway there is none. Where the main service has several, the others of the
   * canary have the name of the main one's after it, such as "canary-shop-eu".
   *
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * Annotations of the canary's Ingress. Those of ingress-nginx are refused: the controller takes all but the canary's own
   * from the main Ingress. Refused where the main service has no Ingress.
   *
   * @default - none but the canary's own
   */
  readonly annotations?: { readonly [key: string]: string };
}

/**
 * A canary: another version of a service that takes some of its requests.
 *
 * It adds an Ingress for each of the main service's, divides the rules of its HTTPRoutes, and with `canary.image` adds a
 * Deployment and a Service. In a namespace that a `DefaultDenyNamespace` closes, the canary's Pods are opened to the ingress
 * controller or Gateway as the main ones are.
 *
 * @throws Error when a setting is wrong; nothing is made then. Synthesis fails when the main service has neither Ingress nor
 * HTTPRoute, when its Gateway can't say the rule, when main or canary service is part of another canary, when both are
 * exposed by Ingresses, and when one of the two Services selects the Pods of the other.
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#canary
 *
 * @example
 *
 *   new CanaryIngress(chart, 'canary', {
 *     main: frontend,
 *     canary: { image: 'registry.example/frontend:1.5' },
 *     rule: CanaryRule.header('FOO', 'bar').orWeight(5),
 *   });
 */
export class CanaryIngress extends Construct {
  /** The Service that the canary's requests go to. */
  public readonly service: ExistingService;

  /** The service that was made for `canary.image`, or that is `canary.service`; nothing for `canary.existing`. */
  public readonly exposedService?: ExposedService;

  private readonly end: CanaryEnd;
  private readonly name: string;
  private readonly conflicts: Conflicts;
  private readonly ingressNames = new Set<string>();
  private isExposed = false;

  constructor(scope: Construct, id: string, props: CanaryIngressProps) {
    refuse(scope, id, problemsOf(scope, id, props));
    super(scope, id);
    const { main, rule = CanaryRule.weight(0) } = props;
    this.name = props.name ?? id;
    this.end = canaryEnd(this, main, props.canary);
    this.service = this.end.service;
    this.exposedService = this.end.exposed;
    this.conflicts = new Conflicts(this, main, this.service);
    const canary: Canary = {
      service: this.service,
      rule,
      annotations: props.annotations,
      namespace: main._namespaceName,
    };
    main._routes.each((route) => this.follow(route, canary));
    this.node.addValidation({
      validate: () => [...this.routeProblems(main, props.annotations), ...this.conflicts.problems()],
    });
  }

  private follow(route: Route, canary: Canary): void {
    this.isExposed = true;
    if (route.controller) {
      this.admit(route.controller, canary.namespace);
    }
    if (route.kind === 'gateway') {
      const problems = divideRoute(this, canary, route);
      this.node.addValidation({ validate: () => problems });
      return;
    }
    const name = this.ingressNames.size === 0 ? this.name : `${this.name}-${route.ingressName}`;
    this.ingressNames.add(name);
    addCanaryIngress(this, name, canary, route);
    this.conflicts.takeRule(route);
  }

  /** Lets the controller reach the canary's Pods where something closes them. */
  private admit(controller: Peer, namespace: string | undefined): void {
    const { exposed, service } = this.end;
    if (exposed) {
      exposed._calledBy(controller);
      return;
    }
    const to = Peer._at(service.name, namespace, () => service.podLabels);
    const connection = { from: controller, to, ports: [PolicyPort.tcp(service.targetPort)], namespace };
    letInIfClosed(this, connection);
    letOutIfClosed(this, connection);
  }

  private routeProblems(main: ExposedService, annotations: CanaryIngressProps['annotations']): Problems {
    if (!this.isExposed) {
      return [`nothing leads requests to ${main.node.path}; expose it with Exposure.ingress or Exposure.gateway`];
    }
    return annotations !== undefined && this.ingressNames.size === 0
      ? [
          `annotations are given, and ${main.node.path} has no Ingress; over a Gateway the canary has no object for them`,
        ]
      : [];
  }
}

const PROPS = fieldsWith(['main', 'canary'], {
  main: (what, value) =>
    value instanceof ExposedService ? [] : [`${what} is ${shown(value)}; give an ExposedService`],
  canary: () => [],
  rule: (_, value) => ruleProblems(value),
  name: objectName,
  annotations: addedCanaryAnnotations,
});

function problemsOf(scope: Construct, id: string, props: CanaryIngressProps): Problems {
  const problems = PROPS('', props);
  if (record('props', props).length > 0 || !(props.main instanceof ExposedService)) {
    return problems;
  }
  return [
    ...problems,
    ...(props.canary === undefined ? [] : targetProblems(props.main, props.canary)),
    ...(props.name === undefined ? objectName('the name, taken from the id,', id) : []),
    ...placeProblems(scope, props.main),
  ];
}

/** A chart gives its namespace to whatever has none, so the canary would end up beside the main service. */
function placeProblems(scope: Construct, main: ExposedService): Problems {
  const own = Chart.of(scope).namespace;
  return own !== undefined && main._namespaceName === undefined
    ? [`main is in a namespace that no manifest names, and the canary would be in ${shown(own)}; give main a namespace`]
    : [];
}
