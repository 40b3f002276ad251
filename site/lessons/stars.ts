import type { Lesson } from './lesson';
import { task } from './parts';

const UI = 'management-ui/management-ui';
const [CLIENT, FRONTEND, BACKEND] = ['client/client', 'stars/frontend', 'stars/backend'];
const THREE = [CLIENT, FRONTEND, BACKEND];

const upTo = (step: number) =>
  ['1-open', '2-default-deny', '3-allow-ui', '4-backend-policy', '5-frontend-policy']
    .slice(0, step)
    .reverse()
    .map((name) => `dist:stars/${name}`);

/** The Stars demo of Calico in its steps. */
export const STARS: Lesson = {
  id: 'network-policy',
  title: 'Network policies',
  about: 'The Stars demo: close everything, then open what is needed, step by step.',
  steps: [
    {
      title: 'Close everything',
      text: [
        'Four pods: a `client`, a `frontend`, a `backend`, and a UI that looks at all three. Everything may connect to everything.',
        'Close the namespaces `stars` and `client` with a NetworkPolicy `default-deny` in each: an empty `podSelector`, and no rule.',
      ],
      start: [task('Write the two policies here,\nwith a line --- between them.'), ...upTo(1)],
      tasks: [
        { says: 'Nobody may connect to `client`.', claims: [{ deniesAll: { to: CLIENT } }] },
        {
          says: 'Nobody may connect to `frontend` and `backend`.',
          claims: [{ deniesAll: { to: [FRONTEND, BACKEND] } }],
        },
        { says: 'The UI stays open.', claims: [{ allows: { from: 'external', to: UI, port: 9001 } }] },
      ],
      hint: 'A NetworkPolicy holds for one namespace, so it takes two. `spec: {podSelector: {}}` is all of its spec.',
      solution: upTo(2),
    },
    {
      title: 'Let the UI look',
      text: [
        'Now the UI sees nothing any more. Allow it in both namespaces: its own namespace has the label `role: management-ui`.',
      ],
      tasks: [
        { says: 'The UI may connect to all three.', claims: [{ allows: { from: UI, to: THREE } }] },
        { says: 'They may still not connect to each other.', claims: [{ denies: { from: THREE, to: THREE } }] },
      ],
      hint: 'One policy in `stars` and one in `client`, each with a `namespaceSelector` below `from`.',
      solution: upTo(3),
    },
    {
      title: 'From the frontend to the backend',
      text: [
        'The frontend needs the backend, on TCP 6379 and nothing else. The pods have the labels `role: frontend` and `role: backend`.',
      ],
      tasks: [
        {
          says: '`frontend` may connect to `backend` on TCP 6379.',
          claims: [{ allows: { from: FRONTEND, to: BACKEND, port: 6379 } }],
        },
        {
          says: 'On no other port, and nobody but the UI besides.',
          claims: [{ deniesAll: { to: BACKEND, except: [{ from: UI }, { from: FRONTEND, port: 6379 }] } }],
        },
        { says: '`backend` may not connect to `frontend`.', claims: [{ denies: { from: BACKEND, to: FRONTEND } }] },
      ],
      solution: upTo(4),
    },
    {
      title: 'From the client to the frontend',
      text: [
        'At last the client, which lives in a namespace of its own with `role: client`, needs the frontend on TCP 80.',
      ],
      tasks: [
        {
          says: '`client` may connect to `frontend` on TCP 80.',
          claims: [{ allows: { from: CLIENT, to: FRONTEND, port: 80 } }],
        },
        {
          says: 'Nobody else may, but the UI.',
          claims: [{ deniesAll: { to: FRONTEND, except: [{ from: UI }, { from: CLIENT, port: 80 }] } }],
        },
        {
          says: '`client` may not connect to `backend`, nor anybody but the UI to `client`.',
          claims: [{ denies: { from: CLIENT, to: BACKEND } }, { deniesAll: { to: CLIENT, except: [{ from: UI }] } }],
        },
      ],
      hint: 'Another namespace: `namespaceSelector`.',
      solution: upTo(5),
    },
  ],
};
