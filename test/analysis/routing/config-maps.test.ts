import { Routes, sameRouting } from '../../../analysis';
import { controller, ingress, path, service } from './objects';
import { where } from './where';

// What the controller does with the ConfigMaps of headers that annotations name, by the parsers customheaders and authreq.

const headers = (data: Readonly<Record<string, string>>, name = 'headers', namespace = 'default') => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace },
  data,
});
const allowing = (names: string) =>
  headers({ 'global-allowed-response-headers': names }, 'ingress-nginx-controller', 'ingress-nginx');

const RELEASES = ['1.8', '1.10', '1.11', '1.15'];

function routesIn(
  controllerVersion: string,
  annotations: Readonly<Record<string, string>>,
  ...others: readonly object[]
) {
  const web = ingress('main', { annotations, rules: [path('a.test', '/', 'Prefix', 'web')] });
  return Routes.ofIngressNginx([service('web'), web, ...others], { controllerVersion, input: 'tolerant' });
}

const inAll = (annotations: Readonly<Record<string, string>>, ...others: readonly object[]) =>
  RELEASES.map((release) => where(routesIn(release, annotations, ...others), 'http://a.test/'));

const notesIn = (release: string, annotations: Readonly<Record<string, string>>, ...others: readonly object[]) =>
  (routesIn(release, annotations, ...others).route({ url: 'http://a.test/' }).notes ?? []).filter(
    (note) => !note.startsWith('auth-url "http://auth.a/" of'),
  );

const each = <Value>(value: Value) => RELEASES.map(() => value);

describe('custom-headers, which releases from 1.11 read', () => {
  const named = { 'custom-headers': 'default/headers' };
  const since = (answer: string) => ['web:80', 'web:80', answer, answer];

  test('sets headers that the controller allows', () => {
    const others = [headers({ 'X-A': 'b' }), controller([]), allowing('X-A, X-B')];
    expect(inAll(named, ...others)).toEqual(each('web:80'));
    expect(notesIn('1.15', named, ...others)).toEqual([]);
  });

  test.each([
    ['a header that it does not allow', { 'X-C': 'b' }],
    ['a header that it allows in other letters', { 'x-a': 'b' }],
    ['what is no name of a header', { 'X A': 'b' }],
    ['a value without text', { 'X-A': '' }],
    ['a value of several lines', { 'X-A': 'a\nb' }],
  ])('answers 503 for %s', (_, data) => {
    const others = [headers(data as Record<string, string>), controller([]), allowing('X-A, X-B')];
    expect(inAll(named, ...others)).toEqual(since('503'));
  });

  test('answers 503 for every header where the ConfigMap of the controller allows none', () => {
    const config = headers({}, 'ingress-nginx-controller', 'ingress-nginx');
    expect(inAll(named, headers({ 'X-A': 'b' }), controller([]), config)).toEqual(since('503'));
    expect(routesIn('1.15', named, headers({ 'X-A': 'b' }), controller([]), config).warnings[0]?.message).toContain(
      'for which every request is answered 503; add X-A to global-allowed-response-headers of the controller',
    );
  });

  test('is open where the ConfigMap is not among the manifests, or that of the controller is not', () => {
    expect(inAll(named)).toEqual(each('web:80'));
    expect(notesIn('1.15', named)).toEqual([
      'it cannot be said whether custom-headers "default/headers" of Ingress default/main sets headers of answers, or answers 503: ConfigMap default/headers is not among the manifests; --assume-secrets takes it as there',
    ]);
    expect(notesIn('1.10', named)).toEqual([]);
    expect(notesIn('1.15', named, headers({ 'X-A': 'b' }))).toEqual([
      'it cannot be said whether custom-headers "default/headers" of Ingress default/main sets headers of answers, or answers 503: global-allowed-response-headers of the controller has to have X-A',
    ]);
  });

  test('wants a name with its namespace', () => {
    expect(inAll({ 'custom-headers': 'headers' }, headers({ 'X-A': 'b' }))).toEqual(since('503'));
  });

  test('that hold other headers are not the same', () => {
    const of = (value: string) => routesIn('1.15', named, headers({ 'X-A': value }), controller([]), allowing('X-A'));
    expect(sameRouting(of('b'), of('b')).proven).toBe(true);
    expect(sameRouting(of('b'), of('c')).same).toBe(false);
  });
});

describe('authentication by another server', () => {
  const asked = { 'auth-url': 'http://auth.a/' };

  test('with auth-proxy-set-headers needs a ConfigMap of headers, by name and namespace', () => {
    const named = { ...asked, 'auth-proxy-set-headers': 'default/headers' };
    expect(inAll(named, headers({ 'X-A': 'b' }))).toEqual(each('web:80'));
    expect(inAll(named, headers({ 'X A': 'b' }))).toEqual(each('503'));
    expect(inAll({ ...named, 'auth-proxy-set-headers': 'headers' }, headers({}))).toEqual(each('503'));
    expect(routesIn('1.15', named).route({ url: 'http://a.test/' }).notes).toEqual([
      expect.stringMatching(
        /^it cannot be said whether .* a login, or answers 503: ConfigMap default\/headers is not among the manifests; /,
      ),
    ]);
  });

  test('reads no ConfigMap without auth-url', () => {
    expect(inAll({ 'auth-proxy-set-headers': 'headers' })).toEqual(each('web:80'));
  });

  test.each([
    [{ 'auth-cache-duration': '200 202 5m, 401 30s' }, 'web:80'],
    [{ 'auth-cache-duration': '5m 200' }, '503'],
    [{ 'auth-cache-duration': '200' }, '503'],
    [{ 'auth-cache-duration': 'soon' }, '503'],
    [{ 'auth-response-headers': 'X-User, X_Group,' }, 'web:80'],
    [{ 'auth-response-headers': 'X-User X-Group' }, '503'],
  ])('with %j: %s in all releases', (annotations, expected) => {
    expect(inAll({ ...asked, ...(annotations as Record<string, string>) })).toEqual(each(expected));
  });
});
