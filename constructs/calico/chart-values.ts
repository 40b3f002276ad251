import { isDeepStrictEqual } from 'node:util';
import { toJson_InstallationSpec } from '../../imports/operator.tigera.io';
import type { CalicoHelmValues } from './helm-values';
import { CalicoCustomResources } from './props';
import { amounts, installationSpec, toleration } from './spec';

/** The chart that the values are typed after. */
export const CHART = { repoUrl: 'https://docs.tigera.io/calico/charts', chart: 'tigera-operator', version: 'v3.27.0' };

/** The namespace that chart and operator expect. */
export const NAMESPACE = 'tigera-operator';

type Values = { readonly [key: string]: unknown };

/** The chart's own values, as far as they are typed. */
export const CHART_DEFAULTS = {
  installation: { enabled: true, kubernetesProvider: '' },
  apiServer: { enabled: true },
  tolerations: [
    { effect: 'NoExecute', operator: 'Exists' },
    { effect: 'NoSchedule', operator: 'Exists' },
  ],
  nodeSelector: { 'kubernetes.io/os': 'linux' },
  tigeraOperator: { image: 'tigera/operator', version: 'v1.32.3', registry: 'quay.io' },
  calicoctl: { image: 'docker.io/calico/ctl', tag: 'v3.27.0' },
  kubeletVolumePluginPath: '/var/lib/kubelet',
} as const satisfies Values;

/** The values to give to the chart: what differs from its own. */
export function chartValues(values: CalicoHelmValues, customResources: CalicoCustomResources): Values {
  const fromChart = customResources === CalicoCustomResources.FROM_CHART;
  const { tigeraOperator, calicoctl, nodeSelector, podAnnotations, podLabels, kubeletVolumePluginPath } = values;
  const { kubernetesProvider, imagePullSecrets } = values.installation ?? {};
  const wanted = {
    // Without its Installation, the chart still needs to know how the operator's own image is pulled.
    installation: toJson_InstallationSpec(
      installationSpec(fromChart ? (values.installation ?? {}) : { kubernetesProvider, imagePullSecrets }),
    ),
    resources: values.resources && amounts(values.resources),
    tolerations: values.tolerations?.map(toleration),
    nodeSelector,
    podAnnotations,
    podLabels,
    tigeraOperator,
    calicoctl,
    kubeletVolumePluginPath: fromChart ? kubeletVolumePluginPath : undefined,
  };
  const enabled = {
    installation: { ...wanted.installation, enabled: fromChart },
    apiServer: { enabled: fromChart && (values.apiServer?.enabled ?? true) },
  };
  return difference(JSON.parse(JSON.stringify({ ...wanted, ...enabled })), CHART_DEFAULTS);
}

/** What is not the same in `defaults`. Helm merges objects field by field, and takes lists as a whole. */
function difference(values: Values, defaults: Values): Values {
  const known = new Map(Object.entries(defaults));
  const entries = Object.entries(values).flatMap(([key, value]): [string, unknown][] => {
    const usual = known.get(key);
    if (isObject(value)) {
      const inner = difference(value, isObject(usual) ? usual : {});
      return Object.keys(inner).length > 0 ? [[key, inner]] : [];
    }
    return isDeepStrictEqual(value, usual) ? [] : [[key, value]];
  });
  return Object.fromEntries(entries);
}

function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
