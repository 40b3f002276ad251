import { type Exposure, peerText } from '../../analysis/connectivity';

/** The heads of a table of what is exposed. */
export const EXPOSURE_HEADS = ['Host and path', 'By', 'Service', 'To', 'Port', 'Controller', 'Reachable', 'Why'];

/** The cells of one way from outside to a workload. */
export function exposureCells({
  via,
  host,
  path,
  service,
  to,
  port,
  protocol,
  controller,
  reachable,
  why,
}: Exposure): string[] {
  return [
    `${host ?? '*'}${path}`,
    `${via.kind} ${via.namespace}/${via.name}`,
    service,
    peerText(to),
    port === null ? 'none' : `${protocol} ${port}`,
    controller.text,
    reachable ? 'yes' : 'no',
    why,
  ];
}
