import type { Manifest } from '../../manifest';
import type { Backend } from '../model';
import { Field, type Problems } from './field';

/** Whether a manifest is a Route of OpenShift. */
export function isOpenshiftRoute({ group, kind }: Pick<Manifest, 'group' | 'kind'>): boolean {
  return group === 'route.openshift.io' && kind === 'Route';
}

/**
 * Reads the ways from a Route of OpenShift to Services: its own and those that share the requests with it. A port is one of
 * the endpoints: by its name, or by the number that the pods have; left out, the first.
 *
 * @see https://docs.openshift.com/container-platform/4.15/rest_api/network_apis/route-route-openshift-io-v1.html
 */
export function readOpenshiftRoute(manifest: Manifest, problems: Problems): readonly Backend[] {
  const spec = Field.of(manifest, problems).mappingAt('spec');
  const { namespace = 'default', name } = manifest;
  const host = spec.get('host').value;
  const path = spec.get('path').value;
  const target = spec.mappingAt('port').get('targetPort').value;
  const isPassthrough = spec.mappingAt('tls').get('termination').value === 'passthrough';
  const targets = [spec.mappingAt('to'), ...spec.get('alternateBackends').mappings('give a mapping with name')];
  return targets.flatMap((to): Backend[] => {
    const service = to.get('name').value;
    const kind = to.get('kind').value;
    return typeof service !== 'string' || (kind !== undefined && kind !== 'Service')
      ? []
      : [
          {
            via: { kind: 'Route', namespace, name },
            source: manifest.source,
            host: typeof host === 'string' && host !== '' ? host : null,
            path: isPassthrough ? null : typeof path === 'string' && path !== '' ? path : '/',
            namespace,
            service,
            port: typeof target === 'number' ? { target } : typeof target === 'string' ? target : undefined,
            protocol: 'TCP',
          },
        ];
  });
}
