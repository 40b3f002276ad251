import { backendRefs, servicesByName } from '../facts/backends';
import type { Facts } from '../facts/facts';
import { nginxAnnotation } from '../facts/nginx';
import { defineRule, type Found } from '../rule';

/** What the findings of `backend-speaks-https` hold. */
export interface BackendSpeaksHttps {
  readonly service: string;
  readonly port: string;
  readonly target: string;
}

/** An Ingress that leads to a port of HTTPS, which ingress-nginx speaks HTTP to unless it is told. */
export const rule = defineRule({
  code: 'backend-speaks-https',
  severity: 'warning',
  reads: ['Ingress', 'Service', 'workloads'],
  *check(facts: Facts): Generator<Found<BackendSpeaksHttps>> {
    const services = facts.once(servicesByName);
    for (const { manifest, path, namespace, service: name, port } of facts.once(backendRefs)) {
      const service = services.get(`${namespace}/${name}`);
      const own = service?.ports.find((one) => one.port === port || (one.name !== undefined && one.name === port));
      if (
        manifest.kind === 'Ingress' &&
        service !== undefined &&
        own !== undefined &&
        isHttps(own) &&
        nginxAnnotation(manifest, 'backend-protocol') === undefined &&
        nginxAnnotation(manifest, 'ssl-passthrough') === undefined &&
        isNginx(manifest.object.spec)
      ) {
        yield {
          manifest,
          path: [...path, 'port'],
          args: { service: `${namespace}/${name}`, port: String(port), target: String(own.target) },
          related: [{ role: 'because', manifest: service.manifest, path: own.path }],
        };
      }
    }
  },
});

/** A name says it, or both numbers do: 443 is often led to a port of plain HTTP. */
function isHttps({
  name,
  port,
  target,
}: {
  readonly name: string | undefined;
  readonly port: number;
  readonly target: number | string;
}): boolean {
  return typeof target === 'string'
    ? /^https/.test(target)
    : (/^https/.test(name ?? '') || port === 443) && (target === 443 || target === 8443 || target === 6443);
}

/** Other controllers have other annotations for it. */
function isNginx(spec: unknown): boolean {
  const name = (spec as { readonly ingressClassName?: unknown } | undefined)?.ingressClassName;
  return typeof name !== 'string' || name.includes('nginx');
}
