// The releases that the package is tried with beside those of package-lock.json.

/** A release, under the name that the table has for it. */
export interface Release {
  readonly title: string;
  readonly version: string;
}

const of = (title: string, version: string): Release => ({ title, version });

export const NODES = [of('Node 20', '20.20.2'), of('Node 22', '22.23.5'), of('Node 24', '24.22.3')];

/** The last of each line; the newest is the one that is written in Go. */
export const TYPESCRIPTS = [
  of('TypeScript 5.4', '5.4.5'),
  of('TypeScript 5.9', '5.9.3'),
  of('TypeScript 6.0', '6.0.3'),
  of('TypeScript 7.0', '7.0.2'),
];

export const JESTS = [of('jest 29', '29.7.0'), of('jest 30', '30.5.2')];

/** The packages of cdk8s: the lowest that package.json allows, and the newest. */
export const CDK8S = [
  // package.json allows 2.68.11, which not every copy of the registry has.
  {
    title: 'cdk8s 2.68',
    packages: { cdk8s: '2.68.12', 'cdk8s-plus-27': '2.9.5', constructs: '10.3.0' },
  },
  { title: 'cdk8s 2.70', packages: { cdk8s: '2.70.106', 'cdk8s-plus-27': '2.9.5', constructs: '10.8.1' } },
];

/** The ways in which a compiler finds a module: by `exports`, as a bundler does, and as before there were any. */
export const RESOLUTIONS = [
  { module: 'node16', moduleResolution: 'node16' },
  { module: 'esnext', moduleResolution: 'bundler' },
  { module: 'commonjs', moduleResolution: 'node10' },
];

/** What a compiler no longer knows, and says so. */
export function isGone({ version }: Release, { moduleResolution }: (typeof RESOLUTIONS)[number]): boolean {
  return moduleResolution === 'node10' && Number(version.split('.')[0]) >= 7;
}
