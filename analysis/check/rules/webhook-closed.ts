import type { Field } from '../../connectivity/read/field';
import type { Manifest, Path } from '../../manifest';
import { servicesByName } from '../facts/backends';
import type { Facts } from '../facts/facts';
import { fieldOf, numberOf, textOf } from '../facts/fields';
import { isolation, type PolicyRule } from '../facts/isolation';
import { closedBy, isForAddresses } from '../facts/reach';
import { targetNumbers } from '../facts/services';
import { hasOtherTiers } from '../facts/tiers';
import { workloadText } from '../facts/workloads';
import { defineRule, type Found } from '../rule';

/** What the findings of `webhook-closed` hold. */
export interface WebhookClosed {
  /** What the API server calls: `ValidatingWebhookConfiguration admission`. */
  readonly caller: string;
  readonly service: string;
  /** Undefined where the Service is not among the manifests: its pods are in a namespace of which all pods are closed. */
  readonly workload: string | undefined;
  /** The port of the workload, or of the Service. */
  readonly port: number;
}

/**
 * Pods that the API server calls (admission webhooks, aggregated APIs, conversions of custom resources) and that are closed
 * to addresses: the API server is no pod, so only a rule without peers or an `ipBlock` lets it in.
 */
export const rule = defineRule({
  code: 'webhook-closed',
  severity: 'warning',
  reads: [
    'ValidatingWebhookConfiguration',
    'MutatingWebhookConfiguration',
    'APIService',
    'CustomResourceDefinition',
    'Service',
    'NetworkPolicy',
  ],
  *check(facts: Facts): Generator<Found<WebhookClosed>> {
    const isolated = facts.once(isolation);
    const told = new Set<string>();
    for (const call of facts.once(callsOf)) {
      const { manifest, path, namespace, name, port } = call;
      const service = facts.once(servicesByName).get(`${namespace}/${name}`);
      if (service === undefined) {
        yield* unseenFindings(facts, call);
      }
      const servicePort = service?.ports.find((own) => own.port === port);
      for (const workload of servicePort === undefined ? [] : (service?.workloads ?? [])) {
        for (const number of targetNumbers(servicePort as NonNullable<typeof servicePort>, workload)) {
          const policy = closedBy(isolated, workload, { protocol: 'TCP', number }, isForApiServer);
          const key = `${policy?.namespace}/${policy?.name} ${workloadText(workload)} ${number}`;
          if (policy !== undefined && !told.has(key)) {
            told.add(key);
            yield {
              manifest: policy.manifest,
              path: ['spec'],
              args: {
                caller: `${manifest.kind} ${manifest.name}`,
                service: `${namespace}/${name}`,
                workload: workloadText(workload),
                port: number,
              },
              ...(facts.once(hasOtherTiers) ? { severity: 'info' } : {}),
              related: [
                { role: 'because', manifest, path },
                { role: 'affected', manifest: workload.manifest, path: ['metadata'] },
              ],
            };
          }
        }
      }
    }
  },
});

/** A Service that no manifest shows has pods that none shows: whoever closes a namespace closes them as well. */
function* unseenFindings(
  facts: Facts,
  { manifest, path, namespace, name, port }: Call,
): Generator<Found<WebhookClosed>> {
  const own = facts.policies.filter((policy) => policy.namespace === namespace && policy.isolates.has('ingress'));
  const closing = own.find(({ selector }) => selector.length === 0);
  const isOpen = own.some((policy) =>
    policy.rules.some((rule) => rule.direction === 'ingress' && isForApiServer({ policy, rule })),
  );
  if (closing !== undefined && !isOpen) {
    const args = {
      caller: `${manifest.kind} ${manifest.name}`,
      service: `${namespace}/${name}`,
      workload: undefined,
      port,
    };
    const related = [{ role: 'because', manifest, path }] as const;
    yield { manifest: closing.manifest, path: ['spec'], args, severity: 'info', related };
  }
}

/** In clusters with konnectivity, the API server calls by agents that run in the cluster. */
const AGENT = 'konnectivity-agent';

function isForApiServer(own: PolicyRule): boolean {
  return (
    isForAddresses(own) ||
    (own.rule.peers ?? []).some(
      (peer) =>
        peer.pods?.some(({ operator, values }) => operator === 'In' && values.has(AGENT)) ||
        [...peer.workloads()].some(({ manifest }) => manifest.name === AGENT),
    )
  );
}

interface Call {
  readonly manifest: Manifest;
  readonly path: Path;
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
}

/** The Services that the API server calls, for `facts.once`. */
function callsOf(facts: Facts): readonly Call[] {
  const webhooks = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'].flatMap((kind) =>
    facts.of(`admissionregistration.k8s.io/${kind}`).flatMap((manifest) =>
      fieldOf(manifest, 'webhooks')
        .mappings('')
        .flatMap((webhook) => callOf(manifest, webhook.get('clientConfig').get('service'))),
    ),
  );
  return [
    ...webhooks,
    ...facts
      .of('apiregistration.k8s.io/APIService')
      .flatMap((manifest) => callOf(manifest, fieldOf(manifest, 'spec', 'service'))),
    ...facts
      .of('apiextensions.k8s.io/CustomResourceDefinition')
      .flatMap((manifest) =>
        callOf(manifest, fieldOf(manifest, 'spec', 'conversion', 'webhook', 'clientConfig', 'service')),
      ),
  ];
}

function callOf(manifest: Manifest, service: Field): readonly Call[] {
  const [namespace, name] = [textOf(service.get('namespace')), textOf(service.get('name'))];
  return namespace === undefined || name === undefined
    ? []
    : [{ manifest, path: service.path, namespace, name, port: numberOf(service.get('port')) ?? 443 }];
}
