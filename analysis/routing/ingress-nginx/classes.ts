import type { Manifest, Problem } from '../../manifest';
import { isNear } from '../../manifest/near';
import { type Findings, nameOf, type RoutingProblemCode } from '../problems';
import type { Ingress } from './ingress';
import { isWatched } from './namespace-selector';
import {
  CLASS_ANNOTATION,
  type ClassObject,
  classObjects,
  defaultClassOf,
  servingByAnnotation,
  servingByName,
} from './serving';
import { DEFAULT_SETTINGS, type Settings } from './settings';

/** The controller that was chosen, and what it serves. */
export interface Served {
  readonly settings: Settings;
  readonly ingresses: readonly Ingress[];
  /** Ingresses that are served only on an assumption, which answers repeat. */
  readonly assumed: ReadonlyMap<Ingress, string>;
  /** Ingresses that are taken as not served, though a manifest elsewhere may say otherwise. */
  readonly unknown: ReadonlyMap<Ingress, NotServed>;
  /** The class that is served, where nobody chose it and some Ingress is of it; else `undefined`. */
  readonly served: ServedClass | undefined;
}

/** Why an Ingress is taken as not served. */
export interface NotServed {
  readonly why: string;
  /** Whether nobody can say so: tests must not pass on it. */
  readonly isOpen: boolean;
}

/** The class of Ingresses that was found to be the only one. */
export interface ServedClass {
  /** The names that Ingresses have for it. */
  readonly names: readonly string[];
  /** Whether its name is all that is known: another name may be another controller's. */
  readonly isByName: boolean;
  /** An Ingress of it. */
  readonly manifest: Manifest;
}

/** Class names that other controllers are known by; without an IngressClass, they are taken at their name. */
export const KNOWN_CLASSES: ReadonlySet<string> = new Set([
  'alb',
  'azure-application-gateway',
  'cilium',
  'gce',
  'gce-internal',
  'haproxy',
  'kong',
  'traefik',
]);

interface Choice {
  readonly settings: Settings;
  readonly names: Set<string>;
  readonly ingresses: Ingress[];
}

/**
 * Finds the Ingresses of one controller: by `ingressClassName` and what its IngressClass names, by the old annotation, or
 * by the class that is marked as default.
 *
 * @param assumed the controller where the manifests run none
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class
 */
export function servedBy(
  controllers: readonly Settings[],
  manifests: readonly Manifest[],
  ingresses: readonly Ingress[],
  wanted: string | undefined,
  findings: Findings,
  assumed: Settings = DEFAULT_SETTINGS,
): Served {
  const chooser = new Chooser(controllers, manifests, wanted, findings, assumed);
  for (const ingress of ingresses) {
    chooser.place(ingress);
  }
  return chooser.chosen();
}

class Chooser {
  private readonly choices = new Map<Settings, Choice>();
  /** Controllers of classes of which the name is all that is known. */
  private readonly named = new Map<string, Settings>();
  private readonly assumed = new Map<Ingress, string>();
  private readonly unknown = new Map<Ingress, NotServed>();
  private readonly classes: ReadonlyMap<string, ClassObject>;
  private readonly controllers: readonly Settings[];
  private readonly knowsController: boolean;
  private readonly defaultClass: string | undefined;
  /** The classes that are served. */
  private readonly own: readonly string[];

  constructor(
    controllers: readonly Settings[],
    private readonly manifests: readonly Manifest[],
    private readonly wanted: string | undefined,
    private readonly findings: Findings,
    private readonly fallback: Settings,
  ) {
    this.classes = classObjects(manifests);
    this.knowsController = controllers.length > 0;
    this.controllers = this.knowsController ? controllers : [fallback];
    this.defaultClass = defaultClassOf(this.classes);
    const served = new Set(this.controllers.map(({ controllerClass }) => controllerClass));
    this.own = [...this.classes].flatMap(([name, { controller }]) => (served.has(controller) ? [name] : [])).sort();
  }

  place(ingress: Ingress): void {
    const { className, manifest } = ingress;
    const annotation = manifest.annotations.get(CLASS_ANNOTATION);
    if (className !== undefined) {
      this.byName(ingress, className);
    } else if (annotation !== undefined) {
      this.byAnnotation(ingress, annotation);
    } else if (this.defaultClass !== undefined) {
      this.byName(ingress, this.defaultClass);
    } else {
      this.withoutClass(ingress);
    }
  }

  private byName(ingress: Ingress, name: string): void {
    const object = this.classes.get(name);
    if (object === undefined && this.own.length > 0 && name !== this.wanted) {
      this.ofUnknownClass(ingress, name);
      return;
    }
    const serving = servingByName(this.controllers, name, object);
    if (serving.length > 0) {
      this.addToOneOf(serving, name, ingress);
    } else if (object === undefined && !KNOWN_CLASSES.has(name)) {
      this.add(this.byNameOnly(name), name, ingress);
    } else {
      const whose = object === undefined ? 'another controller' : `the controller ${JSON.stringify(object.controller)}`;
      this.notServed(ingress, `its class ${JSON.stringify(name)} is of ${whose}`);
    }
  }

  private byAnnotation(ingress: Ingress, name: string): void {
    const serving = servingByAnnotation(this.controllers, name);
    if (serving.length > 0) {
      this.addToOneOf(serving, name, ingress);
    } else if (this.knowsController || KNOWN_CLASSES.has(name)) {
      this.notServed(ingress, `no controller here serves the class ${JSON.stringify(name)} of its annotation`);
    } else if (this.own.length > 0 && !this.classes.has(name) && name !== this.wanted) {
      this.ofUnknownClass(ingress, name);
    } else {
      this.add(this.byNameOnly(name), name, ingress);
    }
  }

