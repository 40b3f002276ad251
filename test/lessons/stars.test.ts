import { readdirSync } from 'node:fs';
import '../../jest';

const FOLDER = 'dist/stars';
const FILES = readdirSync(FOLDER).sort();

/** What is on the cluster after a step: its own file and all before it. */
function upTo(step: string): readonly string[] {
  const last = FILES.findIndex((file) => file.includes(step));
  return FILES.slice(0, last + 1).map((file) => `${FOLDER}/${file}`);
}

const SERVICES = ['frontend', 'backend', 'client'];
const UI = 'management-ui';

/** No step closes the way out, and none closes the UI, which a person opens in a browser. */
const NEVER_CLOSED = [{ to: 'external' }, { to: UI }];
const UI_TO_ALL = { from: UI, to: SERVICES };
const FRONTEND_TO_BACKEND = { from: 'frontend', to: 'backend', port: 6379 };
const CLIENT_TO_FRONTEND = { from: 'client', to: 'frontend', port: 80 };

test('there are five steps, in this order', () => {
  expect(FILES).toEqual([
    '1-open.k8s.yaml',
    '2-default-deny.k8s.yaml',
    '3-allow-ui.k8s.yaml',
    '4-backend-policy.k8s.yaml',
    '5-frontend-policy.k8s.yaml',
  ]);
});

describe('open', () => {
  const step = upTo('open');

  test('every service can reach every other', () => {
    expect(step).toAllowAllConnections({ from: SERVICES, to: SERVICES });
  });

  test('the UI reaches all three', () => {
    expect(step).toAllowAllConnections(UI_TO_ALL);
  });

  test('all else is open as well', () => {
    expect(step).toAllowAllConnections();
  });
});

describe('default-deny', () => {
  const step = upTo('default-deny');

  test('nobody reaches frontend, backend or client', () => {
    expect(step).toDenyAllConnections({ to: SERVICES });
  });

  test('the UI sees nothing', () => {
    expect(step).toDenyConnection(UI_TO_ALL);
  });

  test('nothing else is closed', () => {
    expect(step).toDenyAllConnections({ except: NEVER_CLOSED });
  });
});

describe('allow-ui', () => {
  const step = upTo('allow-ui');

  test('the UI reaches all three', () => {
    expect(step).toAllowAllConnections(UI_TO_ALL);
  });

  test('they still cannot reach each other', () => {
    expect(step).toDenyAllConnections({ from: SERVICES, to: SERVICES });
  });

  test('all else is as it was', () => {
    expect(step).toDenyAllConnections({ except: [...NEVER_CLOSED, UI_TO_ALL] });
  });
});

describe('backend-policy', () => {
  const step = upTo('backend-policy');

  test('the frontend reaches the backend on TCP 6379 and nothing else', () => {
    expect(step).toDenyAllConnections({ from: 'frontend', to: SERVICES, except: [FRONTEND_TO_BACKEND] });
  });

  test('the backend does not reach the frontend', () => {
    expect(step).toDenyConnection({ from: 'backend', to: 'frontend' });
  });

  test('the client reaches neither', () => {
    expect(step).toDenyConnection({ from: 'client', to: ['frontend', 'backend'] });
  });

  test('all else is as it was', () => {
    expect(step).toDenyAllConnections({ except: [...NEVER_CLOSED, UI_TO_ALL, FRONTEND_TO_BACKEND] });
  });
});

describe('frontend-policy', () => {
  const step = upTo('frontend-policy');

  test('the client reaches the frontend on TCP 80', () => {
    expect(step).toDenyAllConnections({ from: 'client', to: 'frontend', except: [{ port: 80 }] });
  });

  test('the client does not reach the backend', () => {
    expect(step).toDenyConnection({ from: 'client', to: 'backend' });
  });

  test('neither frontend nor backend reaches the client', () => {
    expect(step).toDenyConnection({ from: ['frontend', 'backend'], to: 'client' });
  });

  test('all else is as it was', () => {
    const except = [...NEVER_CLOSED, UI_TO_ALL, FRONTEND_TO_BACKEND, CLIENT_TO_FRONTEND];
    expect(step).toDenyAllConnections({ except });
  });

  test('is what the whole folder says', () => {
    expect(step).toHaveLength(FILES.length);
    expect(FOLDER).toMatchConnectivitySnapshot();
  });
});
