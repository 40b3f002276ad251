const PART = '(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const IPV4 = new RegExp(`^${PART}(\\.${PART}){3}$`);

/** Whether a text is a list of addresses and ranges of addresses, separated by commas, none of them broken. */
export function isAddressList(text: string): boolean {
  return text.split(',').every((one) => isAddressOrRange(one.trim()));
}

function isAddressOrRange(text: string): boolean {
  const [address = '', length, ...more] = text.split('/');
  const bits = IPV4.test(address) ? 32 : isIpv6(address) ? 128 : -1;
  return more.length === 0 && bits > 0 && (length === undefined || (/^\d+$/.test(length) && Number(length) <= bits));
}

function isIpv6(text: string): boolean {
  return /^[0-9a-fA-F:.]+$/.test(text) && URL.canParse(`http://[${text}]/`);
}
