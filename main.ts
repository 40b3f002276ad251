import { Construct } from 'constructs';
import { ingressController } from './charts/ingress-controller';
import { onlineBoutique } from './charts/online-boutique';
import { starsSteps } from './charts/stars';
import { IngressNginxProvider, NetworkingApp } from './constructs';

const settings = {
  /** Where the cluster runs: decides how the ingress controller is reached from outside. */
  provider: IngressNginxProvider.AWS,
};

try {
  const app = new NetworkingApp({ outdir: 'dist', staging: '.synth' });
  ingressController(app, settings.provider);
  onlineBoutique(app);
  starsSteps(new Construct(app, 'stars'));
  app.synth();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
