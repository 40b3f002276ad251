/** The file that is read where it stands in the folder from which the program starts. */
export const CONFIGURATION_FILE = 'cdk8s-networking.yaml';
