import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['tls-not-covered']> = {
  title: 'TLS of an Ingress does not cover its hosts',
  message: ({ missing, host, secret, other }) => {
    switch (missing) {
      case 'host':
        return `${host} is in no tls.hosts, while other hosts are: it is served with the default certificate`;
      case 'hosts':
        return `the entry has the Secret ${secret} and no hosts, so it covers none of the rules' hosts by name`;
      case 'secret-name':
        return `the entry for ${host} names no Secret: the default certificate of the controller is served`;
      case 'secret-here':
        return `the Secret ${secret} has to be in the namespace of the Ingress, and is made by ${other}`;
      case 'certificate-host':
        return `Certificate ${other}, which makes the Secret ${secret}, is not for ${host}`;
    }
  },
  advice: ({ missing, host }) => {
    switch (missing) {
      case 'host':
        return `add ${host} to the hosts of an entry of tls`;
      case 'hosts':
        return 'name the hosts that the certificate is for';
      case 'secret-name':
        return 'name the Secret, or leave tls out where something in front ends TLS';
      case 'secret-here':
        return 'have the Secret made in the namespace of the Ingress';
      case 'certificate-host':
        return `add ${host} to the dnsNames of the Certificate`;
    }
  },
};
