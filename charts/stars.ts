import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { StarsDemo, StarsStep } from '../constructs';

const STEPS = [
  ['1-open', StarsStep.OPEN],
  ['2-default-deny', StarsStep.DEFAULT_DENY],
  ['3-allow-ui', StarsStep.ALLOW_UI],
  ['4-backend-policy', StarsStep.BACKEND_POLICY],
  ['5-frontend-policy', StarsStep.FRONTEND_POLICY],
] as const;

/** The Stars demo, each step a file of its own that is applied after the one before. */
export function stars(scope: Construct): Chart[] {
  const folder = new Construct(scope, 'stars');
  return STEPS.map(([id, step]) => {
    const chart = new Chart(folder, id);
    new StarsDemo(chart, 'stars', { step, only: true });
    return chart;
  });
}
