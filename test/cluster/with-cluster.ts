import { Cluster } from './cluster';
import { missingProgram } from './programs';

/**
 * Tests that ask an API server of their own, fresh for each call. Without the programs that it takes they are skipped, and
 * a line says so; CI has to bring them.
 *
 * @throws Error in CI, where a program is missing
 */
export function withCluster(name: string, tests: (cluster: () => Cluster) => void): void {
  const missing = missingProgram();
  if (missing !== undefined && process.env.CI !== undefined) {
    throw new Error(missing);
  }
  if (missing !== undefined) {
    process.stderr.write(`${missing}; ${name}: what asks an API server is skipped\n`);
  }
  (missing === undefined ? describe : describe.skip)(name, () => {
    let cluster: Cluster | undefined;
    beforeAll(async () => {
      cluster = await Cluster.start();
    });
    afterAll(() => cluster?.stop());
    tests(() => cluster as Cluster);
  });
}
