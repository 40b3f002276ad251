import { holds } from './laid-out';

describe.each([
  [1, 20, 60, 2],
  [1, 25, 48, 7],
  [1, 25, 48, 8],
])('%i namespaces of %i workloads with %i lines, drawn %i', holds);
