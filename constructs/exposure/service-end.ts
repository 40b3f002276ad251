import type { INamespace } from '../namespace';

/** The Service that an exposure leads to. */
export interface ServiceEnd {
  readonly name: string;
  /** The port of the Service. */
  readonly port: number;
  /** Left out, that of the chart. */
  readonly namespace?: INamespace;
  /** Whether something else makes its HTTPRoute; left out, it is written here. */
  readonly hasRouteMadeElsewhere?: boolean;
}
