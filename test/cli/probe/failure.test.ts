import { failureText } from '../../../cli/probe/failure';
import { targetOf } from '../../../cli/probe/target';

const failure = (url: string, code: string, message = 'as Node says it') =>
  failureText(Object.assign(new Error(message), { code }), targetOf(url, {}));

test.each([
  ['ENOTFOUND', 'the name shop.example is unknown to DNS; --resolve shop.example:80:ADDRESS says where it is'],
  ['EAI_AGAIN', 'the name shop.example is unknown to DNS; --resolve shop.example:80:ADDRESS says where it is'],
  ['ECONNREFUSED', 'shop.example:80 refused the connection: nothing listens there'],
  ['ECONNRESET', 'shop.example:80 closed the connection before its answer was complete'],
  ['EHOSTUNREACH', 'there is no way to shop.example:80 in the network'],
  ['EMFILE', 'shop.example:80: as Node says it'],
])('%s is told as: %s', (code, text) => {
  expect(failure('http://shop.example/', code)).toBe(text);
});

test('of several addresses without an answer, the first is told', () => {
  const first = Object.assign(new Error('a'), { code: 'ECONNREFUSED' });
  const error = Object.assign(new AggregateError([first, new Error('b')]), { code: 'ECONNREFUSED' });
  expect(failureText(error, targetOf('http://[::1]:81/', {}))).toBe(
    '[::1]:81 refused the connection: nothing listens there',
  );
});

test('a certificate that has expired says how to go on', () => {
  expect(failure('https://shop.example/', 'CERT_HAS_EXPIRED', 'certificate has expired')).toBe(
    'the certificate of shop.example:443 is not accepted: certificate has expired; --insecure takes it as it is',
  );
});

test('a server that speaks no TLS is told with what OpenSSL says, without the places in its code', () => {
  const message =
    'write EPROTO 80CC:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../deps/ssl3_record.c:350: ';
  expect(failure('https://shop.example/', 'EPROTO', message)).toBe(
    'shop.example:443 does not speak TLS as asked for; is it plain http? (wrong version number)',
  );
  expect(failure('https://shop.example/', 'EPROTO', 'else')).toMatch(/\(else\)$/);
});
