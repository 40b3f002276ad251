/** Labels that name the app of an object, the recommended one first. */
const APP_LABELS = ['app.kubernetes.io/name', 'app', 'k8s-app'] as const;

/**
 * What labels call the app of an object; undefined where they do not name one.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
 */
export function appOf(labels: ReadonlyMap<string, string>): string | undefined {
  return APP_LABELS.map((key) => labels.get(key)).find((app) => app !== undefined && app !== '');
}
