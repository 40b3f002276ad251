import { mappingAt, mappingsIn } from '../../delivery/fields';
import { GATEWAY_PLUGIN } from '../../delivery/rollout-routing';
import type { Manifest, Path } from '../../manifest';
import { isNear } from '../../manifest/near';
import { isMapping } from '../../manifest/value';
import {
  type CanaryFacts,
  canariesOf,
  ledTo,
  type NamedService,
  type RolloutFacts,
  rolloutsOf,
} from '../facts/deliveries';
import type { Facts } from '../facts/facts';
import { fieldOf, textOf } from '../facts/fields';
import { installedPlugins, isLike, likeRouter, PLUGINS, ROUTERS } from '../facts/traffic-routers';
import { defineRule, type Found, type Related, type Severity } from '../rule';

/** What the findings of `delivery-lost` hold. */
export interface DeliveryLost {
  readonly reason: /** A plugin or a field of trafficRouting that no controller knows. */
    | 'plugin'
    | 'router'
    /** Both versions have one Service, none is named, or there is none of the name. */
    | 'same-service'
    | 'service-unnamed'
    | 'service-missing'
    /** The Ingress or HTTPRoute is not there, or does not lead to a Service that it has to lead to. */
    | 'route-unnamed'
    | 'route-missing'
    | 'not-led'
    /** The workload is not there, is written a second time, or has no label that Flagger knows. */
    | 'workload-missing'
    | 'template-twice'
    | 'label-missing'
    /** A step sets a route that managedRoutes does not name. */
    | 'route-not-managed';
  /** What is written there: a key, a Service, `HTTPRoute shop/web`. */
  readonly value: string;
  /** Of a route, the Service that it does not lead to; of something missing, what comes near. */
  readonly other: string | undefined;
}

const CANARY = ['spec', 'strategy', 'canary'] as const;
const TRAFFIC = [...CANARY, 'trafficRouting'] as const;

/**
 * A Rollout or Canary that its controller refuses, or whose requests it never divides.
 *
 * @see https://argo-rollouts.readthedocs.io/en/stable/features/traffic-management/
 * @see https://docs.flagger.app/usage/how-it-works
 */
export const rule = defineRule({
  code: 'delivery-lost',
  severity: 'error',
  reads: ['Rollout', 'Canary', 'Service', 'Ingress', 'HTTPRoute', 'workloads'],
  *check(facts: Facts): Generator<Found<DeliveryLost>> {
    for (const rollout of facts.once(rolloutsOf)) {
      yield* routerFindings(facts, rollout);
      yield* serviceFindings(facts, rollout);
      yield* rolloutRouteFindings(facts, rollout);
      yield* workloadRefFindings(facts, rollout);
      yield* stepFindings(rollout);
    }
    for (const canary of facts.once(canariesOf)) {
      yield* canaryFindings(facts, canary);
    }
  },
});

function* routerFindings(facts: Facts, { manifest }: RolloutFacts): Generator<Found<DeliveryLost>> {
  const traffic = fieldOf(manifest, ...TRAFFIC).value;
  for (const key of isMapping(traffic) ? Object.keys(traffic) : []) {
    if (!ROUTERS.has(key)) {
      yield { manifest, path: [...TRAFFIC, key], args: { reason: 'router', value: key, other: likeRouter(key) } };
    }
  }
  for (const key of Object.keys(mappingAt(traffic, 'plugins'))) {
    const other = PLUGINS.find((known) => isLike(key, known));
    // A known plugin reads only what stands under its own name, whatever the settings call it.
    if (!PLUGINS.includes(key) && (other !== undefined || !facts.once(installedPlugins).has(key))) {
      const severity: Severity = other === undefined ? 'info' : 'error';
      yield { manifest, path: [...TRAFFIC, 'plugins', key], args: { reason: 'plugin', value: key, other }, severity };
    }
  }
}

/** Routers that can't do without both Services; the others find them elsewhere, as in a DestinationRule. */
const NEED_SERVICES = ['ambassador', 'apisix', 'appMesh', 'nginx', 'plugins', 'smi', 'traefik'];

function* serviceFindings(facts: Facts, { manifest, namespace, services }: RolloutFacts) {
  const [first, second] = services;
  const traffic = fieldOf(manifest, ...TRAFFIC);
  const isNeeded =
    NEED_SERVICES.some((key) => traffic.get(key).isGiven) && !fieldOf(manifest, ...CANARY, 'pingPong').isGiven;
  if (first?.name !== undefined && first.name === second?.name) {
    yield {
      manifest,
      path: second.path,
      args: { reason: 'same-service', value: first.name, other: undefined },
    } as const;
  }
  const around = facts.servicesIn(namespace);
  for (const { name, path } of services) {
    if (name === undefined) {
      if (isNeeded) {
        yield { manifest, path, args: { reason: 'service-unnamed', value: lastOf(path), other: undefined } } as const;
      }
    } else if (!around.some((service) => service.name === name)) {
      const near = around.find((service) => isNear(service.name, name));
      yield {
        manifest,
        path,
        args: { reason: 'service-missing', value: `Service ${namespace}/${name}`, other: near?.name },
        ...lowered(around.length > 0),
        related: nearest(near?.manifest),
      } as const;
    }
  }
}

