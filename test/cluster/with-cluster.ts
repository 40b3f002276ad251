import { Cluster } from './cluster';
import { missingJudge, missingProgram } from './programs';

/**
 * Tests that ask an API server of their own, fresh for each call. Without the programs that it takes they are skipped, and
 * a line says so; CI has to bring them.
 *
 * @throws Error in CI, where a program is missing
 */
export function withCluster(name: string, tests: (cluster: () => Cluster) => void): void {
  unless(missingProgram(), name, () => {
    let cluster: Cluster | undefined;
    beforeAll(async () => {
      cluster = await Cluster.start();
    });
    afterAll(() => cluster?.stop());
    tests(() => cluster as Cluster);
  });
}

/**
 * Tests that ask Argo CD's own code. They are skipped like those that ask an API server.
 *
 * @throws Error in CI, where a program is missing
 */
export function withArgoCd(name: string, tests: () => void): void {
  unless(missingJudge(), name, tests);
}

function unless(missing: string | undefined, name: string, tests: () => void): void {
  if (missing !== undefined && process.env.CI !== undefined) {
    throw new Error(missing);
  }
  if (missing !== undefined) {
    process.stderr.write(`${missing}; ${name}: the tests that need it are skipped\n`);
  }
  (missing === undefined ? describe : describe.skip)(name, tests);
}
