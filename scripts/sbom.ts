import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ran } from './tools';

// What the package is made of, as CycloneDX: what npm installs with it, and the parts of libraries that the build puts into its
// own files (scripts/library.ts), of which npm knows nothing.

const ROOT = join(__dirname, '..');

interface Component {
  readonly 'bom-ref': string;
  readonly type: 'library';
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly licenses: readonly object[];
}

/** The libraries that a file beside a bundle names. */
export function componentsIn(licenses: string): readonly Component[] {
  return licenses.split(/^-{80}\n/m).map((part) => {
    const [, name = '', version = '', license = ''] = /^\s*(\S+) (\S+) \((.*)\)$/m.exec(part) ?? [];
    const [scope, bare] = name.startsWith('@') ? name.split('/') : ['', name];
    const purl = `pkg:npm/${scope === '' ? '' : `${encodeURIComponent(scope as string)}/`}${bare}@${version}`;
    const licensed = [{ license: { id: license } }];
    return { 'bom-ref': `${name}@${version}`, type: 'library', name, version, purl, licenses: licensed };
  });
}

interface Edges {
  readonly ref: string;
  readonly dependsOn: readonly string[];
}

/** What is reached from some components. */
function reached(from: readonly string[], edges: readonly Edges[]): ReadonlySet<string> {
  const all = new Set(from);
  for (const ref of all) {
    for (const next of edges.find((one) => one.ref === ref)?.dependsOn ?? []) {
      all.add(next);
    }
  }
  return all;
}

/** The bill of materials, as text. */
export function billOfMaterials(): string {
  const own = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  // `--omit dev` would leave out what is needed for development as well.
  const bill = JSON.parse(ran('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], ROOT));
  const { component } = bill.metadata;
  // npm takes the name of the folder for it.
  component.name = own.name;
  const edges: readonly Edges[] = bill.dependencies;
  const root = component['bom-ref'];
  const direct = (edges.find(({ ref }) => ref === root)?.dependsOn ?? []).filter(
    (ref) => ref.replace(/@[^@]*$/, '') in (own.dependencies ?? {}),
  );
  const installed = reached(direct, edges);
  const components: Component[] = bill.components.filter((one: Component) => installed.has(one['bom-ref']));
  const inside = readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('LICENSES.txt'))
    .sort()
    .flatMap((file) => componentsIn(readFileSync(join(ROOT, 'lib', file), 'utf8')));
  const all = new Map([...inside, ...components].map((one) => [one['bom-ref'], one]));
  const dependencies = [
    { ref: root, dependsOn: [...new Set([...direct, ...inside.map((one) => one['bom-ref'])])] },
    ...edges.filter(({ ref }) => installed.has(ref)),
  ];
  return `${JSON.stringify({ ...bill, components: [...all.values()], dependencies }, undefined, 2)}\n`;
}

if (require.main === module) {
  process.stdout.write(billOfMaterials());
}
