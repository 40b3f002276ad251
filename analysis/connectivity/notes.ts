import type { Manifest } from '../manifest';
import type { Note } from './types';

/** Says what is assumed of pods on the network of their node. */
export function hostNote(manifest: Manifest): Note {
  return note(
    'host-network',
    manifest,
    'its pods use the network of their node: no policy selects them, and as a peer they are their node, which no selector and no ipBlock matches',
  );
}

/** Says that a policy of another maker is not taken into account. */
export function foreignNote(manifest: Manifest): Note {
  return note('foreign-policy', manifest, `a policy of ${manifest.group}, which is not taken into account`);
}

function note(code: Note['code'], { kind, namespace, name, source }: Manifest, message: string): Note {
  const who = `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
  return { code, file: source.file, line: source.line, message: `${who}: ${message}` };
}
