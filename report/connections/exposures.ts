import { type Exposure, peerText } from '../../analysis/connectivity';

/** The heads of a table of what is exposed. */
export const EXPOSURE_HEADS = ['Host and path', 'By', 'Service', 'To', 'Port', 'Controller', 'Reachable', 'Why'];

/** The cells of one way from outside to a workload. */
export function exposureCells({
  via,
  host,
  path,
  service,
  servicePort,
  to,
  port,
  protocol,
  controller,
  reachable,
  why,
}: Exposure): string[] {
  return [
    exposedPlace({ via, host, path, servicePort }),
    `${via.kind} ${via.namespace}/${via.name}`,
    service,
    to === null ? 'nothing' : peerText(to),
    port === null ? 'none' : `${protocol} ${port}`,
    controller.text,
    reachable === null ? 'not decided' : reachable ? 'yes' : 'no',
    why,
  ];
}

/**
 * Where from outside something is exposed: host and path; for a Service by itself its port. A route of connections has the name that
 * TLS asks for at most: which port it is reached on, listeners say.
 */
export function exposedPlace({
  via,
  host,
  path,
  servicePort,
}: Pick<Exposure, 'via' | 'host' | 'path' | 'servicePort'>): string {
  const name = host ?? '*';
  if (path !== null) {
    return `${name}${path}`;
  }
  return servicePort === null || via.kind.endsWith('Route') ? name : `${name}:${servicePort}`;
}
