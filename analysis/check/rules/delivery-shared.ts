import { mappingAt, mappingsIn } from '../../delivery/fields';
import type { Manifest, Path } from '../../manifest';
import { listIn } from '../../manifest/lists';
import { canariesOf, rolloutsOf } from '../facts/deliveries';
import type { Facts } from '../facts/facts';
import { defineRule, type Found } from '../rule';

/** What the findings of `delivery-shared` hold. */
export interface DeliveryShared {
  /** What both change: a Service, a workload, an Ingress, or a rule or the routes for headers of an HTTPRoute. */
  readonly what: 'service' | 'workload' | 'ingress' | 'rule' | 'header-route';
  /** `Service shop/web`, `HTTPRoute shop/web`. */
  readonly shared: string;
  /** `Rollout shop/api`. */
  readonly other: string;
}

/** Something that a Rollout or Canary changes, or makes by a name that another would use too. */
interface Use {
  readonly what: DeliveryShared['what'];
  readonly shared: string;
  readonly manifest: Manifest;
  readonly path: Path;
  readonly text: string;
}

const TRAFFIC = ['spec', 'strategy', 'canary', 'trafficRouting'];

/**
 * Two Rollouts or Canaries that change the same thing: each undoes what the other does. An HTTPRoute may be shared, as long
 * as each Rollout has rules of its own.
 *
 * @see https://rollouts-plugin-trafficrouter-gatewayapi.readthedocs.io/en/latest/features/shared-routes/
 */
export const rule = defineRule({
  code: 'delivery-shared',
  severity: 'error',
  reads: ['Rollout', 'Canary', 'HTTPRoute'],
  *check(facts: Facts): Generator<Found<DeliveryShared>> {
    const uses = new Map<string, Use[]>();
    for (const use of [...rolloutUses(facts), ...canaryUses(facts)]) {
      listIn(uses, `${use.what} ${use.shared}`).push(use);
    }
    const told = new Set<string>();
    for (const [first, ...others] of uses.values()) {
      for (const { manifest, path, what, shared, text } of others.filter((use) => use.manifest !== first?.manifest)) {
        // Flagger makes three Services of one name, about which one sentence is enough.
        const sentence = `${what} ${text} ${first?.text}`;
        if (first !== undefined && !isFair(first, manifest) && (what !== 'service' || !told.has(sentence))) {
          told.add(sentence);
          const other = { role: 'because', manifest: first.manifest, path: first.path } as const;
          yield { manifest, path, args: { what, shared: nameOf(shared), other: first.text }, related: [other] };
        }
      }
    }
  },
});

/** Rollouts make a canary Ingress each, of the paths that lead to their own Service; Flagger copies all of them. */
function isFair({ what, manifest: { kind } }: Use, other: Manifest): boolean {
  return what === 'ingress' && kind === 'Rollout' && other.kind === 'Rollout';
}

/** Without what tells a rule or a route for headers. */
function nameOf(shared: string): string {
  return shared.split('#')[0] ?? shared;
}

function* rolloutUses(facts: Facts): Generator<Use> {
  for (const { manifest, namespace, text, services, routing, workload } of facts.once(rolloutsOf)) {
    const own = { manifest, text };
    for (const { name, path } of services) {
      if (name !== undefined) {
        yield { ...own, what: 'service', shared: `Service ${namespace}/${name}`, path };
      }
    }
    if (workload !== undefined) {
      const path = ['spec', 'workloadRef', 'name'];
      yield { ...own, what: 'workload', shared: `Deployment ${namespace}/${workload}`, path };
    }
    for (const name of routing.ingresses) {
      yield { ...own, what: 'ingress', shared: `Ingress ${namespace}/${name}`, path: [...TRAFFIC, 'nginx'] };
    }
    const path = [...TRAFFIC, 'plugins'];
    for (const { name, hasHeaders } of routing.httpRoutes) {
      const route = `HTTPRoute ${routing.namespace}/${name}`;
      for (const at of dividedRules(facts, routing.namespace, name, [routing.stableService, routing.canaryService])) {
        yield { ...own, what: 'rule', shared: `${route}#${at}`, path };
      }
      const managed = hasHeaders ? mappingsIn(mappingAt(manifest.object, ...TRAFFIC).managedRoutes) : [];
      for (const header of managed) {
        yield {
          ...own,
          what: 'header-route',
          shared: `${route}#${String(header.name)}`,
          path: [...TRAFFIC, 'managedRoutes'],
        };
      }
    }
  }
}

/** The rules of an HTTPRoute that lead to both Services. */
function dividedRules(facts: Facts, namespace: string, name: string, services: readonly string[]): readonly number[] {
  const route = facts
    .of('gateway.networking.k8s.io/HTTPRoute')
    .find((one) => one.name === name && (one.namespace ?? 'default') === namespace);
  return mappingsIn(mappingAt(route?.object, 'spec').rules).flatMap((one, at) => {
    const led = mappingsIn(one.backendRefs).map((ref) => ref.name);
    return services.every((service) => led.includes(service)) ? [at] : [];
  });
}

function* canaryUses(facts: Facts): Generator<Use> {
  for (const { manifest, namespace, text, apex, ingress, provider } of facts.once(canariesOf)) {
    const own = { manifest, text };
    const { kind = 'Deployment', name } = mappingAt(manifest.object, 'spec', 'targetRef');
    yield {
      ...own,
      what: 'workload',
      shared: `${String(kind)} ${namespace}/${String(name)}`,
      path: ['spec', 'targetRef', 'name'],
    };
    for (const service of [apex, `${apex}-primary`, `${apex}-canary`]) {
      yield { ...own, what: 'service', shared: `Service ${namespace}/${service}`, path: ['spec', 'service'] };
    }
    if (ingress !== undefined && provider === 'nginx') {
      yield {
        ...own,
        what: 'ingress',
        shared: `Ingress ${namespace}/${ingress}`,
        path: ['spec', 'ingressRef', 'name'],
      };
    }
  }
}