  /** The controller asks for the IngressClass, and serves nothing of a class that is not there. */
  private ofUnknownClass(ingress: Ingress, name: string): void {
    const near = this.own.find((one) => isNear(one, name));
    const advice = near === undefined ? `there is ${listed(this.own)}` : `did you mean ${JSON.stringify(near)}?`;
    const why = `there is no IngressClass ${JSON.stringify(name)} among the manifests; ${advice}`;
    this.unknown.set(ingress, { why, isOpen: false });
    this.notServed(ingress, why);
  }

  private byNameOnly(name: string): Settings {
    const settings = this.named.get(name) ?? { ...this.fallback, ingressClass: name };
    this.named.set(name, settings);
    return settings;
  }

  private withoutClass(ingress: Ingress): void {
    const watching = this.controllers.filter(({ watchWithoutClass }) => watchWithoutClass === true);
    const [first] = watching;
    const [only] = this.controllers;
    if (first !== undefined) {
      this.addToOneOf(watching, first.ingressClass, ingress);
    } else if (!this.knowsController && this.classes.size === 0 && only !== undefined) {
      const what = 'names no class; it is taken to be of the class that is the default of its cluster';
      this.assumed.set(ingress, `Ingress ${ingress.key} ${what}`);
      this.add(only, only.ingressClass, ingress);
    } else if (this.knowsController) {
      this.notServed(ingress, 'it names no class, none is the default, and no controller serves such Ingresses');
    } else {
      const why =
        'it names no class, and none of the manifests is the default; a controller serves it with --watch-ingress-without-class';
      this.unknown.set(ingress, { why, isOpen: true });
      this.notServed(ingress, why, 'may be served by ingress-nginx or not');
    }
  }

  /** Gives an Ingress to the first of the controllers that serve it. */
  private addToOneOf(serving: readonly Settings[], name: string, ingress: Ingress): void {
    const [first, second] = serving as readonly [Settings, Settings | undefined];
    if (second !== undefined) {
      const [one, other] = [first, second].map(({ workload }) => (workload === undefined ? '' : nameOf(workload)));
      const what = `both serve it, and are told otherwise by their arguments or ConfigMaps; the first is taken`;
      this.assumed.set(
        ingress,
        `it cannot be said whether ${one} or ${other} answers for Ingress ${ingress.key}: ${what}`,
      );
    }
    this.add(first, name, ingress);
  }

  private add(settings: Settings, name: string, ingress: Ingress): void {
    if (settings.watchNamespace !== undefined && settings.watchNamespace !== ingress.namespace) {
      this.notServed(ingress, `the controller watches the namespace ${settings.watchNamespace} only`);
      return;
    }
    const { watchSelector } = settings;
    const isSelected = watchSelector === undefined || isWatched(watchSelector, ingress.namespace, this.manifests);
    if (isSelected === false) {
      const selector = JSON.stringify(watchSelector);
      this.notServed(ingress, `--watch-namespace-selector ${selector} of the controller does not select its namespace`);
      return;
    }
    if (isSelected === undefined) {
      const selector = JSON.stringify(watchSelector);
      const what = `is taken as served: whether --watch-namespace-selector ${selector} of the controller selects its namespace is not known`;
      this.assumed.set(ingress, `Ingress ${ingress.key} ${what}`);
    }
    if (settings.ignoresCatchAll && ingress.defaultBackend !== undefined) {
      this.notServed(ingress, 'it has a default backend, and the controller runs with --disable-catch-all');
      return;
    }
    const choice = this.choices.get(settings) ?? { settings, names: new Set(), ingresses: [] };
    choice.names.add(name);
    choice.ingresses.push(ingress);
    this.choices.set(settings, choice);
  }

  private notServed({ manifest }: Ingress, why: string, what = 'is not served by ingress-nginx'): void {
    this.findings.note(manifest, ['spec', 'ingressClassName'], 'not-served', `${what}: ${why}`);
  }

  chosen(): Served {
    const choices = [...this.choices.values()];
    const names = choices.flatMap((choice) => [...choice.names]).sort();
    const { wanted, assumed, unknown } = this;
    const fitting =
      wanted === undefined
        ? choices
        : choices.filter((choice) => choice.names.has(wanted) || this.isClassOf(wanted, choice.settings));
    const [choice] = fitting;
    if (choice === undefined && wanted !== undefined && names.length > 0) {
      this.refuse('unknown-class', `no Ingress is of class ${JSON.stringify(wanted)}; there are ${listed(names)}`);
    } else if (fitting.length > 1) {
      this.refuse('several-classes', `there are Ingresses of the classes ${listed(names)}; choose one`);
    }
    return choice === undefined || fitting.length > 1
      ? { settings: this.controllers[0] ?? this.fallback, ingresses: [], assumed, unknown, served: undefined }
      : { settings: choice.settings, ingresses: choice.ingresses, assumed, unknown, served: this.servedClass(choice) };
  }

  private servedClass({ settings, names, ingresses: [first] }: Choice): ServedClass | undefined {
    const isByName = [...this.named.values()].includes(settings);
    return first === undefined || this.wanted !== undefined
      ? undefined
      : { names: [...names].sort(), isByName, manifest: first.manifest };
  }

  private isClassOf(name: string, { controllerClass, ingressClass, classByName }: Settings): boolean {
    return (
      this.classes.get(name)?.controller === controllerClass ||
      (this.classes.get(name) !== undefined && classByName && ingressClass === name)
    );
  }

  private refuse(code: RoutingProblemCode, message: string): void {
    const problem: Problem<RoutingProblemCode> = { code, file: '', line: 0, message };
    this.findings.problems.push(problem);
  }
}

function listed(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(', ');
}
