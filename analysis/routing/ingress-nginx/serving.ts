import type { Manifest } from '../../manifest';
import { isMapping } from '../../manifest/value';
import type { Settings } from './settings';

/** The old annotation for the class. */
export const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

/** An IngressClass. */
export interface ClassObject {
  readonly controller: string;
  readonly isDefault: boolean;
}

/** The IngressClasses of manifests, by name. */
export function classObjects(manifests: readonly Manifest[]): ReadonlyMap<string, ClassObject> {
  const classes = new Map<string, ClassObject>();
  for (const { kind, group, name, annotations, object } of manifests) {
    if (kind === 'IngressClass' && group === 'networking.k8s.io') {
      const controller = isMapping(object.spec) ? object.spec.controller : undefined;
      classes.set(name, {
        controller: typeof controller === 'string' ? controller : '',
        isDefault: annotations.get('ingressclass.kubernetes.io/is-default-class') === 'true',
      });
    }
  }
  return classes;
}

/** The class that Ingresses without one get. */
export function defaultClassOf(classes: ReadonlyMap<string, ClassObject>): string | undefined {
  return [...classes].find(([, { isDefault }]) => isDefault)?.[0];
}

/** The controllers that serve a class by its name in `ingressClassName`. */
export function servingByName(
  controllers: readonly Settings[],
  name: string,
  object: ClassObject | undefined,
): readonly Settings[] {
  return controllers.filter(({ controllerClass, classByName, ingressClass }) =>
    object === undefined
      ? ingressClass === name
      : object.controller === controllerClass || (classByName && ingressClass === name),
  );
}

/** The controllers that serve a class by its name in the old annotation. */
export function servingByAnnotation(controllers: readonly Settings[], name: string): readonly Settings[] {
  return controllers.filter(({ ingressClass }) => ingressClass === name);
}

/**
 * The controllers that may serve an Ingress: those of its class, and of its namespace where they watch one; all of them where that is
 * not known.
 */
export function mayServe(
  controllers: readonly Settings[],
  classes: ReadonlyMap<string, ClassObject>,
  manifest: Manifest,
): readonly Settings[] {
  const { spec } = manifest.object;
  const given = isMapping(spec) ? spec.ingressClassName : undefined;
  const annotation = manifest.annotations.get(CLASS_ANNOTATION);
  const byDefault = annotation === undefined ? defaultClassOf(classes) : undefined;
  const name = typeof given === 'string' ? given : byDefault;
  const serving =
    name !== undefined
      ? servingByName(controllers, name, classes.get(name))
      : annotation !== undefined
        ? servingByAnnotation(controllers, annotation)
        : controllers.filter(({ watchWithoutClass }) => watchWithoutClass === true);
  const { namespace = 'default' } = manifest;
  const here = serving.filter(({ watchNamespace }) => watchNamespace === undefined || watchNamespace === namespace);
  return [here, serving, controllers].find((some) => some.length > 0) ?? [];
}
