import { ALL } from '../engine/port-sets';
import type { PortSpec } from '../model';

/** Every port of every protocol. */
export const EVERY_PORT: PortSpec = { numbers: ALL, names: [] };
