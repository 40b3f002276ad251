// Writes analysis/manifest/fields/table.ts, the names of the fields of the kinds that are read:
//
//     npm run fields -- K8S_JS CRDS
//
// K8S_JS is package/lib/imports/k8s.js of the newest cdk8s-plus (npm pack cdk8s-plus-34), CRDS a folder of the
// CustomResourceDefinitions of the Gateway API, of Argo, Flagger and cert-manager as they publish them.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { readManifests } from '../analysis/manifest';
import { POLICIES, type Written } from './policy-fields';

/** What is in a field: fields of its own, or `undefined` for whatever it may be. */
interface Type {
  readonly fields: ReadonlyMap<string, Type | undefined>;
}

/** Kinds of Kubernetes, by `group/kind`, and how cdk8s calls them. */
const KINDS = [
  '/Namespace',
  '/Node',
  '/Pod',
  '/ReplicationController',
  '/Secret',
  '/Service',
  '/ServiceAccount',
  '/ConfigMap',
  'apps/DaemonSet',
  'apps/Deployment',
  'apps/ReplicaSet',
  'apps/StatefulSet',
  'batch/CronJob',
  'batch/Job',
  'networking.k8s.io/Ingress',
  'networking.k8s.io/IngressClass',
  'networking.k8s.io/NetworkPolicy',
  'rbac.authorization.k8s.io/ClusterRoleBinding',
  'rbac.authorization.k8s.io/RoleBinding',
];

/** Kinds of which a CRD tells the fields. */
const CUSTOM = [
  'argoproj.io/Rollout',
  'cert-manager.io/Certificate',
  'cert-manager.io/ClusterIssuer',
  'cert-manager.io/Issuer',
  'flagger.app/Canary',
  'gateway.networking.k8s.io/BackendTLSPolicy',
  'gateway.networking.k8s.io/GRPCRoute',
  'gateway.networking.k8s.io/Gateway',
  'gateway.networking.k8s.io/GatewayClass',
  'gateway.networking.k8s.io/HTTPRoute',
  'gateway.networking.k8s.io/ListenerSet',
  'gateway.networking.k8s.io/ReferenceGrant',
  'gateway.networking.k8s.io/TCPRoute',
  'gateway.networking.k8s.io/TLSRoute',
];

/** Kinds of the experimental channel of the Gateway API that have the fields of another. */
const ALIKE = new Map([['gateway.networking.k8s.io/UDPRoute', 'gateway.networking.k8s.io/TCPRoute']]);

const TARGET: Written = { kind: undefined, name: undefined, weight: undefined };

/**
 * Kinds of which there is no CRD to be had, as their documentation says.
 *
 * @see https://docs.openshift.com/container-platform/4.15/rest_api/network_apis/route-route-openshift-io-v1.html
 */
const WRITTEN = new Map<string, Written>([
  [
    'route.openshift.io/Route',
    {
      alternateBackends: TARGET,
      host: undefined,
      httpHeaders: undefined,
      path: undefined,
      port: { targetPort: undefined },
      subdomain: undefined,
      tls: {
        caCertificate: undefined,
        certificate: undefined,
        destinationCACertificate: undefined,
        externalCertificate: { name: undefined },
        insecureEdgeTerminationPolicy: undefined,
        key: undefined,
        termination: undefined,
      },
      to: TARGET,
      wildcardPolicy: undefined,
    },
  ],
]);

/** Where other makers' owners of pods have a template of these. Of other fields, those alone are told that are near to it. */
const TEMPLATES = new Map<string, readonly string[]>([
  ['apps.kruise.io/AdvancedCronJob', ['template', 'jobTemplate', 'spec']],
  ['apps.kruise.io/BroadcastJob', []],
  ['apps.kruise.io/CloneSet', []],
  ['apps.kruise.io/DaemonSet', []],
  ['apps.kruise.io/StatefulSet', []],
  ['apps.openshift.io/DeploymentConfig', []],
  ['keda.sh/ScaledJob', ['jobTargetRef']],
]);

/** Fields of the experimental channel of the Gateway API, which the standard CRDs do not have. */
const EXPERIMENTAL: Readonly<Record<string, readonly string[]>> = {
  'GRPCRoute spec': ['useDefaultGateways'],
  'GRPCRoute spec.rules': ['sessionPersistence'],
  'Gateway spec': ['allowedListeners', 'backendTLS', 'defaultScope', 'tls'],
  'HTTPRoute spec': ['useDefaultGateways'],
  'HTTPRoute spec.rules': ['retry', 'sessionPersistence', 'timeouts'],
  'HTTPRoute spec.rules.filters': ['cors', 'externalAuth'],
  'HTTPRoute spec.rules.backendRefs.filters': ['cors', 'externalAuth'],
};

const [k8s, crds] = process.argv.slice(2);
if (k8s === undefined || crds === undefined) {
  throw new Error('give the k8s.js of cdk8s-plus and a folder of CRDs');
}

const ANYTHING = ['apiVersion', 'kind', 'status'];

