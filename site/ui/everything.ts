import type { Filter } from '../../report/page/asked';

/** A filter that leaves out nothing. */
export const EVERYTHING: Filter = { namespaces: [], focus: [], port: '', protocol: '', isChanged: false };
