// Names as an API server takes them.
// https://kubernetes.io/docs/concepts/overview/working-with-objects/names/

const LABEL = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

/** Whether a text is a name of most kinds: labels of DNS with dots between them. */
export function isSubdomain(text: string): boolean {
  return text.length <= 253 && SUBDOMAIN.test(text);
}

/** Whether a text is one label of DNS, such as the name of a namespace. */
export function isDnsLabel(text: string): boolean {
  return text.length <= 63 && LABEL.test(text);
}

/** Whether a text is the name of a Service. */
export function isServiceName(text: string): boolean {
  return text.length <= 63 && /^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(text);
}

/** What would be one. */
export const SERVICE_NAME =
  'use 1 to 63 lower-case letters, digits and "-", with a letter at the beginning and a letter or digit at the end';

/** Whether a text is the name of a port of a container. */
export function isPortName(text: string): boolean {
  return text.length <= 15 && LABEL.test(text) && /[a-z]/.test(text) && !text.includes('--');
}

/** What would be one. */
export const PORT_NAME = 'use 1 to 15 lower-case letters, digits and "-", with a letter among them';

/** Whether a text is the key of a label or an annotation: a name, with a domain and a slash before it where it has one. */
export function isKey(text: string): boolean {
  const [name = '', domain, ...more] = text.split('/').reverse();
  return more.length === 0 && isKeyPart(name) && (domain === undefined || isSubdomain(domain));
}

/** What would be one. */
export const KEY =
  'use at most 63 letters, digits, "-", "_" and ".", with a letter or digit at both ends, and before it a domain and "/", or none';

/** Whether a text is the value of a label. */
export function isLabelValue(text: string): boolean {
  return text === '' || isKeyPart(text);
}

/** What would be one. */
export const LABEL_VALUE = 'use at most 63 letters, digits, "-", "_" and ".", with a letter or digit at both ends';

function isKeyPart(text: string): boolean {
  return text.length <= 63 && /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(text);
}
