export * from './app';
export * from './argocd-apps';
export * from './props';
