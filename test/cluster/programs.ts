import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/** Where programs are kept from one run to the next. */
const CACHE = path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'), 'cdk8s-networking');

/** Programs that are built from Go modules. */
interface GoPrograms {
  /** What they are, for who waits. */
  readonly title: string;
  /** The folder with the go.mod that names their releases. */
  readonly sources: string;
  /** Where they are kept: it differs where they would. */
  readonly at: string;
  readonly packages: readonly string[];
  readonly names: readonly string[];
  /** What the linker sets in them. */
  readonly set?: Readonly<Record<string, string>>;
}

const SERVER = path.join(__dirname, 'server');

/** The release of Kubernetes that is asked, as go.mod has it: `v1.33.13`. */
export const RELEASE = releaseIn(SERVER, /k8s\.io\/kubernetes (v[\d.]+)/);

const [, MAJOR = '', MINOR = ''] = /^v(\d+)\.(\d+)\./.exec(RELEASE) ?? [];

const KUBERNETES: GoPrograms = {
  title: `kube-apiserver and kubectl ${RELEASE}`,
  sources: SERVER,
  at: `kubernetes-${RELEASE}`,
  packages: ['kube-apiserver', 'kubectl'].map((name) => `k8s.io/kubernetes/cmd/${name}`),
  names: ['kube-apiserver', 'kubectl'],
  set: {
    'k8s.io/component-base/version.gitVersion': RELEASE,
    'k8s.io/component-base/version.gitMajor': MAJOR,
    'k8s.io/component-base/version.gitMinor': MINOR,
  },
};

const ARGOCD_JUDGE = path.join(__dirname, 'argocd');

/** The release of Argo CD that is asked. */
export const ARGOCD_RELEASE = releaseIn(ARGOCD_JUDGE, /github\.com\/argoproj\/argo-cd\/v3 (v[\d.]+)/);

const ARGOCD: GoPrograms = {
  title: `what asks Argo CD ${ARGOCD_RELEASE}`,
  sources: ARGOCD_JUDGE,
  // Our own code is part of it.
  at: `argocd-${ARGOCD_RELEASE}-${hashOf(ARGOCD_JUDGE)}`,
  packages: ['.'],
  names: ['argocd-judge'],
};

function releaseIn(sources: string, pattern: RegExp): string {
  return pattern.exec(fs.readFileSync(path.join(sources, 'go.mod'), 'utf8'))?.[1] ?? '';
}

function hashOf(folder: string): string {
  const hash = createHash('sha256');
  for (const name of fs.readdirSync(folder).sort()) {
    hash.update(name).update(fs.readFileSync(path.join(folder, name)));
  }
  return hash.digest('hex').slice(0, 12);
}

const GO = ['go', 'version', 'see go.dev/doc/install'] as const;

/** What the tests need of a server and cannot build: `undefined` where it is all there. */
export function missingProgram(): string | undefined {
  return missing([['etcd', '--version', 'apt-get install etcd-server'], ...(isBuilt(KUBERNETES) ? [] : [GO])]);
}

/** What the tests need to ask Argo CD and cannot build: `undefined` where it is all there. */
export function missingJudge(): string | undefined {
  return missing(isBuilt(ARGOCD) ? [] : [GO]);
}

function missing(
  needed: readonly (readonly [program: string, argument: string, remedy: string])[],
): string | undefined {
  const found = needed.find(([program, argument]) => spawnSync(program, [argument]).error !== undefined);
  return found && `${found[0]} is not installed (${found[2]})`;
}

function placeOf({ at }: GoPrograms, name: string): string {
  return path.join(CACHE, at, name);
}

function isBuilt(programs: GoPrograms): boolean {
  return programs.names.every((name) => fs.existsSync(placeOf(programs, name)));
}

/**
 * Builds programs where that has not been done before, at low priority.
 *
 * @throws Error with what the compiler says, when they cannot be built
 */
function built(programs: GoPrograms): void {
  if (isBuilt(programs)) {
    return;
  }
  const { title, sources, at, packages, names, set = {} } = programs;
  const folder = path.join(CACHE, at);
  process.stderr.write(`building ${title} into ${folder}; this takes some minutes\n`);
  fs.mkdirSync(folder, { recursive: true });
  const flags = ['-s -w', ...Object.entries(set).map(([name, value]) => `-X ${name}=${value}`)].join(' ');
  // Built beside their place and renamed, so that a build that is stopped leaves nothing half.
  const building = fs.mkdtempSync(path.join(folder, 'building-'));
  try {
    const args = ['-n', '15', 'go', 'build', '-trimpath', '-ldflags', flags, '-o', `${building}/`, ...packages];
    const env = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly -buildvcs=false' };
    const { status, stderr } = spawnSync('nice', args, { cwd: sources, env, encoding: 'utf8', maxBuffer: 1 << 26 });
    if (status !== 0) {
      throw new Error(`${title} cannot be built:\n${stderr}`);
    }
    for (const name of names) {
      fs.renameSync(path.join(building, name), path.join(folder, name));
    }
  } finally {
    fs.rmSync(building, { recursive: true, force: true });
  }
}

/**
 * The API server and kubectl of `RELEASE`, built from their Go modules where that has not been done before. That takes about
 * 400 seconds of a processor.
 *
 * @throws Error with what the compiler says, when they cannot be built
 */
export function programs(): { readonly server: string; readonly kubectl: string } {
  built(KUBERNETES);
  return { server: placeOf(KUBERNETES, 'kube-apiserver'), kubectl: placeOf(KUBERNETES, 'kubectl') };
}

/**
 * The program that asks Argo CD's own code, built where that has not been done before. That takes about 200 seconds of a
 * processor.
 *
 * @throws Error with what the compiler says, when it cannot be built
 */
export function argocdJudge(): string {
  built(ARGOCD);
  return placeOf(ARGOCD, 'argocd-judge');
}
