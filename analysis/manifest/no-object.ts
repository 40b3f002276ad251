import { isNear } from './near';
import { isMapping, shown } from './value';

/** A document that is no Kubernetes object, and what that costs. */
export interface NoObject {
  readonly code: 'not-an-object' | 'no-kind';
  /** Whether it plainly was never meant to be one, so that an answer without it is whole. */
  readonly isOther: boolean;
  readonly message: string;
}

/**
 * What is no Kubernetes object though it is YAML: what other programs keep beside manifests, such as `Chart.yaml`, the values
 * of a chart, a workflow or a patch. What has a part of a manifest is meant to be one: it is a mistake.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/#required-fields
 */
export function noObject(value: unknown): NoObject | undefined {
  if (!isMapping(value)) {
    const message = `the document is ${shown(value)}; a manifest is a mapping with apiVersion and kind`;
    return { code: 'not-an-object', isOther: !Array.isArray(value) || !value.some(isMeant), message };
  }
  const { kind, apiVersion } = value;
  if (typeof kind === 'string' && kind !== '') {
    return undefined;
  }
  const isOther = kind === undefined && !isMeant(value);
  const like = Object.keys(value).find(
    (key) => key !== 'kind' && (key.toLowerCase() === 'kind' || (key.length > 2 && isNear('kind', key))),
  );
  const advice =
    like !== undefined
      ? `did you mean kind where it says ${like}?`
      : isOther
        ? `this is ${otherOf(apiVersion, value)}; a manifest says what it is, e.g. "kind: Pod"`
        : 'a manifest says what it is, e.g. "kind: Pod"';
  return { code: 'no-kind', isOther: isOther && like === undefined, message: `kind is ${shown(kind)}; ${advice}` };
}

/** Whether a mapping has what only manifests have. */
function isMeant(value: unknown): boolean {
  if (!isMapping(value)) {
    return false;
  }
  const { apiVersion, kind, metadata, spec, items } = value;
  const parts = [
    typeof apiVersion === 'string' && apiVersion !== 'v1' && apiVersion !== 'v2',
    typeof kind === 'string',
    isMapping(metadata) && (typeof metadata.name === 'string' || typeof metadata.namespace === 'string'),
    isMapping(spec),
    Array.isArray(items) && items.some(isMeant),
  ];
  return parts.filter(Boolean).length > 1;
}

/** What a document is that is no manifest, by the keys that programs know it by. */
function otherOf(apiVersion: unknown, value: Readonly<Record<string, unknown>>): string {
  const has = (...keys: string[]) => keys.every((key) => Object.hasOwn(value, key));
  if (has('name', 'version') && (apiVersion === 'v1' || apiVersion === 'v2')) {
    return 'the description of a Helm chart';
  }
  if (has('jobs') && Object.keys(value).some((key) => key === 'on' || key === 'true')) {
    return 'a workflow';
  }
  if (has('resources') || has('patches') || has('namePrefix') || has('components')) {
    return 'a kustomization';
  }
  return 'no Kubernetes object';
}
