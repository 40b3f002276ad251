import { apiServer, wave } from '../argocd/formats';
import { fields } from '../fields';
import { dnsLabel, namespace } from '../values';

/** Checks the settings of the Application. */
export const applicationFields = fields({
  name: dnsLabel,
  project: dnsLabel,
  namespace,
  destinationServer: apiServer,
  wave,
});
