import { commandLine } from '../cli/command-line';
import { withDefaults } from '../helpers/api-defaults';
import type { Fields } from '../helpers/fields';
import { collectionOf, lost } from './objects';
import { ROWS } from './table';
import { withCluster } from './with-cluster';

/** Rows of which this tool and an API server say different things, and why that stays so. */
const NULL = 'nobody means a null in a list; a server takes it for {}, which opens everything';
const SECRET = 'no answer needs what a Secret holds';
const DEVIATIONS: Readonly<Record<string, string>> = {
  'NetworkPolicy spec.ingress: [null]': NULL,
  'NetworkPolicy spec.ingress.0.ports: [null]': NULL,
  'Ingress spec.rules: [null]': NULL,
  'NetworkPolicy spec.egress.0.to.0.ipBlock.cidr: "010.0.0.0/8"':
    'programs differ in whether 010 is 8 or 10; a server warns of it',
  'Secret data: {"key":"not base64!"}': SECRET,
  'Secret data: {"key":7}': SECRET,
  'Secret data: {"a b":"dmFsdWU="}': SECRET,
};

/**
 * What only a cluster writes, fills in from what it has, or has since a later release than our defaults are for (1.27): by kind,
 * fields of `spec`.
 */
const OF_THE_CLUSTER: Readonly<Record<string, readonly string[]>> = {
  Service: ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy', 'healthCheckNodePort'],
  Pod: ['priority', 'preemptionPolicy', 'tolerations'],
  StatefulSet: ['persistentVolumeClaimRetentionPolicy'],
  Job: ['selector', 'manualSelector', 'podReplacementPolicy'],
  Namespace: ['finalizers'],
};

/** An object as the server would keep it, without what depends on the cluster. */
function kept(live: Fields): Fields {
  const { status: _, ...object } = structuredClone(live);
  for (const field of ['uid', 'creationTimestamp', 'resourceVersion', 'generation', 'managedFields']) {
    delete object.metadata[field];
  }
  for (const field of OF_THE_CLUSTER[object.kind] ?? []) {
    delete object.spec?.[field];
  }
  for (const port of (object.kind === 'Service' ? object.spec.ports : undefined) ?? []) {
    delete port.nodePort;
  }
  delete object.metadata.annotations?.['deprecated.daemonset.template.generation'];
  for (const { labels = {} } of [object.metadata, object.spec?.template?.metadata ?? {}]) {
    for (const name of Object.keys(labels)) {
      // Of Jobs.
      if (/(^|\/)(controller-uid|job-name)$/.test(name)) {
        delete labels[name];
      }
    }
  }
  return withoutNothing(object) as Fields;
}

/** A value without what says nothing: nulls, empty texts, and mappings of which nothing is left but those that say something. */
function withoutNothing(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutNothing);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const fields = Object.entries(value).map(([key, held]) => [key, withoutNothing(held)] as const);
  const isNothing = (key: string, held: unknown) =>
    held === null ||
    held === '' ||
    (/^(metadata|annotations|labels|spec)$/.test(key) &&
      typeof held === 'object' &&
      held !== null &&
      Object.keys(held).length === 0);
  return Object.fromEntries(fields.filter(([key, held]) => !isNothing(key, held)));
}

/** Nulls and empty texts stand for a default here and for nothing there. The library writes neither. */
const hasNothing = (object: Fields) => /:(null|"")|\[null/.test(JSON.stringify(object));

withCluster('an API server that is asked about a table of objects', (cluster) => {
  const answers = new Map<string, { readonly isTaken: boolean; readonly body: Fields }>();

  beforeAll(async () => {
    for (const { name, object } of ROWS) {
      const place = `${collectionOf(object)}?dryRun=All&fieldValidation=Strict`;
      const { status, body } = await cluster().ask('POST', place, object);
      expect([201, 400, 409, 422]).toContain(status);
      answers.set(name, { isTaken: status === 201 || status === 409, body });
    }
  });

  test('the table has right and wrong ones', () => {
    const right = [...answers.values()].filter(({ isTaken }) => isTaken).length;
    process.stderr.write(`${ROWS.length} objects, ${right} of which the API server takes\n`);
    expect(ROWS.length).toBeGreaterThanOrEqual(300);
    expect(right).toBeGreaterThan(100);
    expect(ROWS.length - right).toBeGreaterThan(100);
  });

  test('check takes what it takes, and refuses what it refuses', async () => {
    const found = await Promise.all(
      ROWS.map(async ({ name, object }) => {
        const { status, stderr } = await commandLine(['check', '-'], { stdin: JSON.stringify(object) });
        const { isTaken, body } = answers.get(name) as { isTaken: boolean; body: Fields };
        const differs = (status !== 2) !== isTaken;
        if (differs === name in DEVIATIONS) {
          return [];
        }
        return differs
          ? [
              `${name}: ${isTaken ? `is taken, and refused by check: ${stderr}` : `is refused, and taken by check: ${body.message}`}`,
            ]
          : [`${name} deviates no more; take it off the list`];
      }),
    );
    expect(found.flat()).toEqual([]);
    expect(Object.keys(DEVIATIONS).filter((name) => !answers.has(name))).toEqual([]);
  });

  test('fills in what the defaults of our own tests fill in', () => {
    const wrong = ROWS.flatMap(({ name, object }) => {
      const { isTaken, body } = answers.get(name) as { isTaken: boolean; body: Fields };
      if (!isTaken || body.kind === 'Status' || hasNothing(object)) {
        return [];
      }
      const [live, ours] = [kept(body), kept(withDefaults(object))];
      return [
        ...lost(ours, live).map((one) => `${name}: ${one} on the server`),
        ...lost(live, ours).map((one) => `${name}: ${one} in our defaults`),
      ];
    });
    expect(wrong).toEqual([]);
  });

  test('a wrong judgement is seen', async () => {
    const { status } = await commandLine(['check', '-'], {
      stdin: JSON.stringify({ ...ROWS[0]?.object, kind: 'Servise' }),
    });
    expect(status).toBe(2);
  });
});
