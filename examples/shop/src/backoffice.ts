import { Cron } from 'cdk8s';
import { type DefaultDenyNamespace, ExposedService, Peer, PolicyPort } from 'cdk8s-networking';
import { CronJob, Job } from 'cdk8s-plus-33';
import { Construct } from 'constructs';

/** The database is no Pod: it runs outside of the cluster, at these addresses. */
export const POSTGRES = '10.20.0.0/28';

/** Orders, and what is done with them at night. */
export class Backoffice extends Construct {
  public readonly orders: ExposedService;

  constructor(scope: Construct, id: string, namespace: DefaultDenyNamespace) {
    super(scope, id);
    this.orders = new ExposedService(this, 'orders', {
      image: 'registry.example/orders:3.2',
      port: 8080,
      replicas: 2,
    });
    const invoices = new CronJob(this, 'invoices', {
      metadata: { name: 'invoices' },
      podMetadata: { labels: { app: 'invoices' } },
      containers: [{ image: 'registry.example/invoices:3.2' }],
      schedule: Cron.daily(),
    });
    const migrations = new Job(this, 'migrations', {
      metadata: { name: 'migrations' },
      podMetadata: { labels: { app: 'migrations' } },
      containers: [{ image: 'registry.example/orders:3.2', args: ['migrate'] }],
    });

    this.orders.allowFrom(Peer.workload(invoices));
    const postgres = Peer.blocks('postgres', [POSTGRES]);
    for (const pods of [this.orders.podLabels, { app: migrations.name }]) {
      namespace.allowToWorkload(postgres, { pods, ports: [PolicyPort.tcp(5432)] });
    }
  }
}
