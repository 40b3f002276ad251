import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['backend-missing']> = {
  title: 'a route leads to a Service or port that is not there',
  message: ({ kind, service, missing, port, protocol }) => {
    switch (missing) {
      case 'service':
        return `there is no ${kind} ${service}`;
      case 'kind':
        return `requests lead to ${kind} ${service}, a kind that takes none`;
      case 'port':
        return `Service ${service} has no port ${port}`;
      case 'protocol':
        return `port ${port} of Service ${service} is not ${protocol}`;
      case 'pods':
        return `Service ${service} selects no pod`;
    }
  },
  advice: ({ kind, missing, protocol, candidates }) => {
    switch (missing) {
      case 'service':
        return candidates.length === 0
          ? `write the name of a ${kind} of the same namespace; if it stands in other manifests, give these too`
          : `did you mean ${candidates.join(' or ')}?`;
      case 'port':
        return candidates.length === 0 ? 'give the Service a port' : `its ports are ${candidates.join(', ')}`;
      case 'kind':
        return 'lead them to a Service that selects the pods';
      case 'protocol':
        return candidates.length === 0
          ? `give the Service a port with protocol: ${protocol}`
          : `its ports of ${protocol} are ${candidates.join(', ')}`;
      case 'pods':
        return 'mend the selector of the Service';
    }
  },
};
