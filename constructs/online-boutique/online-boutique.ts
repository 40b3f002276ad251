import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { ExistingService } from '../existing-service';
import { fields } from '../fields';
import type { INamespace } from '../namespace';
import { refuse } from '../refusal';
import { flag } from '../values';
import { addFrontend } from './frontend';
import { environment, MICROSERVICES, type Microservice } from './microservices';
import { OnlineBoutiqueRelease } from './release';
import { COMMON, imagesOf } from './settings';
import { addDeployment, addService, CONTAINER_SECURITY, ISTIO_PROBES, resources, variables } from './workload';

/** Settings of `OnlineBoutique`. */
export interface OnlineBoutiqueProps {
  /**
   * The release of every image.
   *
   * @default OnlineBoutiqueRelease.V0_8_0
   */
  readonly release?: OnlineBoutiqueRelease;

  /**
   * The namespace of every object, which has to exist.
   *
   * @default - the namespace of the chart
   */
  readonly namespace?: INamespace;

  /**
   * Registry and path before the names of the demo's own images. `redis` and `busybox` come from Docker Hub.
   *
   * @default "gcr.io/google-samples/microservices-demo"
   */
  readonly imageRegistry?: string;

  /**
   * Whether there is `frontend-external`, a Service of type LoadBalancer that puts the shop on the internet as it is.
   * To be left out where an Ingress or a Gateway does that.
   *
   * @default true
   */
  readonly externalLoadBalancer?: boolean;

  /**
   * Whether there is `loadgenerator`, which plays ten customers.
   *
   * @default true
   */
  readonly loadGenerator?: boolean;
}

/**
 * Online Boutique, a shop of eleven services: each with its Deployment and Service, as its release has them.
 *
 * @throws Error when a setting is wrong; nothing is made then.
 * @see https://github.com/GoogleCloudPlatform/microservices-demo
 *
 * @example
 *
 *   const shop = new OnlineBoutique(chart, 'online-boutique', { externalLoadBalancer: false });
 *   shop.frontend.name; // "frontend"
 */
export class OnlineBoutique extends Construct {
  /** The Service of the shop's web pages, to expose it or to test another release beside it. */
  public readonly frontend: ExistingService;

  constructor(scope: Construct, id: string, props: OnlineBoutiqueProps = {}) {
    refuse(scope, id, PROPS('', props));
    super(scope, id);
    const { externalLoadBalancer = true, loadGenerator = true } = props;
    const image = imagesOf(props, OnlineBoutiqueRelease.V0_8_0);
    const namespace = props.namespace?.name;
    const part = (name: string) => new Construct(this, name);

    const frontend = part('frontend');
    this.frontend = addFrontend(frontend, { name: 'frontend', image: image('frontend'), namespace: props.namespace });
    if (externalLoadBalancer) {
      const external = { name: 'frontend-external', namespace, app: 'frontend', id: 'external', type: 'LoadBalancer' };
      addService(frontend, external, { name: 'http', port: 80, targetPort: 8080 });
    }
    for (const microservice of MICROSERVICES) {
      addMicroservice(part(microservice.name), microservice, image(microservice.name), namespace);
    }
    addRedis(part('redis-cart'), namespace);
    if (loadGenerator) {
      addLoadGenerator(part('loadgenerator'), image('loadgenerator'), namespace);
    }
  }
}

const PROPS = fields({ ...COMMON, externalLoadBalancer: flag, loadGenerator: flag });

function addMicroservice(scope: Construct, row: Microservice, image: string, namespace: string | undefined): void {
  const { name, port } = row;
  addDeployment(
    scope,
    { name, namespace },
    {
      serviceAccountName: 'default',
      terminationGracePeriodSeconds: row.grace,
      containers: [
        {
          name: 'server',
          image,
          ports: [{ name: row.portName, containerPort: port, protocol: 'TCP' }],
          env: variables(environment(row)),
          readinessProbe: { grpc: { port }, ...row.readiness },
          livenessProbe: { grpc: { port }, ...row.liveness },
          resources: resources(row.cpu, row.memory),
          securityContext: CONTAINER_SECURITY,
        },
      ],
    },
  );
  addService(scope, { name, namespace }, { name: 'grpc', port: row.servicePort ?? port, targetPort: port });
}

function addRedis(scope: Construct, namespace: string | undefined): void {
  const at = { name: 'redis-cart', namespace };
  const probe: k8s.Probe = { tcpSocket: { port: k8s.IntOrString.fromNumber(6379) }, periodSeconds: 5 };
  addDeployment(scope, at, {
    containers: [
      {
        name: 'redis',
        image: 'redis:alpine',
        ports: [{ containerPort: 6379, protocol: 'TCP' }],
        readinessProbe: probe,
        livenessProbe: probe,
        volumeMounts: [{ name: 'redis-data', mountPath: '/data' }],
        resources: resources([70, 125], [200, 256]),
        securityContext: CONTAINER_SECURITY,
      },
    ],
    volumes: [{ name: 'redis-data', emptyDir: {} }],
  });
  addService(scope, at, { name: 'tcp-redis', port: 6379, targetPort: 6379 });
}

function addLoadGenerator(scope: Construct, image: string, namespace: string | undefined): void {
  const frontend = { FRONTEND_ADDR: 'frontend:80' };
  addDeployment(
    scope,
    { name: 'loadgenerator', namespace, annotations: ISTIO_PROBES },
    {
      serviceAccountName: 'default',
      terminationGracePeriodSeconds: 5,
      initContainers: [
        {
          name: 'frontend-check',
          image: 'busybox:latest',
          command: ['/bin/sh', '-exc', FRONTEND_CHECK],
          env: variables(frontend),
          securityContext: CONTAINER_SECURITY,
        },
      ],
      containers: [
        {
          name: 'main',
          image,
          env: variables({ ...frontend, USERS: '10' }),
          resources: resources([300, 500], [256, 512]),
          securityContext: CONTAINER_SECURITY,
        },
      ],
    },
  );
}

/** Starts no load before the frontend answers. Part of the released object, which has to be met to the letter. */
const FRONTEND_CHECK = `\
echo "Init container pinging frontend: \${FRONTEND_ADDR}..."
STATUSCODE=$(wget --server-response http://\${FRONTEND_ADDR} 2>&1 | awk '/^  HTTP/{print $2}')
if test $STATUSCODE -ne 200; then
    echo "Error: Could not reach frontend - Status code: \${STATUSCODE}"
    exit 1
fi
`;
