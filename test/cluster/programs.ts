import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const SOURCES = path.join(__dirname, 'server');

/** The release of Kubernetes that is asked, as go.mod has it: `v1.33.13`. */
export const RELEASE = /k8s\.io\/kubernetes (v[\d.]+)/.exec(fs.readFileSync(path.join(SOURCES, 'go.mod'), 'utf8'))?.[1];

/** Where the programs are kept from one run to the next, by their release. */
const CACHE = path.join(
  process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'),
  'cdk8s-networking',
  `kubernetes-${RELEASE}`,
);

/** What the tests need and cannot build: `undefined` where it is all there. */
export function missingProgram(): string | undefined {
  const needed: [program: string, argument: string, remedy: string][] = [
    ['etcd', '--version', 'apt-get install etcd-server'],
    ...(isBuilt() ? [] : ([['go', 'version', 'see go.dev/doc/install']] as [string, string, string][])),
  ];
  const missing = needed.find(([program, argument]) => spawnSync(program, [argument]).error !== undefined);
  return missing && `${missing[0]} is not installed (${missing[2]})`;
}

function isBuilt(): boolean {
  return ['kube-apiserver', 'kubectl'].every((name) => fs.existsSync(path.join(CACHE, name)));
}

/**
 * The API server and kubectl of `RELEASE`, built from their Go modules where that has not been done before. That takes about
 * 400 seconds of a processor; it runs at low priority.
 *
 * @throws Error with what the compiler says, when they cannot be built
 */
export function programs(): { readonly server: string; readonly kubectl: string } {
  if (!isBuilt()) {
    process.stderr.write(`building kube-apiserver and kubectl ${RELEASE} into ${CACHE}; this takes some minutes\n`);
    fs.mkdirSync(CACHE, { recursive: true });
    const [, major, minor] = /^v(\d+)\.(\d+)\./.exec(RELEASE ?? '') ?? [];
    const set = (name: string, value = '') => `-X k8s.io/component-base/version.${name}=${value}`;
    const flags = ['-s -w', set('gitVersion', RELEASE), set('gitMajor', major), set('gitMinor', minor)].join(' ');
    // Built beside their place and renamed, so that a build that is stopped leaves nothing half.
    const building = fs.mkdtempSync(path.join(CACHE, 'building-'));
    try {
      const packages = ['kube-apiserver', 'kubectl'].map((name) => `k8s.io/kubernetes/cmd/${name}`);
      const args = ['-n', '15', 'go', 'build', '-trimpath', '-ldflags', flags, '-o', `${building}/`, ...packages];
      const env = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly' };
      const { status, stderr } = spawnSync('nice', args, { cwd: SOURCES, env, encoding: 'utf8', maxBuffer: 1 << 26 });
      if (status !== 0) {
        throw new Error(`kube-apiserver ${RELEASE} cannot be built:\n${stderr}`);
      }
      for (const name of ['kube-apiserver', 'kubectl']) {
        fs.renameSync(path.join(building, name), path.join(CACHE, name));
      }
    } finally {
      fs.rmSync(building, { recursive: true, force: true });
    }
  }
  return { server: path.join(CACHE, 'kube-apiserver'), kubectl: path.join(CACHE, 'kubectl') };
}
