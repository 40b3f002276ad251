import { fields } from '../fields';
import type { PolicyPort } from '../policy';
import { portsProblems } from '../policy/problems';
import { objectName } from '../values';

/** What `allowFrom` opens. */
export interface AllowFromOptions {
  /**
   * The ports of the Pods.
   *
   * @default - the one port of the Pods that the Service leads to
   */
  readonly ports?: PolicyPort[];

  /**
   * The name of the NetworkPolicy. Where connections out of the peer are closed too, the one there has "-egress" after it.
   *
   * @default - made from the two ends, such as "backend-allow-from-frontend"
   */
  readonly name?: string;
}

/** What is wrong with them. */
export const allowFromProblems = fields({ ports: portsProblems, name: objectName });
