import type { Field } from '../../connectivity/read/field';
import type { Manifest, Path } from '../../manifest';
import { boolOf } from '../../routing/ingress-nginx/annotation-values';
import { KNOWN_CLASSES } from '../../routing/ingress-nginx/classes';
import type { Facts } from './facts';
import { fieldOf, textOf } from './fields';

/** The prefix of the annotations that ingress-nginx reads, unless its arguments say otherwise. */
const PREFIX = 'nginx.ingress.kubernetes.io/';

/** The annotation that named the class before there was a field for it. */
const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

/** A path of the rules of an Ingress. */
export interface IngressPath {
  readonly manifest: Manifest;
  readonly at: Path;
  /** Empty for every host. */
  readonly host: string;
  readonly path: string;
  readonly type: string;
  readonly service: string | undefined;
}

/** The value of an annotation of ingress-nginx. */
export function nginxAnnotation(manifest: Manifest, name: string): string | undefined {
  return manifest.annotations.get(`${PREFIX}${name}`);
}

/** A yes or no of ingress-nginx, in whatever form it takes one. */
export function nginxFlag(manifest: Manifest, name: string): boolean | undefined {
  return boolOf(nginxAnnotation(manifest, name) ?? '');
}

/** The class of an Ingress; empty where it names none. */
export function classOf(manifest: Manifest): string {
  return textOf(fieldOf(manifest, 'spec', 'ingressClassName')) ?? manifest.annotations.get(CLASS_ANNOTATION) ?? '';
}

/** Whether an Ingress is of a class by which another controller is known. */
export function isOfOther(manifest: Manifest): boolean {
  return KNOWN_CLASSES.has(classOf(manifest));
}

/** Where an annotation of ingress-nginx stands. */
export function nginxAnnotationPath(name: string): Path {
  return ['metadata', 'annotations', `${PREFIX}${name}`];
}

/** The names of the annotations of ingress-nginx that an object has. */
export function nginxAnnotations({ annotations }: Manifest): readonly string[] {
  return [...annotations.keys()].filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length));
}

/** The paths of all Ingresses, for `facts.once`. */
export function ingressPaths(facts: Facts): readonly IngressPath[] {
  return facts.of('networking.k8s.io/Ingress').flatMap(pathsOf);
}

/** The paths of the rules of an Ingress. */
export function pathsOf(manifest: Manifest): readonly IngressPath[] {
  return fieldOf(manifest, 'spec', 'rules')
    .mappings('')
    .flatMap((rule) =>
      rule
        .get('http')
        .get('paths')
        .mappings('')
        .map((field) => pathOf(manifest, rule, field)),
    );
}

function pathOf(manifest: Manifest, rule: Field, field: Field): IngressPath {
  return {
    manifest,
    at: field.path,
    host: textOf(rule.get('host')) ?? '',
    path: textOf(field.get('path')) ?? '/',
    type: textOf(field.get('pathType')) ?? '',
    service: textOf(field.get('backend').get('service').get('name')),
  };
}