/** Reads the functions by which cdk8s writes each type as JSON. */
function typesOf(text: string): (name: string) => Type {
  const bodies = new Map<string, string>();
  for (const [, name, body] of text.matchAll(/^function toJson_(\w+)\(obj\) \{\n([\s\S]*?)^\}/gm)) {
    bodies.set(name as string, body as string);
  }
  const known = new Map<string, Type>();
  const typeOf = (name: string): Type => {
    const before = known.get(name);
    if (before !== undefined) {
      return before;
    }
    const fields = new Map<string, Type | undefined>();
    const type = { fields };
    known.set(name, type);
    for (const [, field, value] of (bodies.get(name) ?? '').matchAll(/^ {8}'([^']+)': (.*),$/gm)) {
      const child = /^(?:toJson_(\w+)\(obj\.\w+\)|obj\.\w+\?\.map\(y => toJson_(\w+)\(y\)\))$/.exec(value as string);
      const of = child?.[1] ?? child?.[2];
      fields.set(field as string, of !== undefined && bodies.has(of) ? typeOf(of) : undefined);
    }
    if (fields.size === 0) {
      throw new Error(`cdk8s-plus knows no type ${name}`);
    }
    return type;
  };
  return typeOf;
}

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-embedded-resource'?: boolean;
}

function typeOfSchema(schema: Schema, place: string): Type | undefined {
  const { properties, items } = schema;
  if (items !== undefined) {
    return typeOfSchema(items, place);
  }
  if (
    properties === undefined ||
    schema['x-kubernetes-preserve-unknown-fields'] ||
    schema['x-kubernetes-embedded-resource']
  ) {
    return undefined;
  }
  const fields = new Map<string, Type | undefined>();
  for (const [name, child] of Object.entries(properties)) {
    const kind = place.indexOf(' ') < 0;
    fields.set(name, typeOfSchema(child, kind ? `${place} ${name}` : `${place}.${name}`));
  }
  for (const name of EXPERIMENTAL[place] ?? []) {
    fields.set(name, fields.get(name));
  }
  return { fields };
}

/** Fields of one kind in all versions that a CRD serves. */
function united(one: Type | undefined, other: Type | undefined): Type | undefined {
  if (one === undefined || other === undefined) {
    return undefined;
  }
  const fields = new Map(one.fields);
  for (const [name, type] of other.fields) {
    fields.set(name, fields.has(name) ? united(fields.get(name), type) : type);
  }
  return { fields };
}

const kinds = new Map<string, Type>();
const plus = typesOf(readFileSync(k8s, 'utf8'));
const metadata = plus('ObjectMeta');
for (const key of KINDS) {
  const { fields } = plus(`Kube${key.slice(key.indexOf('/') + 1)}Props`);
  kinds.set(key, { fields: new Map([...ANYTHING.map((name) => [name, undefined] as const), ...fields]) });
}
for (const file of readdirSync(crds).sort()) {
  const [crd] = readManifests(readFileSync(path.join(crds, file), 'utf8'), file).manifests;
  if (crd === undefined) {
    throw new Error(`${file} is no CustomResourceDefinition`);
  }
  const { spec } = crd.object as {
    spec: { group: string; names: { kind: string }; versions: { schema: { openAPIV3Schema: Schema } }[] };
  };
  const key = `${spec.group}/${spec.names.kind}`;
  if (CUSTOM.includes(key)) {
    const types = spec.versions.map(({ schema }) => typeOfSchema(schema.openAPIV3Schema, spec.names.kind));
    const all = types.reduce(united);
    if (all === undefined) {
      throw new Error(`${file} says nothing of the fields`);
    }
    const fields = new Map(all.fields);
    fields.set('metadata', metadata);
    for (const name of ANYTHING) {
      fields.set(name, undefined);
    }
    kinds.set(key, { fields });
  }
}

for (const [key, other] of ALIKE) {
  kinds.set(key, kinds.get(other) as Type);
}
const written = (fields: Written): Type => ({
  fields: new Map(Object.entries(fields).map(([name, child]) => [name, child && written(child)])),
});
const custom = (spec: Type): Type => ({
  fields: new Map([...ANYTHING.map((name) => [name, undefined] as const), ['metadata', metadata], ['spec', spec]]),
});
for (const [key, fields] of [...WRITTEN, ...Object.entries(POLICIES)]) {
  kinds.set(key, custom(written(fields)));
}
for (const [key, place] of TEMPLATES) {
  const template: Type = { fields: new Map([['template', plus('PodTemplateSpec')]]) };
  kinds.set(key, custom(place.reduceRight<Type>((inner, name) => ({ fields: new Map([[name, inner]]) }), template)));
}

/** Types by what is in them: those that are alike stand in the table once. */
const lines: string[] = [];
const places = new Map<string, number>();
const indices = new Map<Type, number>();

/** What contains itself is not followed twice. */
const inside = new Set<Type>();

function indexOf(type: Type): number {
  const known = indices.get(type);
  if (known !== undefined) {
    return known;
  }
  inside.add(type);
  const words = [...type.fields].map(([name, child]) =>
    child === undefined || inside.has(child) ? name : `${name}:${indexOf(child)}`,
  );
  inside.delete(type);
  const line = words.sort().join(' ');
  const place = places.get(line) ?? lines.push(line) - 1;
  places.set(line, place);
  indices.set(type, place);
  return place;
}

const byKind = [...kinds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, type]) => `  ['${key}', ${indexOf(type)}],`);
const text = `// Written by scripts/fields.ts. Do not edit.

/** The number of the type of each kind, by \`group/kind\`. */
export const KINDS: readonly (readonly [string, number])[] = [
${byKind.join('\n')}
];

/** The fields of each type, by its number; behind a colon, the number of the type of what is in the field. */
export const TYPES: readonly string[] = [
${lines.map((line) => `  '${line}',`).join('\n')}
];
`;
writeFileSync(path.join(__dirname, '../analysis/manifest/fields/table.ts'), text);
console.log(`${kinds.size} kinds, ${lines.length} types, ${text.length} characters`);
