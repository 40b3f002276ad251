import { portsText } from '../../analysis/connectivity';
import { markdownHead, markdownRow } from '../markdown';
import { peerLabel } from '../peers';
import type { ConnectionsAnswer } from './answer';
import { EXPOSURE_HEADS, exposureCells } from './exposures';
import { merged } from './merged';

/** Connections as a table in Markdown, and a second table of what is exposed. */
export function* connectionsMarkdown({ externals, connections, exposures }: ConnectionsAnswer): Generator<string> {
  yield markdownHead(['From', 'To', 'Ports']);
  for (const { from, to, ports } of merged(connections, externals)) {
    yield markdownRow([peerLabel(from), peerLabel(to), portsText(ports)]);
  }
  if (exposures.length > 0) {
    yield `\n${markdownHead(EXPOSURE_HEADS)}`;
    for (const exposure of exposures) {
      yield markdownRow(exposureCells(exposure));
    }
  }
}
