import type { ClusterOptions } from '../../../analysis';
import { app, clusterOf, deployment, policy } from './manifests';

const web = deployment('shop/web', { app: 'web' });
const db = deployment('shop/db', { app: 'db' });
const agent = deployment('shop/agent', { app: 'agent' }, { hostNetwork: true });
const from = (...peers: object[]) =>
  policy('shop/db', { ...app('db'), ingress: [{ from: peers, ports: [{ port: 80 }] }] });
const everybody = { ipBlock: { cidr: '0.0.0.0/0' } };

function notes(
  objects: readonly object[],
  {
    asked,
    port,
    most,
    options,
  }: { asked?: [string, string]; port?: number; most?: number; options?: ClusterOptions } = {},
): readonly string[] {
  const cluster = clusterOf(objects, options);
  const [source, target] = asked ?? [];
  const filter = {
    ...(source === undefined ? {} : { from: cluster.find(source) }),
    ...(target === undefined ? {} : { to: cluster.find(target) }),
    ...(port === undefined ? {} : { port: { protocol: 'TCP' as const, port } }),
  };
  return cluster.notesOn(filter, most).map(({ code, message }) => `${code} ${message}`);
}

const TEXT =
  'ip-blocks NetworkPolicy shop/db: whether the addresses of ingress rule 1 match pods hangs on the network plugin, and with it shop/Deployment/web -> shop/Deployment/db; they are taken not to; see --ip-blocks';

describe('a note on an ipBlock that matches pods under some network plugins', () => {
  test('names the policy and the pairs that were asked about', () => {
    expect(notes([web, db, agent, from(everybody)])).toEqual([TEXT]);
    expect(notes([web, db, from(everybody)], { asked: ['web', 'db'] })).toEqual([TEXT]);
  });

  test('is left out where the pair does not hang on it', () => {
    expect(notes([web, db, from(everybody)], { asked: ['db', 'web'] })).toEqual([]);
    expect(notes([web, db, from(everybody)], { port: 81 })).toEqual([]);
    expect(notes([web, db, from(everybody)], { port: 80 })).toEqual([TEXT]);
    expect(notes([web, db, from(everybody, { podSelector: {} })], { asked: ['web', 'db'] })).toEqual([]);
    expect(notes([web, db, from({ ipBlock: { cidr: '203.0.113.0/24' } })])).toEqual([]);
    expect(notes([agent, db, from(everybody)])).toEqual([]);
  });

  test('is left out where the plugin is known', () => {
    expect(notes([web, db, from(everybody)], { options: { ipBlocks: 'outside' } })).toEqual([]);
    expect(notes([web, db, from(everybody)], { options: { ipBlocks: 'everywhere' } })).toEqual([]);
  });

  test('is told of the pods of one workload, where these are asked about', () => {
    expect(notes([db, from(everybody)])).toEqual([]);
    expect(notes([db, from(everybody)], { asked: ['db', 'db'] })).toHaveLength(1);
  });

  test('is told of both ends that let a pair through by addresses', () => {
    const out = policy('shop/web', { ...app('web'), policyTypes: ['Egress'], egress: [{ to: [everybody] }] });
    const all = notes([web, db, from(everybody), out]);
    expect(all).toHaveLength(2);
    expect(all[0]).toContain('NetworkPolicy shop/web: whether the addresses of egress rule 1 match pods');
  });

  test('names no pair where there are too many', () => {
    expect(notes([web, db, from(everybody)], { most: 3 })).toEqual([TEXT.replace(/, and with it [^;]*/, '')]);
  });

  test('counts pairs beyond the first', () => {
    const others = ['a', 'b', 'c'].map((name) => deployment(`shop/${name}`, { app: name }));
    expect(notes([...others, db, from(everybody)])[0]).toContain(
      'and with it shop/Deployment/a -> shop/Deployment/db, shop/Deployment/b -> shop/Deployment/db and 1 more; ',
    );
  });
});
