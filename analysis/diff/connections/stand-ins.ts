import type { NamespaceLabels, PodPeer, Policy, Rule } from '../../connectivity/model';
import { labelsOfNamespace, NAME_LABEL } from '../../connectivity/model';
import { SERVICE_ACCOUNT, SERVICE_ACCOUNT_PREFIX } from '../../connectivity/read/calico/labels';
import { SERVICE_ACCOUNT_LABEL } from '../../connectivity/read/cilium/labels';
import { matches, type Selector, selectorKey } from '../../connectivity/selector';
import type { OrderedPolicy } from '../../connectivity/tiers';
import { type Labels, labelsMeeting, labelsMissing } from '../../connectivity/unseen/examples';
import { ANY, type Pair, pairOf } from '../../connectivity/unseen/pair';

/** So many pairs of pods stand in for others; of more, nothing is compared. */
const MOST = 5_000;

/** Of so many namespaces among the manifests that a selector means, pods stand in. */
const MOST_NAMESPACES = 5;

/** Pods that stand in for those that are not among the manifests, and what each stands for. */
export class StandIns {
  /** Names of objects by the name of the pod that stands in for those whom they are about. */
  readonly about = new Map<string, Set<string>>();
  readonly objects: object[] = [];
  /** Objects about which no pod was found. */
  readonly unsolved = new Set<string>();
  /** Names of pods, by namespace and labels. */
  private readonly names = new Map<string, string>();
  /** Names of namespaces by labels, and the labels of those that the manifests do not have. */
  private readonly fresh = new Map<string, string>();
  private readonly made = new Map<string, Labels>();
  /** Names of service accounts by their namespace and labels. */
  private readonly freshAccounts = new Map<string, string>();
  /** Containers of all pods have all ports that policies name, also those that come later. */
  private readonly ports: object[] = [];
  private readonly portKeys = new Set<string>();

  /**
   * Whom policies select, and whom policies that are asked in order name, by their namespace; those who may be in several by none.
   * NetworkPolicies add up, whoever else a peer of theirs is; of others the first that means a pod decides.
   */
  private readonly subjects = new Map<string | undefined, Map<string, Pair>>();

  /** What policies ask of namespaces, each once. */
  private readonly namespacesOfOthers: readonly Selector[];
  private readonly accounts: Set<string>;

  /**
   * @param policies all of them: pods whom others select too, or do not, may be decided about otherwise
   * @param accounts the service accounts of the manifests, each as `NAMESPACE/NAME`
   */
  constructor(
    private readonly namespaces: NamespaceLabels,
    policies: readonly (Policy | OrderedPolicy)[],
    accounts: Iterable<string>,
  ) {
    this.accounts = new Set(accounts);
    for (const policy of policies) {
      for (const peer of 'subject' in policy ? [...policy.subject, ...peersOf(policy)] : subjectOf(policy)) {
        const pair = pairOf(peer, policy.namespace ?? '', namespaces);
        if (pair !== undefined) {
          const own = this.subjects.get(pair.namespace) ?? new Map<string, Pair>();
          this.subjects.set(pair.namespace, own.set(pair.key, pair));
        }
      }
    }
    const others = [...(this.subjects.get(undefined)?.values() ?? [])].map(({ namespaces }) => namespaces);
    this.namespacesOfOthers = [...new Map(others.map((selector) => [selectorKey(selector), selector])).values()];
  }

  get areTooMany(): boolean {
    return this.names.size > MOST;
  }

  /** Adds pods that a policy selects, that it names as peers, and that it just misses. */
  addPolicy(object: string, policy: Policy | OrderedPolicy): void {
    const own = policy.namespace ?? '';
    const rules: readonly Rule[] = [...(policy.ingress ?? []), ...(policy.egress ?? [])];
    for (const name of rules.flatMap(({ ports }) => ports.names)) {
      this.addPort(name);
    }
    this.addOthers(object);
    for (const peer of [...subjectOf(policy), ...peersOf(policy)]) {
      this.addPeer(object, peer, own);
    }
  }

  /** Adds pods of a namespace that a selector means, and that it just misses. */
  addPods(object: string, namespace: string, selector: Selector): void {
    this.addPeer(object, { namespaces: 'own', pods: selector }, namespace);
  }

  private addPeer(object: string, peer: PodPeer, own: string): void {
    const pair = pairOf(peer, own, this.namespaces);
    if (pair === undefined || this.areTooMany) {
      return;
    }
    const pods = labelsMeeting(pair.pods);
    if (pods === undefined) {
      this.unsolved.add(object);
      return;
    }
    for (const namespace of this.namespacesOf(object, pair)) {
      for (const labels of [...pods, ...labelsMissing(pair.pods)]) {
        this.addPod(object, namespace, labels);
      }
      this.addSelected(object, pair, namespace);
    }
    for (const namespace of pair.namespace === undefined ? this.subjects.keys() : []) {
      if (namespace !== undefined && matches(pair.namespaces, labelsOfNamespace(this.namespaces, namespace))) {
        this.addSelected(object, pair, namespace);
      }
    }
  }

