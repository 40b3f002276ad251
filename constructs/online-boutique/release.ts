/**
 * The releases of Online Boutique that can be deployed.
 *
 * @see https://github.com/GoogleCloudPlatform/microservices-demo/releases
 */
export enum OnlineBoutiqueRelease {
  /** Release 0.8.0. */
  V0_8_0 = '0.8.0',
  /** Release 0.9.0, which differs from 0.8.0 in its images only. */
  V0_9_0 = '0.9.0',
}
