import type { IConstruct } from 'constructs';
import { claimsOn, servicePlace } from '../claims';
import type { ExistingService } from '../existing-service';
import type { ExposedService } from '../exposed-service';
import type { IngressRoute } from '../exposure/ingress';
import type { PodLabels } from '../policy/end';
import { type Problems, shown } from '../values';

/** What two canaries can't share, and what they are told of it. */
interface Place {
  readonly key: readonly unknown[];
  readonly text: string;
}

/**
 * What keeps a canary from working that only the whole tree shows. The controller of Ingresses keeps the rules of a canary
 * with its Service, and one canary with the main one: whatever else uses either changes both, in silence. A Gateway keeps
 * them with the HTTPRoute, which one canary divides.
 */
export class Conflicts {
  private readonly places: Place[] = [];
  private hasIngress = false;

  constructor(
    private readonly canary: IConstruct,
    private readonly main: ExposedService,
    private readonly service: ExistingService,
  ) {
    this.takeMain(['divided', main.node.path]);
  }

  /** Takes a rule of the main service's Ingresses. */
  public takeRule({ className, host, path, pathType }: IngressRoute): void {
    if (!this.hasIngress) {
      this.hasIngress = true;
      const { name } = this.service;
      this.takeMain(['main', ...this.placeOf(this.main.name)]);
      this.take({
        key: ['canary', ...this.placeOf(name)],
        text: `both lead to the Service ${shown(name)}; the controller takes the rules of one for both, give each a Service`,
      });
    }
    this.take({
      key: ['rule', ...this.placeOf(''), className, host, path, pathType === 'Exact'],
      text: `both are canaries of ${host}${path}; the controller takes one, leave one out`,
    });
  }

  /** What is in the way, now that everything is there. */
  public problems(): Problems {
    return [...this.sharedProblems(), ...this.routeProblems(), ...this.labelProblems()];
  }

  private takeMain(key: Place['key']): void {
    const text = `both are canaries of the Service ${shown(this.main.name)}; the controller takes one, leave one out`;
    this.take({ key, text });
  }

  private take(place: Place): void {
    this.places.push(place);
    claimsOn(this.canary, place.key).add(this.canary);
  }

  /** The first of those that take a place is told nothing: taking another away is enough. */
  private sharedProblems(): Problems {
    const told = new Set<IConstruct>();
    return this.places.flatMap(({ key, text }) => {
      const [first] = claimsOn(this.canary, key);
      if (first === undefined || first === this.canary || told.has(first)) {
        return [];
      }
      told.add(first);
      return [`${first.node.path} and ${this.canary.node.path}: ${text}`];
    });
  }

  private routeProblems(): Problems {
    const { name } = this.service;
    const exposed = this.hasIngress ? claimsOn(this.canary, ['ingress', ...this.placeOf(name)]) : [];
    return [...exposed].map(
      (by) =>
        `${by.node.path} exposes the Service ${shown(name)}, which is a canary; the controller keeps the rules of a canary with its Service, so give the canary one of its own`,
    );
  }

  private labelProblems(): Problems {
    const { podLabels: own, name } = this.service;
    const { podLabels: mains, name: main } = this.main;
    const said = (who: string, whose: string, labels: PodLabels) =>
      `the Service ${shown(who)} selects the Pods of ${shown(whose)} too, by ${labelText(labels)}; give the Pods labels that differ`;
    if (holds(own, mains)) {
      return [said(main, name, mains)];
    }
    return holds(mains, own) ? [said(name, main, own)] : [];
  }

  private placeOf(name: string): readonly unknown[] {
    return servicePlace(this.main, name, this.main._namespaceName);
  }
}

/** Whether a Service of this selector selects Pods of these labels; one without a selector selects none. */
function holds(labels: PodLabels, selector: PodLabels): boolean {
  const held = new Map(Object.entries(labels));
  const wanted = Object.entries(selector);
  return wanted.length > 0 && wanted.every(([key, value]) => held.get(key) === value);
}

function labelText(labels: PodLabels): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');
}
