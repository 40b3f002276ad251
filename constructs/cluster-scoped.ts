import { type ApiObject, JsonPatch } from 'cdk8s';

/**
 * Keeps the chart's namespace off an object that belongs to the cluster. cdk8s writes it into every object; an API
 * server drops it from such kinds.
 */
export function clusterScoped<T extends ApiObject>(object: T): T {
  if (object.metadata.namespace !== undefined) {
    object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
  }
  return object;
}
