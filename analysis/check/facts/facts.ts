import { Cluster } from '../../connectivity';
import type { Manifest } from '../../manifest';
import { listIn } from '../../manifest/lists';
import { Namespaces } from './namespaces';
import { PodSelection } from './pods';
import { type PolicyFacts, policiesOf } from './policies';
import { type ServiceFacts, servicesOf } from './services';
import { workloadsOf } from './workloads';

/** What rules read: the manifests as they are written, and what the engines make of them. Made when first asked for. */
export class Facts {
  private readonly byKind = new Map<string, Manifest[]>();
  private readonly made = new Map<unknown, unknown>();

  constructor(readonly manifests: readonly Manifest[]) {
    for (const manifest of manifests) {
      listIn(this.byKind, `${manifest.group}/${manifest.kind}`).push(manifest);
    }
  }

  /** The manifests of a kind, e.g. `networking.k8s.io/Ingress`, `/Service`. */
  of(groupAndKind: string): readonly Manifest[] {
    return this.byKind.get(groupAndKind) ?? [];
  }

  /** What is made of the manifests by a function, once: rules share what they have in common. */
  once<Made>(make: (facts: Facts) => Made): Made {
    return this.lazily(make, () => make(this));
  }

  get pods(): PodSelection {
    return this.lazily('pods', () => new PodSelection(workloadsOf(this.manifests)));
  }

  get namespaces(): Namespaces {
    return this.lazily('namespaces', () => new Namespaces(this.manifests));
  }

  get services(): readonly ServiceFacts[] {
    return this.lazily('services', () => servicesOf(this.of('/Service'), this.pods));
  }

  /** The Services of a namespace. */
  servicesIn(namespace: string): readonly ServiceFacts[] {
    return this.once(byNamespace).get(namespace) ?? [];
  }

  get policies(): readonly PolicyFacts[] {
    return this.lazily('policies', () =>
      policiesOf(this.of('networking.k8s.io/NetworkPolicy'), this.pods, this.namespaces),
    );
  }

  /** The connectivity engine. */
  get cluster(): Cluster {
    return this.lazily('cluster', () => Cluster.from({ manifests: this.manifests }));
  }

  private lazily<Made>(key: unknown, make: () => Made): Made {
    if (!this.made.has(key)) {
      this.made.set(key, make());
    }
    return this.made.get(key) as Made;
  }
}

function byNamespace({ services }: Facts): ReadonlyMap<string, readonly ServiceFacts[]> {
  const found = new Map<string, ServiceFacts[]>();
  for (const service of services) {
    listIn(found, service.namespace).push(service);
  }
  return found;
}
