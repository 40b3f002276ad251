import { listIn } from '../manifest/lists';
import { type Pod, type Policy, selects } from './model';

/** Finds the policies of a namespace that select a pod, without asking those that want other labels. */
export class PolicyIndex {
  /** Places of policies by a label that they want, and of those that want none with a certain value. */
  private readonly byLabel = new Map<string, number[]>();
  private readonly others: number[] = [];

  /** @param policies in the order in which they are to be found */
  constructor(private readonly policies: readonly Policy[]) {
    for (const [place, { selector }] of policies.entries()) {
      const wanted = selector.find(({ operator }) => operator === 'In');
      for (const value of wanted?.values ?? []) {
        listIn(this.byLabel, `${wanted?.key} ${value}`).push(place);
      }
      if (wanted === undefined) {
        this.others.push(place);
      }
    }
  }

  /** Whether one selects a pod, and is one of those that are asked for. */
  some(pod: Pod, isWanted: (policy: Policy) => boolean): boolean {
    return this.candidates(pod).some((places) =>
      places.some((place) => {
        const policy = this.policies[place] as Policy;
        return isWanted(policy) && selects(policy, pod);
      }),
    );
  }

  selecting(pod: Pod): readonly Policy[] {
    return this.candidates(pod)
      .flat()
      .sort((a, b) => a - b)
      .map((place) => this.policies[place] as Policy)
      .filter((policy) => selects(policy, pod));
  }

  /** Lists of places, of which no two have the same. */
  private candidates(pod: Pod): readonly (readonly number[])[] {
    return [...pod.labels].map(([key, value]) => this.byLabel.get(`${key} ${value}`) ?? []).concat([this.others]);
  }
}
