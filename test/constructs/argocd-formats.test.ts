import { apiServer, chartVersion, gitRepository, helmRepository, revision } from '../../constructs/argocd/formats';
import type { Check } from '../../constructs/fields';

function table(name: string, check: Check, right: readonly string[], wrong: readonly string[]): void {
  describe(name, () => {
    test.each(right.map((value) => [value]))('%j is right', (value) => {
      expect(check('value', value)).toEqual([]);
    });
    test.each(wrong.map((value) => [value]))('%j is wrong', (value) => {
      expect(check('value', value)).toHaveLength(1);
    });
  });
}

table(
  'the version of a Helm chart',
  chartVersion,
  [
    '1.2.3',
    'v3.27.0',
    '1.2.3-rc.1+build.5',
    '*',
    '1.x',
    '^1.2',
    '~1.2.0',
    '>=1.2 <2',
    '>= 1.2.0, < 2',
    '1.2 - 1.4',
    '1 || 3',
  ],
  ['', ' ', 'latest', '1.2.3.4', 'two words', '1.2.3\n', '>=', '1,', '1.2.3 '],
);

// https://git-scm.com/docs/git-check-ref-format
table(
  'the name of a branch, tag or commit',
  revision,
  ['main', 'HEAD', 'feature/new-shop', 'v1.2.3', 'a1b2c3d', 'ünïcode', 'a@b'],
  [
    '',
    '-f',
    '.a',
    'a/.b',
    'a..b',
    'a.lock',
    'a.lock/b',
    'a/',
    'a//b',
    'a.',
    'a b',
    'a~1',
    'a^',
    'a:b',
    '*',
    'a@{1}',
    'a\0',
  ],
);

table(
  'the URL of a Git repository',
  gitRepository,
  [
    'https://git.example.com/team/shop.git',
    'https://git.example.com:8443/shop',
    'git@git.example.com:team/shop.git',
    'ssh://git@git.example.com:2222/team/shop',
    'ssh://[fd00::1]/shop',
    'file:///srv/shop',
  ],
  [
    'https://-/shop',
    'https://a..b/shop',
    `https://${'a'.repeat(64)}/shop`,
    'https://git.example.com/a b',
    'git@-:shop',
    'shop',
  ],
);

table(
  'the URL of a Helm repository',
  helmRepository,
  ['https://charts.example.com', 'http://charts.example.com/stable', 'ghcr.io/team/charts', 'registry.example:5000/x'],
  ['-', '', 'oci://ghcr.io/team', 'https://', 'https://a b'],
);

table(
  'the URL of an API server',
  apiServer,
  [
    'https://kubernetes.default.svc',
    'https://10.0.0.1:6443',
    'https://[fd00::1]:6443',
    'https://api.example.com/k8s/c-1',
  ],
  ['http://kubernetes.default.svc', 'https://', 'https://-', 'kubernetes.default.svc', 'https://fd00::1:6443'],
);