function* rolloutRouteFindings(facts: Facts, rollout: RolloutFacts): Generator<Found<DeliveryLost>> {
  const { manifest, namespace, routing, services } = rollout;
  const [stable, canary] = services;
  const plugin = [...TRAFFIC, 'plugins', GATEWAY_PLUGIN];
  const nginx = fieldOf(manifest, ...TRAFFIC, 'nginx');
  if (nginx.isGiven && routing.ingresses.length === 0) {
    yield { manifest, path: nginx.path, args: { reason: 'route-unnamed', value: 'stableIngress', other: undefined } };
  }
  for (const name of routing.ingresses) {
    const key = nginx.get('stableIngress').isGiven ? 'stableIngress' : 'stableIngresses';
    yield* routeFindings(facts, { manifest, path: [...nginx.path, key], kind: 'Ingress', namespace, name }, [stable]);
  }
  for (const { name } of routing.httpRoutes) {
    const asked = { manifest, path: plugin, kind: 'HTTPRoute', namespace: routing.namespace, name } as const;
    yield* routeFindings(facts, asked, [stable, canary]);
  }
}

/** A route that a Rollout or Canary names. */
interface NamedRoute {
  readonly manifest: Manifest;
  readonly path: Path;
  readonly kind: 'Ingress' | 'HTTPRoute';
  readonly namespace: string;
  readonly name: string;
}

const GROUPS = { Ingress: 'networking.k8s.io', HTTPRoute: 'gateway.networking.k8s.io' };

function* routeFindings(
  facts: Facts,
  { manifest, path, kind, namespace, name }: NamedRoute,
  services: readonly (NamedService | undefined)[],
): Generator<Found<DeliveryLost>> {
  const around = facts.of(`${GROUPS[kind]}/${kind}`).filter((one) => (one.namespace ?? 'default') === namespace);
  const route = around.find((one) => one.name === name);
  const value = `${kind} ${namespace}/${name}`;
  if (route === undefined) {
    const near = around.find((one) => isNear(one.name, name));
    yield {
      manifest,
      path,
      args: { reason: 'route-missing', value, other: near?.name },
      ...lowered(around.length > 0),
      related: nearest(near),
    };
    return;
  }
  const led = ledTo(route);
  for (const service of services) {
    if (service?.name !== undefined && !led.has(service.name)) {
      const related: readonly Related[] = [{ role: 'because', manifest: route, path: ['spec', 'rules'] }];
      yield { manifest, path, args: { reason: 'not-led', value, other: service.name }, related };
    }
  }
}

function* workloadRefFindings(
  facts: Facts,
  { manifest, namespace, workload }: RolloutFacts,
): Generator<Found<DeliveryLost>> {
  if (workload === undefined) {
    return;
  }
  yield* missingWorkload(facts, manifest, ['spec', 'workloadRef', 'name'], 'Deployment', namespace, workload);
  if (fieldOf(manifest, 'spec', 'template').isGiven) {
    yield {
      manifest,
      path: ['spec', 'template'],
      args: { reason: 'template-twice', value: workload, other: undefined },
    };
  }
}

function* missingWorkload(
  facts: Facts,
  manifest: Manifest,
  path: Path,
  kind: string,
  namespace: string,
  name: string,
): Generator<Found<DeliveryLost>> {
  const around = facts.of(`apps/${kind}`).filter((one) => (one.namespace ?? 'default') === namespace);
  if (!around.some((one) => one.name === name)) {
    const near = around.find((one) => isNear(one.name, name));
    yield {
      manifest,
      path,
      args: { reason: 'workload-missing', value: `${kind} ${namespace}/${name}`, other: near?.name },
      ...lowered(around.length > 0),
      related: nearest(near),
    };
  }
}

function* stepFindings({ manifest }: RolloutFacts): Generator<Found<DeliveryLost>> {
  const named = mappingsIn(fieldOf(manifest, ...TRAFFIC, 'managedRoutes').value).map(({ name }) => name);
  for (const step of fieldOf(manifest, ...CANARY, 'steps').mappings('')) {
    for (const key of ['setHeaderRoute', 'setMirrorRoute']) {
      const name = step.get(key).get('name');
      const value = textOf(name);
      if (value !== undefined && !named.includes(value)) {
        yield { manifest, path: name.path, args: { reason: 'route-not-managed', value, other: undefined } };
      }
    }
  }
}

function* canaryFindings(facts: Facts, canary: CanaryFacts): Generator<Found<DeliveryLost>> {
  const { manifest, namespace, target, label, provider, ingress, apex } = canary;
  const ref = fieldOf(manifest, 'spec', 'targetRef');
  const kind = textOf(ref.get('kind')) ?? 'Deployment';
  // Of a Service of Knative Flagger makes no copy.
  if (kind !== 'Service') {
    if (target === undefined) {
      yield* missingWorkload(
        facts,
        manifest,
        ['spec', 'targetRef', 'name'],
        kind,
        namespace,
        textOf(ref.get('name')) ?? '',
      );
    } else if (label === undefined) {
      const related: readonly Related[] = [{ role: 'because', manifest: target, path: ['spec', 'selector'] }];
      const args = { reason: 'label-missing', value: `${kind} ${namespace}/${target.name}`, other: undefined } as const;
      // Flagger may be told other labels.
      yield { manifest, path: ref.path, args, related, severity: 'warning' };
    }
  }
  if (provider === 'nginx') {
    if (ingress === undefined) {
      const args = { reason: 'route-unnamed', value: 'ingressRef', other: undefined } as const;
      yield { manifest, path: ['spec', 'ingressRef'], args };
    } else {
      const path = ['spec', 'ingressRef', 'name'];
      const named = { path: ['spec', 'service'], name: apex };
      yield* routeFindings(facts, { manifest, path, kind: 'Ingress', namespace, name: ingress }, [named]);
    }
  }
}

/** What a single file of an app names may stand in another. */
function lowered(isKnown: boolean): { readonly severity?: Severity } {
  return isKnown ? {} : { severity: 'info' };
}

function nearest(manifest: Manifest | undefined): readonly Related[] {
  return manifest === undefined ? [] : [{ role: 'nearest', manifest, path: ['metadata', 'name'] }];
}

function lastOf(path: readonly unknown[]): string {
  return String(path.at(-1));
}
