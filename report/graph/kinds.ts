/** Kinds as kubectl shortens them; others are written out in small letters. */
const SHORT = new Map([
  ['CronJob', 'cronjob'],
  ['DaemonSet', 'ds'],
  ['Deployment', 'deploy'],
  ['Job', 'job'],
  ['Pod', 'pod'],
  ['ReplicaSet', 'rs'],
  ['ReplicationController', 'rc'],
  ['StatefulSet', 'sts'],
]);

export function shortKind(kind: string): string {
  return SHORT.get(kind) ?? kind.toLowerCase();
}
