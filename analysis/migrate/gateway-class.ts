import { IMPLEMENTATIONS } from '../connectivity/exposure/implementations';
import type { Manifest } from '../manifest';
import { isMapping } from '../manifest/value';
import type { Target } from './targets';

/**
 * A name that stands for one that is still to be given, as in the documentation of the Gateway API.
 *
 * The name of the ingress class would be taken for a class of somebody: `nginx` is that of NGINX Gateway Fabric.
 */
export const PLACEHOLDER_CLASS = 'example';

/**
 * The GatewayClass where none was given: the only one among the manifests, of the target where there is one; or else what the
 * target's is called by itself, or a placeholder.
 */
export function gatewayClassOf(manifests: readonly Manifest[], target: Target | undefined): string {
  const [only, ...others] = manifests.filter(
    (manifest) => isClass(manifest) && (target === undefined || controllerOf(manifest) === controllerName(target)),
  );
  return only === undefined || others.length > 0 ? (target?.gatewayClass ?? PLACEHOLDER_CLASS) : only.name;
}

/** A GatewayClass of a target, for reading what it makes of a Gateway. */
export function classObject(name: string, target: Target): object {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'GatewayClass',
    metadata: { name },
    spec: { controllerName: controllerName(target) },
  };
}

/** The controller of a GatewayClass among the manifests that is not the target's; `undefined` where there is nothing of the kind. */
export function otherController(name: string, manifests: readonly Manifest[], target: Target): string | undefined {
  const own = manifests.find((manifest) => isClass(manifest) && manifest.name === name);
  const controller = own === undefined ? undefined : controllerOf(own);
  return controller === controllerName(target) ? undefined : controller;
}

function isClass({ kind, group }: Manifest): boolean {
  return kind === 'GatewayClass' && group === 'gateway.networking.k8s.io';
}

function controllerOf({ object: { spec } }: Manifest): string | undefined {
  return isMapping(spec) && typeof spec.controllerName === 'string' ? spec.controllerName : undefined;
}

function controllerName({ implementation }: Target): string | undefined {
  return IMPLEMENTATIONS.find(({ name }) => name === implementation)?.controllerName;
}
