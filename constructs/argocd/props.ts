import type { INamespace } from '../namespace';
import type { ArgoCdApp } from './app';

/** Settings of `ArgoCdApps`. */
export interface ArgoCdAppsProps {
  /**
   * The Git repository that holds the synthesized manifests, e.g. `https://git.example.com/team/shop.git` or
   * `git@git.example.com:team/shop.git`; without a password or token, which belong into a Secret of Argo CD.
   */
  readonly repoUrl: string;

  /**
   * The branch, tag or commit to deploy.
   *
   * @default "HEAD"
   */
  readonly targetRevision?: string;

  /**
   * The folder of the repository that the manifests are written to; `.` for the repository's own.
   *
   * @default "dist"
   */
  readonly path?: string;

  /** What is deployed: at least one. */
  readonly apps: ArgoCdApp[];

  /**
   * The name of the AppProject that limits what `apps` may read and write.
   *
   * @default "cdk8s-networking"
   */
  readonly project?: string;

  /**
   * The name of the Application that deploys the project and all others.
   *
   * @default "root"
   */
  readonly rootName?: string;

  /**
   * The project of the root Application. It has to allow AppProjects and Applications in Argo CD's namespace, which
   * makes it an administrator's; that is why it is not the project of `apps`.
   *
   * @default "default"
   */
  readonly rootProject?: string;

  /**
   * The namespace that Argo CD runs in.
   *
   * @default { name: "argocd" }
   */
  readonly namespace?: INamespace;

  /**
   * The URL of the API server of the cluster that `apps` are deployed to.
   *
   * @default "https://kubernetes.default.svc", the cluster that Argo CD runs on
   */
  readonly destinationServer?: string;
}
