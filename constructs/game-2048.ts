import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { ExistingService } from './existing-service';
import { fields } from './fields';
import { image as imageProblems } from './image';
import type { INamespace } from './namespace';
import { refuse } from './refusal';
import { integer, namespace as namespaceProblems, serviceName } from './values';

/** Settings of `Game2048`. */
export interface Game2048Props {
  /**
   * The name of Deployment and Service, and the value of the Pods' label `app`.
   *
   * @default "game-2048"
   */
  readonly name?: string;

  /**
   * The namespace.
   *
   * @default - that of the chart
   */
  readonly namespace?: INamespace;

  /**
   * The image, which listens on port 80.
   *
   * @default "alexwhen/docker-2048"
   */
  readonly image?: string;

  /**
   * How many Pods, from 0.
   *
   * @default - not set: one, or as many as an autoscaler wants
   */
  readonly replicas?: number;
}

/**
 * The 2048 game: a Deployment and a Service on port 80. Its image runs as root, so its namespace can't be held to the
 * Pod Security Standard "restricted".
 *
 * @throws Error when a setting is wrong; nothing is made then.
 * @see https://hub.docker.com/r/alexwhen/docker-2048
 *
 * @example
 *
 *   const game = new Game2048(chart, 'game');
 *   new ExposedService(chart, 'exposed', {
 *     existing: game.service,
 *     exposure: Exposure.ingress({ host: '2048.example.com' }),
 *   });
 */
export class Game2048 extends Construct {
  /** The Service, to expose it. */
  public readonly service: ExistingService;

  constructor(scope: Construct, id: string, props: Game2048Props = {}) {
    refuse(scope, id, PROPS('', props));
    super(scope, id);
    const { name = 'game-2048', image = 'alexwhen/docker-2048', namespace, replicas } = props;
    const labels = { app: name };
    new k8s.KubeDeployment(this, 'deployment', {
      metadata: { name, namespace: namespace?.name, labels },
      spec: {
        replicas,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: { containers: [{ name, image, ports: [{ containerPort: PORT, protocol: 'TCP' }] }] },
        },
      },
    });
    new k8s.KubeService(this, 'service', {
      metadata: { name, namespace: namespace?.name, labels },
      spec: {
        selector: labels,
        ports: [{ port: PORT, targetPort: k8s.IntOrString.fromNumber(PORT), protocol: 'TCP' }],
      },
    });
    this.service = { name, port: PORT, targetPort: PORT, podLabels: labels, namespace };
  }
}

const PORT = 80;

const PROPS = fields({
  name: serviceName,
  namespace: namespaceProblems,
  image: imageProblems,
  replicas: (what, value) => integer(what, value, 0, 10_000),
});
