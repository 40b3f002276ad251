import type { Path } from './manifest';

/** A path as Kubernetes writes it: `spec.ingress[0].from`. */
export function placeText(path: Path): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');
}
