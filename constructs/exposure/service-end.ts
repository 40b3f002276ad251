import type { INamespace } from '../namespace';

/** The Service that an exposure leads to. */
export interface ServiceEnd {
  readonly name: string;
  /** The port of the Service. */
  readonly port: number;
  /** The name of that port, where it has one. */
  readonly portName?: string | undefined;
  /** Left out, that of the chart. */
  readonly namespace?: INamespace;
  /** Whether something else makes its HTTPRoute; left out, it is written here. */
  readonly hasRouteMadeElsewhere?: boolean;
}
