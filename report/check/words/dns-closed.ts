import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['dns-closed']> = {
  title: 'pods may connect to something, and not to DNS',
  message: ({ tcpOnly, isShut, workloads, count }) => {
    const who = `${workloads.join(', ')}${count > workloads.length ? ` and ${count - workloads.length} more` : ''}`;
    return tcpOnly
      ? `DNS is open by UDP and not by TCP, which long answers need: ${who}`
      : isShut
        ? `no connection out is open, not even to DNS: ${who}`
        : `some connections out are open, and none to DNS, so no name is found: ${who}`;
  },
  advice: ({ tcpOnly }) =>
    tcpOnly
      ? 'open TCP 53 beside UDP 53'
      : 'open UDP and TCP 53 to the pods of DNS: namespace kube-system, labels k8s-app: kube-dns; with NodeLocal DNSCache to 169.254.20.10/32, on OpenShift UDP and TCP 5353 to namespace openshift-dns',
};
