import { type LabelSelector, portsText, type UnseenConnection, type UnseenPeer } from '../../analysis/connectivity';
import { listIn } from '../../analysis/manifest/lists';
import { peerLabel } from '../peers';
import { shortened } from '../shortened';

/** So many lines are told. */
const MOST = 20;

const NAME_LABEL = 'kubernetes.io/metadata.name';

/** What pods may do that are not among the manifests, in a few lines. */
export function unseenLines(unseen: Iterable<UnseenConnection>): readonly string[] {
  return podsLines([...unseen].map((row) => ({ row, ports: portsText(row.ports) })));
}

/** The same of rows with ports in words: those of several workloads that are the same are one line. */
export function podsLines(
  rows: readonly { readonly row: UnseenConnection; readonly ports: string }[],
): readonly string[] {
  const incoming = new Map<string, string[]>();
  const outgoing = new Map<string, string[]>();
  for (const { row, ports } of rows) {
    const { from, to } = row;
    if ('pods' in from && !('pods' in to)) {
      listIn(incoming, `${podsText(from)}\n${ports}`).push(peerLabel(to));
    } else if ('pods' in to && !('pods' in from)) {
      listIn(outgoing, `${podsText(to)}\n${ports}`).push(peerLabel(from));
    }
  }
  const lines = [
    ...[...incoming].map(([key, workloads]) => {
      const [pods, ports] = key.split('\n');
      return `${pods} -> ${shortened(workloads)}: ${ports}`;
    }),
    ...[...outgoing].map(([key, workloads]) => {
      const [pods, ports] = key.split('\n');
      return `${shortened(workloads)} -> ${pods}: ${ports}`;
    }),
  ];
  const more = lines.length - MOST;
  return more > 0 ? [...lines.slice(0, MOST), `... and ${more} more, all of them by --format json`] : lines;
}

/** Both ends of a row: `any pod of namespace shop -> shop/Deployment/web`. */
export function unseenText({ from, to }: UnseenConnection): string {
  const end = (peer: UnseenConnection['from']) => ('pods' in peer ? podsText(peer) : peerLabel(peer));
  return `${end(from)} -> ${end(to)}`;
}

/** Pods in words: `pods app=web of namespace shop`. */
export function podsText({ pods: { namespaceSelector, podSelector } }: UnseenPeer): string {
  const { [NAME_LABEL]: name, ...others } = namespaceSelector.matchLabels ?? {};
  const rest = selectorText({ ...namespaceSelector, matchLabels: others });
  const where = [
    ...(name === undefined ? [] : [`namespace ${name}`]),
    ...(rest === '' ? [] : [`${name === undefined ? 'namespaces' : 'with'} ${rest}`]),
  ].join(' ');
  const labels = selectorText(podSelector);
  return `${labels === '' ? 'any pod' : `pods ${labels}`}${where === '' ? '' : ` of ${where}`}`;
}

function selectorText({ matchLabels = {}, matchExpressions = [] }: LabelSelector): string {
  return [
    ...Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`),
    ...matchExpressions.map(({ key, operator, values = [] }) =>
      operator === 'Exists'
        ? key
        : operator === 'DoesNotExist'
          ? `!${key}`
          : `${key} ${operator === 'In' ? 'in' : 'notin'} (${values.join(', ')})`,
    ),
  ].join(', ');
}
