import type { ConnectionsOptions } from './commands/connections';

/** What `connections` is asked for where it is given manifests and no option. */
export const PLAIN: ConnectionsOptions = {
  format: 'text',
  hostNetwork: 'node',
  otherPolicies: 'doubt',
  input: 'tolerant',
};

/**
 * The manifests whose connections are asked for, where arguments say nothing else: they are understood without the library that
 * understands all others, which would take a tenth of such a run.
 */
export function manifestsAlone([name, ...paths]: readonly string[]): readonly string[] | undefined {
  const isPlain = name === 'connections' && paths.length > 0 && paths.every((path) => !path.startsWith('-'));
  return isPlain ? paths : undefined;
}
