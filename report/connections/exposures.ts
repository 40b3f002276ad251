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
    exposedPlace({ host, path, servicePort }),
    `${via.kind} ${via.namespace}/${via.name}`,
    service,
    to === null ? 'nothing' : peerText(to),
    port === null ? 'none' : `${protocol} ${port}`,
    controller.text,
    reachable === null ? 'not decided' : reachable ? 'yes' : 'no',
    why,
  ];
}

/** Where from outside something is exposed: host and path, or the port of a Service where there are neither. */
export function exposedPlace({ host, path, servicePort }: Pick<Exposure, 'host' | 'path' | 'servicePort'>): string {
  return path === null ? `${host ?? '*'}${servicePort === null ? '' : `:${servicePort}`}` : `${host ?? '*'}${path}`;
}
