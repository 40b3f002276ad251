import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['canary-lost']> = {
  title: 'a canary Ingress that does nothing',
  message: ({ reason, host, path, value }) => {
    const where = `${host === '' ? 'every host' : host}, path ${path}`;
    switch (reason) {
      case 'no-main':
        return `no Ingress without a canary has ${where}, so the canary is dropped in silence`;
      case 'path-type':
        return `the main Ingress has ${where} with pathType ${value}, so the canary is dropped in silence`;
      case 'second':
        return `another canary has ${where}, and only one counts`;
      case 'no-rule':
        return value === undefined
          ? 'nothing says who is sent to the canary'
          : `canary-weight is ${value} and nothing else says who is sent to the canary`;
      case 'off':
        return value === undefined
          ? 'the annotations of a canary do nothing without canary: "true"'
          : `canary is ${JSON.stringify(value)}, so the Ingress is no canary and takes requests as a main one`;
      case 'left':
        return `canary is "false", so the Ingress takes requests as a main one, and another has ${where}: the older of the two counts, and ${value} may get all requests or none`;
      case 'same-service':
        return `the canary leads to ${value}, as the main Ingress does: its state hangs on the Service`;
    }
  },
  advice: ({ reason, value }) => {
    switch (reason) {
      case 'no-main':
        return 'write host, path and pathType as the main Ingress has them';
      case 'path-type':
        return `write pathType: ${value}`;
      case 'second':
        return 'put the rules of both into one canary';
      case 'no-rule':
        return 'give canary-weight, canary-by-header or canary-by-cookie';
      case 'off':
        return 'write canary: "true", or delete the Ingress';
      case 'left':
        return 'delete the Ingress, and let the main one be the older where Flagger leaves it';
      case 'same-service':
        return 'give the canary a Service of its own';
    }
  },
};
