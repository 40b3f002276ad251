import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { ApiServer, Installation } from '../../imports/operator.tigera.io';
import type { ArgoCdApp, ArgoCdHelmChart } from '../argocd';
import { addApplication, helmSource, IN_CLUSTER } from '../argocd/application';
import { clusterScoped } from '../cluster-scoped';
import type { INamespace } from '../namespace';
import { refuse } from '../refusal';
import { CHART, CHART_DEFAULTS, chartValues, NAMESPACE } from './chart-values';
import type { CalicoHelmValues } from './helm-values';
import { problemsOf } from './problems';
import { CalicoApplication, type CalicoApplicationProps, CalicoCustomResources, type CalicoProps } from './props';
import { installationSpec } from './spec';

/**
 * On a cluster that does not know the kinds yet, Argo CD leaves out the dry run, and makes them once the chart with the
 * operator and its CustomResourceDefinitions is there and healthy.
 */
const AFTER_CHART = {
  'argocd.argoproj.io/sync-options': 'SkipDryRunOnMissingResource=true',
  'argocd.argoproj.io/sync-wave': '1',
};

/**
 * Installs Calico 3.27.0 by its operator: the namespace tigera-operator, the Helm chart tigera-operator as an
 * Application of Argo CD, and the Installation and APIServer, which either the chart makes out of its values or the
 * construct writes.
 *
 * The Application never removes Calico when it is itself removed: a cluster without its network plugin has no network.
 *
 * @throws Error when a value is wrong, or the operator would refuse it; nothing is made then.
 * @see https://docs.tigera.io/calico/3.27/getting-started/kubernetes/helm
 * @see https://docs.tigera.io/calico/3.27/getting-started/kubernetes/managed-public-cloud/eks
 *
 * @example
 *
 *   new Calico(chart, 'calico', { values: { installation: { kubernetesProvider: CalicoProvider.EKS } } });
 */
export class Calico extends Construct {
  /** The namespace of the operator. Calico itself runs in `calico-system`, which the operator makes. */
  public readonly namespace: INamespace = { name: NAMESPACE };

  /** The Helm chart with its values, as far as they differ from the chart's own. */
  public readonly helmChart: ArgoCdHelmChart;

  private readonly fromChart: boolean;
  private readonly hasApplication: boolean;

  constructor(scope: Construct, id: string, props: CalicoProps = {}) {
    refuse(scope, id, problemsOf(props));
    super(scope, id);
    const values = props.values ?? {};
    const customResources = props.customResources ?? CalicoCustomResources.FROM_CHART;
    const application = (props.application ?? CalicoApplication.of()).props;
    this.fromChart = customResources === CalicoCustomResources.FROM_CHART;
    this.hasApplication = application !== undefined;
    this.helmChart = { ...CHART, values: chartValues(values, customResources) };

    clusterScoped(
      new k8s.KubeNamespace(this, 'namespace', {
        // The operator runs in the node's own network, which the stricter Pod Security Standards forbid.
        metadata: { name: NAMESPACE, labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } },
      }),
    );
    if (application) {
      this.addApplication(application);
    }
    if (!this.fromChart) {
      this.addCustomResources(values);
    }
  }

  /**
   * What `ArgoCdApps` needs to deploy the chart together with this construct's own chart, in one Application.
   * Spread it to add a wave: `{ ...calico.argoCdApp, wave: -20 }`.
   *
   * @throws Error when the construct makes an Application of its own, since there would be two then.
   */
  public get argoCdApp(): ArgoCdApp {
    if (this.hasApplication) {
      throw new Error(`${this.node.path}: it makes an Application itself; give application: CalicoApplication.NONE`);
    }
    const ownKinds = ['Installation', 'APIServer'].map((kind) => ({ group: 'operator.tigera.io', kind }));
    return {
      name: 'calico',
      charts: [Chart.of(this)],
      helmChart: this.helmChart,
      namespace: this.namespace,
      clusterResources: [
        { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' },
        { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' },
        { group: 'rbac.authorization.k8s.io', kind: 'ClusterRoleBinding' },
        ...(this.fromChart ? ownKinds : []),
      ],
      serverSideApply: true,
      cascadingDelete: false,
    };
  }

  private addApplication({ name, project, namespace, destinationServer, wave }: CalicoApplicationProps): void {
    addApplication(this, 'application', {
      name: name ?? 'calico',
      argoCdNamespace: namespace?.name ?? 'argocd',
      project: project ?? 'default',
      sources: [helmSource(this.helmChart)],
      server: destinationServer ?? IN_CLUSTER,
      namespace: NAMESPACE,
      wave,
      // The operator has to be there to clean up after an Installation, and would be gone first.
      cascadingDelete: false,
      // The CustomResourceDefinition of Installation does not fit into the annotation that `kubectl apply` keeps.
      serverSideApply: true,
    });
  }

  private addCustomResources({ installation, apiServer, kubeletVolumePluginPath }: CalicoHelmValues): void {
    const metadata = { name: 'default', annotations: AFTER_CHART };
    const spec = {
      ...installationSpec(installation ?? {}),
      kubeletVolumePluginPath: kubeletVolumePluginPath ?? CHART_DEFAULTS.kubeletVolumePluginPath,
    };
    clusterScoped(new Installation(this, 'installation', { metadata, spec }));
    if (apiServer?.enabled ?? true) {
      clusterScoped(new ApiServer(this, 'api-server', { metadata, spec: {} }));
    }
  }
}
