import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['argocd-drift']> = {
  title: 'Argo CD may show an object as out of sync for ever',
  message: ({ drift, field, becomes, more }) => {
    const others = more === 0 ? '' : `, and ${more} more like it`;
    switch (drift) {
      case 'null':
        return `${field} is null, and an API server leaves it out${others}`;
      case 'empty':
        return `${field} is empty, and an API server leaves it out${others}`;
      case 'cluster-ip':
        return `${field} is empty, and the API server fills it in`;
      case 'quantity':
        return `an API server writes ${field} as ${becomes}${others}`;
      case 'default':
        return `${field} is left out, and the API server fills in ${becomes}${others}`;
    }
  },
  advice: ({ drift, becomes }) => {
    switch (drift) {
      case 'quantity':
        return `write ${becomes}`;
      case 'default':
        return 'write the defaults out';
      default:
        return 'leave the field out';
    }
  },
};
