import { exposedPlace } from '../../report/connections/exposures';

const place = (kind: string, host: string | null, path: string | null) =>
  exposedPlace({ via: { kind, namespace: 'shop', name: 'web' } as never, host, path, servicePort: 80 });

test('a way from outside is told by host and path, by the port of a Service that is open by itself, and of connections by name alone', () => {
  expect(place('Ingress', 'shop.example.com', '/cart')).toBe('shop.example.com/cart');
  expect(place('HTTPRoute', null, '/')).toBe('*/');
  expect(place('Service', null, null)).toBe('*:80');
  expect(place('TLSRoute', 'shop.example.com', null)).toBe('shop.example.com');
  expect(place('TCPRoute', null, null)).toBe('*');
});
