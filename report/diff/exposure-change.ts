import { type Exposure, type ExposureChange, peerText } from '../../analysis';
import { printable } from '../printable';

type Sides = Pick<ExposureChange, 'before' | 'after'>;

/** A way in, to whom it leads, why that is reachable or not, and what else changed of it. */
export function exposureChangeText({ before, after }: Sides): string {
  const own = (after ?? before) as Exposure;
  const { via, host, path, service, to } = own;
  const where = `${via.kind} ${via.namespace}/${via.name}${host === null && path === null ? '' : ` ${host ?? '*'}${path ?? ''}`}`;
  const port = otherThanBefore(before, after, portText);
  return printable(
    [
      `${where} → ${to === null ? `Service ${service}` : peerText(to)}: ${own.why}`,
      ...(port === undefined ? [] : [`on ${port}`]),
      ...furtherChanges({ before, after }),
    ].join('; '),
  );
}

/** Why a way is reachable or not, and what changed of it beside whether it is, and on which port of its pods. */
export function exposureReason({ before, after }: Sides): string {
  return [((after ?? before) as Exposure).why, ...furtherChanges({ before, after })].join('; ');
}

function furtherChanges({ before, after }: Sides): readonly string[] {
  const controller = otherThanBefore(before, after, (one) => one.controller.text);
  const servicePort = otherThanBefore(before, after, (one) => `${one.servicePort ?? 'none'}`);
  const seen = (one: Exposure) => JSON.stringify([one.why, one.reachable, portText(one)]);
  if (controller !== undefined || servicePort !== undefined) {
    return [
      ...(controller === undefined ? [] : [`from ${controller}`]),
      ...(servicePort === undefined ? [] : [`port of the Service: ${servicePort}`]),
    ];
  }
  return before !== null && after !== null && seen(before) === seen(after)
    ? [`Service ${after.service} itself changed`]
    : [];
}

function portText({ protocol, port }: Exposure): string {
  return port === null ? 'no port' : `${protocol} ${port}`;
}

function otherThanBefore(
  before: Exposure | null,
  after: Exposure | null,
  text: (one: Exposure) => string,
): string | undefined {
  return before === null || after === null || text(before) === text(after)
    ? undefined
    : `${text(after)}, before ${text(before)}`;
}
