import { ArgoCdApps, NetworkingApp } from '../../constructs';
import type { Fields } from '../helpers/fields';
import fc from '../helpers/random';
import { RUNS } from '../helpers/runs';

const word = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,6}[a-z0-9])?$/);
const file = fc
  .tuple(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }), word, fc.constantFrom('yaml', 'yml', 'json'))
  .map(([folders, name, extension]) => [...folders, `${name}.${extension}`].join('/'));

/** What the one app of these settings makes: AppProject, then Applications. */
function objects(apps: { name: string; files: string[]; wave?: number }[], path = 'dist'): Fields[] {
  const app = new NetworkingApp();
  new ArgoCdApps(app, 'argocd', { repoUrl: 'https://git.example.com/shop.git', path, apps });
  return app.manifestFiles()[0]?.objects ?? [];
}

/** The files that Argo CD reads for a source: it walks the folder, and the folders below if told so. */
function filesRead({ path, directory }: Fields, repository: readonly string[]): string[] {
  const below = path === '.' ? '' : `${path}/`;
  const patterns = directory.include.replace(/^\{(.*)\}$/, '$1').split(',');
  return repository.filter((at) => {
    const name = at.slice(below.length);
    return at.startsWith(below) && (directory.recurse || !name.includes('/')) && patterns.includes(name);
  });
}

test('Argo CD reads the files of an app and no others, wherever they stand', () => {
  const paths = fc.constantFrom('.', 'dist', 'deploy/dist', 'a');
  const trees = fc.uniqueArray(file, { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(paths, trees, fc.nat(11), (path, tree, count) => {
      const files = tree.slice(0, Math.max(1, count));
      const inRepository = (at: string) => (path === '.' ? at : `${path}/${at}`);
      const [, application] = objects([{ name: 'shop', files }], path);
      const read = filesRead(application?.spec.source, [...tree.map(inRepository), 'README.yaml', 'dist/other.yaml']);
      expect(read.sort()).toEqual(files.map(inRepository).sort());
    }),
    RUNS,
  );
});

test('every application keeps its name and wave, and the project comes before all of them', () => {
  const apps = fc.uniqueArray(fc.record({ name: word, wave: fc.integer({ min: -1000, max: 1000 }) }), {
    selector: ({ name }) => name,
    minLength: 1,
    maxLength: 6,
  });
  const waveOf = ({ metadata }: Fields) => Number(metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0);
  fc.assert(
    fc.property(apps, (given) => {
      fc.pre(!given.some(({ name }) => name === 'root'));
      const [project, ...applications] = objects(given.map((app, at) => ({ ...app, files: [`f-${at}.yaml`] })));
      expect(applications.map((application) => [application.metadata.name, waveOf(application)])).toEqual(
        given.map(({ name, wave }) => [name, wave]),
      );
      expect(waveOf(project ?? {})).toBeLessThan(Math.min(...given.map(({ wave }) => wave)));
    }),
    RUNS,
  );
});
