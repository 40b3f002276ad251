import { App, Chart, Yaml } from 'cdk8s';
import { readManifests } from '../../../analysis';
import { CanaryIngress, type CanaryIngressProps, type CanaryRule, ExposedService, Exposure } from '../../../constructs';
import type { Fields } from '../../helpers/fields';

/** A service that an Ingress for shop.example.com leads to. */
export function frontendOf(chart: Chart): ExposedService {
  return new ExposedService(chart, 'frontend', {
    image: 'registry.example/frontend:1.4',
    port: 8080,
    exposure: Exposure.ingress({ host: 'shop.example.com' }),
  });
}

/** A canary of that service, by another image. */
export function canaryOf(chart: Chart, props: Partial<CanaryIngressProps> = {}): CanaryIngress {
  return new CanaryIngress(chart, 'canary', {
    main: props.main ?? frontendOf(chart),
    canary: { image: 'registry.example/frontend:1.5' },
    ...props,
  });
}

/** The manifests of frontend and canary as they are written, read back. */
export function shopWith(rule: CanaryRule) {
  const chart = new Chart(new App(), 'shop');
  canaryOf(chart, { rule });
  return readManifests(Yaml.stringify(...chart.toJson()), 'shop.yaml');
}

/** The Ingress of a canary with this rule. */
export function canaryIngressOf(rule: CanaryRule | undefined): Fields {
  const chart = new Chart(new App(), 'shop');
  canaryOf(chart, { rule });
  return ingressesOf(chart).find(({ metadata }) => metadata.name === 'canary') ?? {};
}

/** All Ingresses of a chart. */
export function ingressesOf(chart: Chart): Fields[] {
  return (chart.toJson() as Fields[]).filter(({ kind }) => kind === 'Ingress');
}

/** What makes synthesis fail, without what says that it does. */
export function failureOf(app: App): string {
  try {
    app.synthYaml();
  } catch (error) {
    return (error as Error).message.replace(/^Validation failed with the following errors:\n {2}/, '');
  }
  return '';
}
