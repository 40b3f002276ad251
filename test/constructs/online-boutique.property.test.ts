import { OnlineBoutique, OnlineBoutiqueFrontend } from '../../constructs';
import fc from '../helpers/random';
import { RUNS } from '../helpers/runs';
import { objectsOf } from '../helpers/synth';

const name = fc.stringMatching(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/);
const taken = new Set(
  objectsOf((chart) => void new OnlineBoutique(chart, 'boutique')).map(({ metadata }) => metadata.name),
);

test('a second frontend of any name selects its own Pods by that name', () => {
  fc.assert(
    fc.property(name, (given) => {
      fc.pre(!taken.has(given));
      const [deployment, service] = objectsOf(
        (chart) => void new OnlineBoutiqueFrontend(chart, 'next', { name: given }),
      );
      expect(deployment?.metadata.name).toBe(given);
      expect(service?.metadata.name).toBe(given);
      expect(deployment?.spec.selector.matchLabels).toEqual({ app: given });
      expect(deployment?.spec.template.metadata.labels).toEqual({ app: given });
      expect(service?.spec.selector).toEqual({ app: given });
    }),
    RUNS,
  );
});

test('a second frontend takes the name of no object of the shop', () => {
  for (const given of taken) {
    expect(() => objectsOf((chart) => void new OnlineBoutiqueFrontend(chart, 'next', { name: given }))).toThrow(
      `name is "${given}"; Online Boutique has an object of that name`,
    );
  }
});
