import type { Target } from './target';

/** Why a request had no answer, for people, in the same words for the same cause. */
export function failureText(error: unknown, { url, address, port }: Target): string {
  const { code, message } = cause(error);
  const place = address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
  switch (code) {
    case 'ECONNREFUSED':
      return `${place} refused the connection: nothing listens there`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_NODATA':
      return `the name ${address} is unknown to DNS; --resolve ${address}:${port}:ADDRESS says where it is`;
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ECONNABORTED':
    case 'ERR_STREAM_PREMATURE_CLOSE':
      return `${place} closed the connection before its answer was complete`;
    case 'TIMEOUT':
    case 'ETIMEDOUT':
      return `${place}: ${message}`;
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EADDRNOTAVAIL':
      return `there is no way to ${place} in the network`;
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'EPROTO':
      return `${place} does not speak TLS as asked for; is it plain http? (${reason(message)})`;
    default:
      return CERTIFICATE.test(code)
        ? `the certificate of ${place} is not accepted: ${message}; --insecure takes it as it is`
        : code.startsWith('HPE_')
          ? `${place} answered with what is not HTTP${url.protocol === 'http:' ? '; is it https?' : ''} (${message})`
          : `${place}: ${message}`;
  }
}

/** What OpenSSL says, without the places in its own code that Node has around it. */
function reason(message: string): string {
  return /:error:[0-9A-F]+:[^:]*:[^:]*:([^:]+):/.exec(message)?.[1] ?? message;
}

const CERTIFICATE = /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|INVALID_CA|PATH_LENGTH|HOSTNAME_MISMATCH)/;

/** The first of several causes, as when a name has several addresses and none answers. */
function cause(error: unknown): { readonly code: string; readonly message: string } {
  const { errors = [] } = error as Partial<AggregateError>;
  const { code = '', message } = (errors[0] ?? error) as NodeJS.ErrnoException;
  return { code, message: String(message).replace(/\s+/g, ' ').trim() };
}
