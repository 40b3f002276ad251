import type { Chart } from 'cdk8s';
import { Game2048, type Game2048Props } from '../../constructs';
import { find, objectsOf, refusal, yamlOf } from '../helpers/synth';

const game = (props?: Game2048Props) => (chart: Chart) => void new Game2048(chart, 'game', props);

describe('the game', () => {
  test('is a Deployment and a Service on port 80', () => {
    expect(yamlOf(game())).toMatchSnapshot();
  });

  test('starts as the image does, as root', () => {
    const { spec } = find(objectsOf(game()), 'Deployment', 'game-2048').spec.template;
    expect(spec).toEqual({
      containers: [
        { name: 'game-2048', image: 'alexwhen/docker-2048', ports: [{ containerPort: 80, protocol: 'TCP' }] },
      ],
    });
  });

  test('has the name, namespace, image and number of Pods that it is given', () => {
    const objects = objectsOf(
      game({ name: 'play', namespace: { name: 'games' }, image: 'registry.example/2048:1', replicas: 2 }),
    );
    const { metadata, spec } = find(objects, 'Deployment', 'play');
    expect(metadata).toEqual({ name: 'play', namespace: 'games', labels: { app: 'play' } });
    expect(spec.replicas).toBe(2);
    expect(spec.template.spec.containers[0].image).toBe('registry.example/2048:1');
    expect(find(objects, 'Service', 'play').spec.selector).toEqual({ app: 'play' });
  });

  test('tells others of its Service', () => {
    objectsOf((chart) => {
      const { service } = new Game2048(chart, 'game', { namespace: { name: 'games' } });
      expect(service).toEqual({
        name: 'game-2048',
        port: 80,
        targetPort: 80,
        podLabels: { app: 'game-2048' },
        namespace: { name: 'games' },
      });
    });
  });
});

describe('fails', () => {
  test.each<[Game2048Props, string]>([
    [{ name: '2048' }, 'name is "2048"; the name of a Service begins with a letter'],
    [{ image: 'https://x' }, 'image is "https://x"; give an image such as "registry.example/shop:1.4"'],
    [{ replicas: -1 }, 'replicas is -1; give an integer from 0 to 10000'],
    [
      { namespace: { name: 'No' } },
      'namespace.name is "No"; use 1 to 63 lower-case letters, digits and "-", with a letter or digit at both ends',
    ],
    [{ colour: 1 } as Game2048Props, 'colour is not known; give name, namespace, image, replicas'],
  ])('if given %j', (props, message) => {
    expect(refusal(game(props))).toBe(`shop/game: ${message}`);
  });
});
