import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { ExposedService, NetworkingApp, NetworkingValidation } from '../..';
import type { ValidationViolation } from '../../validation';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'judged-'));
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true });
  jest.restoreAllMocks();
});

const dist = () => path.join(folder, 'dist');
const appOf = (validate?: boolean) =>
  new NetworkingApp({ outdir: dist(), ...(validate === undefined ? {} : { validate }) });

function backend(app: NetworkingApp): Chart {
  const chart = new Chart(app, 'shop');
  new ExposedService(chart, 'backend', { image: 'registry.example/backend:1', port: 8080, servicePort: 80 });
  return chart;
}

function policy(scope: Construct, id: string, port: number, app = 'backend'): ApiObject {
  return new ApiObject(scope, id, {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'backend' },
    spec: { podSelector: { matchLabels: { app } }, ingress: [{ ports: [{ port }] }] },
  });
}

describe('an app that validates', () => {
  test('writes nothing where check finds an error, and says at which construct', () => {
    const app = appOf(true);
    policy(backend(app), 'policy', 80);
    expect(() => app.synth()).toThrow(
      /^shop\/policy: error port-of-service: NetworkPolicy default\/backend: .*80.*; .*8080/,
    );
    expect(fs.existsSync(dist())).toBe(false);
    expect(() => app.manifestFiles()).toThrow('port-of-service');
    expect(() => app.synthYaml()).toThrow('port-of-service');
  });

  test('fails for what an API server refuses', () => {
    const app = appOf(true);
    policy(backend(app), 'policy', 70_000);
    expect(() => app.synth()).toThrow(/^shop\/policy: .*70000/);
  });

  test('writes what has warnings, and tells them', () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
    const app = appOf(true);
    policy(backend(app), 'policy', 8080, 'frontend');
    app.synth();
    expect(fs.readdirSync(dist())).toEqual(['shop.k8s.yaml']);
    expect(warn.mock.calls).toEqual([
      [expect.stringMatching(/^shop\/policy: warning policy-selects-nothing: NetworkPolicy default\/backend: /)],
    ]);
  });

  test('is silent where nothing is wrong, and one that does not validate always is', () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
    const right = appOf(true);
    policy(backend(right), 'policy', 8080);
    right.synth();
    const wrong = appOf();
    policy(backend(wrong), 'policy', 80);
    wrong.synth();
    expect(warn).not.toHaveBeenCalled();
  });

  test('fails for a setting that is neither true nor false', () => {
    expect(() => new NetworkingApp({ validate: 'yes' as never })).toThrow(
      'NetworkingApp: validate is "yes"; give true or false',
    );
  });
});

test('an app that validates without anything that does fails', () => {
  jest.isolateModules(() => {
    const { NetworkingApp: Bare } = require('../../constructs') as typeof import('../../constructs');
    expect(() => new Bare({ validate: true })).toThrow(
      'NetworkingApp: validate is true, and nothing that checks is loaded; import cdk8s-networking, or cdk8s-networking/validation too',
    );
    expect(() => new Bare({ validate: false })).not.toThrow();
  });
});

describe('the plugin and charts that are applied in the place of others', () => {
  /** What the plugin reports of an app whose policy has an alternative. */
  async function report(usual: number, alternative: number): Promise<readonly ValidationViolation[]> {
    process.env.CDK8S_RECORD_CONSTRUCT_METADATA = 'true';
    try {
      const app = appOf();
      backend(app);
      policy(new Chart(app, 'policy'), 'policy', usual);
      const variants = new Construct(app, 'variants');
      NetworkingApp.alternative(variants);
      policy(new Chart(variants, 'other'), 'policy', alternative);
      app.synth();
    } finally {
      delete process.env.CDK8S_RECORD_CONSTRUCT_METADATA;
    }
    const manifests = ['policy.k8s.yaml', 'shop.k8s.yaml', 'variants/other.k8s.yaml'].map((file) =>
      path.join(dist(), file),
    );
    const { resources } = JSON.parse(fs.readFileSync(path.join(dist(), 'construct-metadata.json'), 'utf8'));
    const violations: ValidationViolation[] = [];
    let submitted = '';
    await new NetworkingValidation().validate({
      manifests,
      metadata: resources,
      report: {
        addViolation: (violation) => violations.push(violation),
        submit: (status) => {
          submitted = status;
        },
      },
    });
    expect(submitted).toBe(violations.length > 0 ? 'failure' : 'success');
    return violations;
  }

  test('takes neither for a mistake', async () => {
    expect(await report(8080, 8080)).toEqual([]);
    expect(await report(8080, 9090)).toEqual([]);
  });

  test('tells what is wrong with one, with the construct of that one', async () => {
    expect(await report(8080, 80)).toMatchObject([
      {
        ruleName: 'port-of-service',
        violatingResources: [{ resourceName: 'NetworkPolicy backend of variants/other.k8s.yaml' }],
      },
    ]);
    expect(await report(80, 8080)).toMatchObject([
      {
        ruleName: 'port-of-service',
        violatingResources: [{ resourceName: 'NetworkPolicy backend of policy.k8s.yaml' }],
      },
    ]);
  });
});

test('a file that cannot be read fails the report, with its line', async () => {
  const file = path.join(folder, 'shop.yaml');
  fs.writeFileSync(file, 'kind: Service\nkind: Pod\n');
  const violations: ValidationViolation[] = [];
  const submit = jest.fn();
  await new NetworkingValidation().validate({
    manifests: [file],
    metadata: {},
    report: { addViolation: (violation) => violations.push(violation), submit },
  });
  expect(violations).toMatchObject([{ ruleName: 'not-accepted', violatingResources: [{ manifestPath: file }] }]);
  expect(violations[0]?.violatingResources[0]?.locations).toEqual([`${file}:2`]);
  expect(submit).toHaveBeenCalledWith('failure', expect.objectContaining({ Errors: '1' }));
});

test('files of an app of cdk8s itself are judged in the place of others where the properties name them', async () => {
  const write = (name: string, port: number) => {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    const spec = `{ podSelector: { matchLabels: { app: web } }, policyTypes: [Ingress], ingress: [{ ports: [{ port: ${port} }] }] }`;
    fs.writeFileSync(
      file,
      `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: web }\nspec: ${spec}\n`,
    );
    return file;
  };
  const manifests = [write('web.k8s.yaml', 8080), write('variants/web.k8s.yaml', 9090)];
  const submitted = async (alternatives: readonly string[]) => {
    const submit = jest.fn();
    const validation = new NetworkingValidation({ alternatives, failOn: 'error' });
    await validation.validate({ manifests, metadata: {}, report: { addViolation: () => {}, submit } });
    return submit.mock.calls[0]?.[0];
  };
  expect(await submitted([])).toBe('failure');
  expect(await submitted([path.join(folder, 'variants')])).toBe('success');
});
