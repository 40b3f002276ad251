import { Routes } from '../../../analysis';
import { ingress, path, service } from './objects';
import { notesOf, where } from './where';

const TEXT = '/api(/|$)(.*)';
const NOTE = `no-effect: Ingress default/web: the path ${JSON.stringify(TEXT)} is taken as it is written, not as a regular expression: nothing of its host has use-regex or a rewrite-target`;

function routesOf(annotations: Readonly<Record<string, string>>, ...others: readonly object[]): Routes {
  const rules = [path('a.test', TEXT, 'ImplementationSpecific', 'web')];
  return Routes.of([service('web'), ingress('web', { annotations, rules }), ...others]);
}

test('a path with signs of regular expressions is literal without use-regex, and noted once', () => {
  const routes = routesOf({});
  expect(where(routes, 'http://a.test/api/x')).toBe('404');
  expect(notesOf(routes)).toEqual([NOTE]);
});

test.each<Readonly<Record<string, string>>>([{ 'use-regex': 'true' }, { 'rewrite-target': '/$2' }])(
  'it is a regular expression with %j',
  (annotations) => {
    const routes = routesOf(annotations);
    expect(where(routes, 'http://a.test/api/x')).toBe('web:80');
    expect(notesOf(routes)).toEqual([]);
  },
);

test('it is one where another Ingress of the host has use-regex', () => {
  const rules = [path('a.test', '/other', 'Prefix', 'web')];
  const routes = routesOf({}, ingress('other', { annotations: { 'use-regex': 'true' }, rules }));
  expect([where(routes, 'http://a.test/api/x'), notesOf(routes)]).toEqual(['web:80', []]);
});
