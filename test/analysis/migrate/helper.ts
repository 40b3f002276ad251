import { type MigrateOptions, type Migration, migrate } from '../../../analysis';
import { seen } from '../diff/seen';
import { service } from '../routing/objects';

/** The Services of these tests. */
export const services = ['main', 'other', 'canary'].map((name) => service(name));

/** A migration to the Gateway infra/web of class eg, with the Services there. */
export function migrated(objects: readonly object[], options: Partial<MigrateOptions> = {}): Migration {
  return migrate([...services, ...objects], {
    gateway: { namespace: 'infra', name: 'web' },
    gatewayClass: 'eg',
    ...options,
  });
}

/** Why Ingresses were left out: what cannot be said, and which requests would go elsewhere. */
export function refusals({ refused }: Migration): string[] {
  return refused.flatMap(({ ingress: name, reasons, differences }) => [
    ...reasons.map(({ message }) => `${name}: ${message}`),
    ...differences.map(
      ({ request, before, after }) => `${name}: ${request.url} ${seen(before.answer)} → ${seen(after.answer)}`,
    ),
  ]);
}

/** As much of an object as these tests look at. */
export interface Written {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: {
    readonly rules?: readonly unknown[];
    readonly listeners?: readonly Listener[];
    readonly to?: readonly unknown[];
  };
}

/** A listener of a Gateway. */
export interface Listener {
  readonly name: string;
  readonly hostname?: string;
}

/** What was written of a kind. */
export function written({ objects }: Migration, kind: string): readonly Written[] {
  return (objects as readonly Written[]).filter((object) => object.kind === kind);
}

/** The listeners of the Gateway. */
export function listenersOf(migration: Migration): readonly Listener[] {
  return written(migration, 'Gateway').flatMap(({ spec }) => spec.listeners ?? []);
}

/** The rules of the HTTPRoute with a name. */
export function rulesOf(migration: Migration, name = 'web'): unknown {
  return written(migration, 'HTTPRoute').find(({ metadata }) => metadata.name === name)?.spec.rules;
}
