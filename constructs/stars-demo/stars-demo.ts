import { Construct } from 'constructs';
import { fields } from '../fields';
import { refuse } from '../refusal';
import { flag, oneOf } from '../values';
import { addApps } from './apps';
import { addAllowUi, addBackendPolicy, addDefaultDeny, addFrontendPolicy } from './policies';
import { StarsStep } from './step';

/** Settings of `StarsDemo`. */
export interface StarsDemoProps {
  /**
   * How far the demo goes.
   *
   * @default StarsStep.FRONTEND_POLICY - all the way
   */
  readonly step?: StarsStep;

  /**
   * Whether to make only what this step adds to the one before it. An app so writes each step as a file of its own,
   * to be applied in order.
   *
   * @default false - this step and all before it
   */
  readonly only?: boolean;
}

/** What each step adds, in their order. */
const STEPS = new Map([
  [StarsStep.OPEN, addApps],
  [StarsStep.DEFAULT_DENY, addDefaultDeny],
  [StarsStep.ALLOW_UI, addAllowUi],
  [StarsStep.BACKEND_POLICY, addBackendPolicy],
  [StarsStep.FRONTEND_POLICY, addFrontendPolicy],
]);

/**
 * The Stars demo of Calico: a frontend and a backend in `stars`, a client in `client`, a UI in `management-ui` that
 * shows on node port 30002 who reaches whom, and the policies that close and open them step by step.
 *
 * @throws Error when the step is unknown; nothing is made then.
 * @see https://docs.tigera.io/calico/latest/network-policy/get-started/kubernetes-policy/kubernetes-demo
 *
 * @example
 *
 *   new StarsDemo(chart, 'stars', { step: StarsStep.DEFAULT_DENY });
 */
export class StarsDemo extends Construct {
  constructor(scope: Construct, id: string, props: StarsDemoProps = {}) {
    refuse(scope, id, PROPS('', props));
    super(scope, id);
    const { step = StarsStep.FRONTEND_POLICY, only = false } = props;
    for (const [made, add] of STEPS) {
      if (!only || made === step) {
        add(this);
      }
      if (made === step) {
        break;
      }
    }
  }
}

const PROPS = fields({ step: (what, value) => oneOf(what, value, STEPS.keys()), only: flag });
