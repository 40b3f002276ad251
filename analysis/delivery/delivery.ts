import type { Manifest } from '../manifest';

/** Requests with headers that go to the next version, whatever its weight. */
export interface HeaderRoute {
  readonly name: string;
  readonly match: readonly Readonly<Record<string, unknown>>[];
}

/** Where a delivery stands at one of its steps. */
export interface StepState {
  /** In words, such as `setWeight 5`. */
  readonly text: string;
  /** How many of 100 requests go to the next version. */
  readonly weight: number;
  readonly headers: readonly HeaderRoute[];
  /** What holds at this step and can't be decided, or may surprise. */
  readonly notes: readonly string[];
}

/** A route whose requests a delivery divides. */
export interface DividedRoute {
  readonly kind: 'HTTPRoute' | 'Ingress';
  readonly namespace: string;
  readonly name: string;
}

/** Something that brings in a next version by steps, and where its requests come in. */
export interface Delivery {
  readonly manifest: Manifest;
  /** In words, such as `Rollout shop/frontend`. */
  readonly text: string;
  readonly namespace: string;
  readonly name: string;
  readonly steps: readonly StepState[];
  /** The part of its `spec` that says what it does in steps; `undefined` where nothing does. */
  readonly plan: unknown;
  readonly routes: readonly DividedRoute[];
  /** What holds at all steps and can't be decided. */
  readonly notes: readonly string[];
  /** The manifests as they are on the cluster at a step; `undefined` for before the first. */
  at(state: StepState | undefined, manifests: readonly Manifest[]): readonly Manifest[];
}
