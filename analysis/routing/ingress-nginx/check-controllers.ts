import type { Manifest } from '../../manifest';
import type { Findings } from '../problems';
import { checkArguments } from './arguments';
import { checkConfigMap } from './config-map';
import { type ControllerChoice, configMapsOf } from './controllers';

/** Reports what is wrong with the arguments and the ConfigMaps of controllers, and those that are not among the manifests. */
export function checkControllers(manifests: readonly Manifest[], choice: ControllerChoice, findings: Findings): void {
  checkArguments(manifests, findings);
  for (const config of configMapsOf(manifests, choice)) {
    if (config.manifest !== undefined) {
      checkConfigMap(config, findings);
    } else if (config.workload === undefined) {
      const all = manifests.filter(({ kind, group }) => kind === 'ConfigMap' && group === '');
      const names = all.map(({ namespace = 'default', name }) => `${namespace}/${name}`).sort();
      const advice = names.length === 0 ? 'there is none at all' : `there are ${names.join(', ')}`;
      const message = `there is no ConfigMap ${JSON.stringify(config.key)}; ${advice}`;
      findings.problems.push({ code: 'unknown-config-map', file: '', line: 0, message });
    } else {
      const message = `the ConfigMap ${config.key} of the controller is not among the manifests; its settings are taken as the defaults`;
      findings.note(config.workload, ['spec'], 'assumed', message);
    }
  }
}
