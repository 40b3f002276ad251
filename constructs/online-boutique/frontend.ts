import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { ExistingService } from '../existing-service';
import { fields } from '../fields';
import type { INamespace } from '../namespace';
import { refuse } from '../refusal';
import { type Problems, serviceName, shown } from '../values';
import { addresses, NAMES } from './microservices';
import { OnlineBoutiqueRelease } from './release';
import { COMMON, imagesOf } from './settings';
import { addDeployment, addService, CONTAINER_SECURITY, ISTIO_PROBES, resources, variables } from './workload';

/** Settings of `OnlineBoutiqueFrontend`. */
export interface OnlineBoutiqueFrontendProps {
  /**
   * The release of the frontend.
   *
   * @default OnlineBoutiqueRelease.V0_9_0
   */
  readonly release?: OnlineBoutiqueRelease;

  /**
   * The name of Deployment and Service, and the value of the Pods' label `app`. Not one that Online Boutique uses.
   *
   * @default "frontend-canary"
   */
  readonly name?: string;

  /**
   * The namespace, which has to be that of Online Boutique: the frontend asks its services by their short names.
   *
   * @default - the namespace of the chart
   */
  readonly namespace?: INamespace;

  /**
   * Registry and path before the image's name.
   *
   * @default "gcr.io/google-samples/microservices-demo"
   */
  readonly imageRegistry?: string;
}

/**
 * A second frontend for an `OnlineBoutique` that is there, of another release: a Deployment and a Service with labels
 * of their own, so that the first frontend's Service does not reach it. For a canary or an A/B test.
 *
 * @throws Error when a setting is wrong; nothing is made then.
 * @see https://github.com/GoogleCloudPlatform/microservices-demo
 *
 * @example
 *
 *   const next = new OnlineBoutiqueFrontend(chart, 'frontend-canary', { release: OnlineBoutiqueRelease.V0_9_0 });
 */
export class OnlineBoutiqueFrontend extends Construct {
  /** The Service, to expose it or to send a part of the traffic to it. */
  public readonly service: ExistingService;

  constructor(scope: Construct, id: string, props: OnlineBoutiqueFrontendProps = {}) {
    refuse(scope, id, PROPS('', props));
    super(scope, id);
    const { name = 'frontend-canary' } = props;
    const image = imagesOf(props, OnlineBoutiqueRelease.V0_9_0)('frontend');
    this.service = addFrontend(this, { name, image, namespace: props.namespace });
  }
}

const ASKS = [
  'productcatalogservice',
  'currencyservice',
  'cartservice',
  'recommendationservice',
  'shippingservice',
  'checkoutservice',
  'adservice',
];

const PROPS = fields({ ...COMMON, name: ownName });

function ownName(what: string, value: unknown): Problems {
  const problems = serviceName(what, value);
  return problems.length === 0 && NAMES.has(value as string)
    ? [`${what} is ${shown(value)}; Online Boutique has an object of that name, give another`]
    : problems;
}

/** Adds Deployment and Service of a frontend. */
export function addFrontend(
  scope: Construct,
  frontend: { name: string; image: string; namespace: INamespace | undefined },
): ExistingService {
  const { name, image } = frontend;
  const at = { name, namespace: frontend.namespace?.name };
  const probe = (kind: string): k8s.Probe => ({
    initialDelaySeconds: 10,
    httpGet: {
      path: '/_healthz',
      port: k8s.IntOrString.fromNumber(8080),
      // Lets the health check through without a session of its own being made for it.
      httpHeaders: [{ name: 'Cookie', value: `shop_session-id=x-${kind}-probe` }],
    },
  });
  addDeployment(
    scope,
    { ...at, annotations: ISTIO_PROBES },
    {
      serviceAccountName: 'default',
      containers: [
        {
          name: 'server',
          image,
          ports: [{ containerPort: 8080, protocol: 'TCP' }],
          env: variables({ PORT: '8080', ...addresses(ASKS), ENABLE_PROFILER: '0' }),
          readinessProbe: probe('readiness'),
          livenessProbe: probe('liveness'),
          resources: resources([100, 200], [64, 128]),
          securityContext: CONTAINER_SECURITY,
        },
      ],
    },
  );
  addService(scope, at, { name: 'http', port: 80, targetPort: 8080 });
  return { name, port: 80, targetPort: 8080, podLabels: { app: name }, namespace: frontend.namespace };
}
