import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { OnlineBoutique } from '../constructs';

/** The shop: all services of release 0.8.0. */
export function onlineBoutique(scope: Construct): OnlineBoutique {
  return new OnlineBoutique(new Chart(scope, 'online-boutique'), 'online-boutique');
}
