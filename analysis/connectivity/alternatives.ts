import type { Reading } from './engine/decide';
import type { Model, ReadOptions } from './read/read';
import type { ClusterOptions, Doubt } from './types';

/** Another way to understand the same manifests. */
export interface Alternative {
  readonly hangsOn: Doubt['hangsOn'];
  readonly options: ReadOptions;
  readonly reading: Reading;
}

/** All the ways to understand manifests that may answer otherwise, without the one that is answered by. */
export function alternativesOf(model: Model, options: ClusterOptions): readonly Alternative[] {
  const { sure, doubtful } = model.heldPods;
  const plugins = options.ipBlocks === undefined && (sure || doubtful) ? (['outside', 'everywhere'] as const) : [];
  const reasonsUnder = (ipBlocks: ClusterOptions['ipBlocks']): Doubt['hangsOn'] =>
    plugins.length > 0 && ipBlocks === 'everywhere' && doubtful ? [...model.doubts, 'pods'] : model.doubts;
  const readingsUnder = (ipBlocks: ClusterOptions['ipBlocks']): readonly Reading[] =>
    reasonsUnder(ipBlocks).length > 0 ? ['plain', 'least', 'most'] : ['plain'];
  return (plugins.length === 0 ? [options.ipBlocks] : plugins).flatMap((ipBlocks) =>
    readingsUnder(ipBlocks)
      .filter((reading) => reading !== 'plain' || ipBlocks === 'everywhere')
      .filter((reading) => reading !== 'plain' || plugins.length > 0)
      .map((reading): Alternative => {
        const hangsOn: Doubt['hangsOn'][number][] = [];
        if (ipBlocks === 'everywhere' && plugins.length > 0) {
          hangsOn.push('ip-blocks');
        }
        if (reading !== 'plain') {
          hangsOn.push(...new Set(reasonsUnder(ipBlocks)));
        }
        return {
          hangsOn,
          options: {
            ...options,
            ...(ipBlocks === undefined ? {} : { ipBlocks }),
            ...(hangsOn.includes('labels') ? { doubtsLabels: true } : {}),
          },
          reading,
        };
      }),
  );
}
