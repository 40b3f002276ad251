/** The Pods that an object is or makes. */
// biome-ignore lint/suspicious/noExplicitAny: a Kubernetes object is what its kind says it is
type Fields = any;

const TEMPLATES = new Map<string, (object: Fields) => Fields>([
  ['Pod', (object) => object],
  ['CronJob', (object) => object.spec?.jobTemplate?.spec?.template],
  ...['DaemonSet', 'Deployment', 'Job', 'ReplicaSet', 'StatefulSet'].map(
    (kind): [string, (object: Fields) => Fields] => [kind, (object) => object.spec?.template],
  ),
]);

/** Whether objects of a kind are Pods, or make some. */
export function makesPods(kind: string): boolean {
  return TEMPLATES.has(kind);
}

/** The Pods that an object makes, or the Pod that it is; nothing for other kinds. */
export function podTemplateOf(object: Fields): Fields {
  return TEMPLATES.get(object.kind)?.(object);
}