  /** Adds pods of a pair in a namespace that other policies select as well, or just miss. */
  private addSelected(object: string, pair: Pair, namespace: string): void {
    const own = this.made.get(namespace) ?? labelsOfNamespace(this.namespaces, namespace);
    const others = [
      ...(this.subjects.get(namespace)?.values() ?? []),
      ...(this.subjects.get(undefined)?.values() ?? []),
    ];
    for (const other of others.filter(({ namespaces }) => matches(namespaces, own))) {
      if (this.areTooMany) {
        return;
      }
      const both = [...pair.pods, ...other.pods];
      const missed = labelsMissing(both).filter((labels) => matches(pair.pods, labels));
      for (const labels of [...(labelsMeeting(both) ?? []), ...missed]) {
        this.addPod(object, namespace, labels);
      }
    }
  }

  /** The namespaces that a selector means: some of the manifests, and new ones with the labels that it asks for, or just misses. */
  private namespacesOf(object: string, pair: Pair): readonly string[] {
    if (pair.namespace !== undefined) {
      return [pair.namespace];
    }
    const known = [...this.namespaces].flatMap(([name, labels]) => (matches(pair.namespaces, labels) ? [name] : []));
    const meeting = labelsMeeting(pair.namespaces);
    if (meeting === undefined) {
      this.unsolved.add(object);
    }
    const both = this.namespacesOfOthers.flatMap((other) => labelsMeeting([...pair.namespaces, ...other]) ?? []);
    const made = [...(meeting ?? []), ...labelsMissing(pair.namespaces), ...both].map((labels) =>
      this.namespaceWith(labels),
    );
    return [...new Set([...known.slice(0, MOST_NAMESPACES), ...made])];
  }

  private namespaceWith(labels: Labels): string {
    const own = labels.get(NAME_LABEL);
    const key = keyOf(labels);
    const name = own ?? this.fresh.get(key) ?? `stand-in-${this.fresh.size + 1}`;
    if (!this.fresh.has(key) && !this.namespaces.has(name)) {
      this.made.set(name, new Map([...labels, [NAME_LABEL, name]]));
      this.objects.push({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name, labels: Object.fromEntries(labels) },
      });
    }
    this.fresh.set(key, name);
    return name;
  }

  /**
   * Adds pods that the policy does not name: one on the network of its node, and those of other namespaces that policies of the whole
   * cluster select, or just miss. What a policy denies to all shows in a pod that no other policy closes.
   */
  private addOthers(object: string): void {
    this.addPod(object, this.namespaceWith(new Map()), new Map(), { hostNetwork: true });
    const missed = this.namespacesOfOthers.flatMap(labelsMissing);
    for (const namespace of new Set([new Map(), ...missed].map((labels) => this.namespaceWith(labels)))) {
      this.addPod(object, namespace, new Map());
      this.addSelected(object, ANY, namespace);
    }
  }

  private addPod(object: string, namespace: string, labels: Labels, more: object = {}): void {
    const key = JSON.stringify([namespace, [...labels].sort(), more]);
    const name = this.names.get(key) ?? `stand-in-for-others-${this.names.size + 1}`;
    // A policy may be about how pods that are alike connect to each other, and a pod and itself are no connection.
    const twins = [name, `${name}-2`];
    if (!this.names.has(key)) {
      this.names.set(key, name);
      const own = [...labels].filter(([label]) => !label.startsWith(SERVICE_ACCOUNT_PREFIX));
      const spec = {
        ...more,
        serviceAccountName: this.accountOf(namespace, labels),
        containers: [{ name: 'stand-in', image: 'stand-in', ports: this.ports }],
      };
      for (const twin of twins) {
        const metadata = { name: twin, namespace, labels: Object.fromEntries(own) };
        this.objects.push({ apiVersion: 'v1', kind: 'Pod', metadata, spec });
      }
    }
    for (const twin of twins) {
      this.about.set(twin, (this.about.get(twin) ?? new Set()).add(object));
    }
  }

  /** The service account of a pod: the one that it is to have, or a new one with the labels that it is to have. */
  private accountOf(namespace: string, labels: Labels): string {
    const own = [...labels].flatMap(([key, value]) =>
      key.startsWith(SERVICE_ACCOUNT_PREFIX) ? [[key.slice(SERVICE_ACCOUNT_PREFIX.length), value] as const] : [],
    );
    const key = JSON.stringify([namespace, own.sort()]);
    const fresh = this.freshAccounts.get(key) ?? `stand-in-${this.freshAccounts.size + 1}`;
    const name = labels.get(SERVICE_ACCOUNT) ?? labels.get(SERVICE_ACCOUNT_LABEL) ?? fresh;
    if (name === fresh) {
      this.freshAccounts.set(key, name);
    }
    if (!this.accounts.has(`${namespace}/${name}`)) {
      this.accounts.add(`${namespace}/${name}`);
      this.objects.push({
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name, namespace, labels: Object.fromEntries(own) },
      });
    }
    return name;
  }

  /** @param key as `portKey` writes it */
  private addPort(key: string): void {
    if (!this.portKeys.has(key)) {
      const [protocol, name] = key.split('/');
      this.ports.push({ name, protocol, containerPort: 20_000 + this.ports.length });
      this.portKeys.add(key);
    }
  }
}

function peersOf({ ingress = [], egress = [] }: Policy | OrderedPolicy): readonly PodPeer[] {
  return [...ingress, ...egress].flatMap(({ pods, doubtful }) => [...pods, ...(doubtful?.pods ?? [])]);
}

function subjectOf(policy: Policy | OrderedPolicy): readonly PodPeer[] {
  return 'subject' in policy ? policy.subject : [{ namespaces: 'own', pods: policy.selector }];
}

function keyOf(labels: Labels): string {
  return JSON.stringify([...labels].sort());
}
