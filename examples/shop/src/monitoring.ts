import { type DefaultDenyNamespace, ExposedService, Peer, PolicyPort } from 'cdk8s-networking';
import { DaemonSet, StatefulSet } from 'cdk8s-plus-33';
import { Construct } from 'constructs';

/** Where logs are sent to, outside of the cluster. */
export const LOG_STORE = '203.0.113.10/32';

/** What watches the others: Prometheus, and logs from every node. */
export class Monitoring extends Construct {
  public readonly prometheus: ExposedService;

  constructor(scope: Construct, id: string, namespace: DefaultDenyNamespace) {
    super(scope, id);
    this.prometheus = new ExposedService(this, 'prometheus', {
      workload: new StatefulSet(this, 'prometheus-pods', {
        metadata: { name: 'prometheus' },
        containers: [{ image: 'quay.io/prometheus/prometheus:v3.5.0', portNumber: 9090 }],
      }),
    });
    // Who takes a release back has to be able to ask why.
    for (const controller of ['argo-rollouts', 'flagger-system']) {
      this.prometheus.allowFrom(Peer.namespace({ name: controller }));
    }

    const logs = new DaemonSet(this, 'logs', {
      metadata: { name: 'logs' },
      podMetadata: { labels: { app: 'logs' } },
      containers: [{ image: 'registry.example/log-shipper:2' }],
    });
    namespace.allowToWorkload(Peer.blocks('log-store', [LOG_STORE]), {
      pods: { app: logs.name },
      ports: [PolicyPort.tcp(443)],
    });
  }

  /** The URL that others find Prometheus under. */
  public get url(): string {
    return `http://${this.prometheus.dnsName}:${this.prometheus.servicePort}`;
  }
}
