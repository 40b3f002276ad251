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

  selecting(pod: Pod): readonly Policy[] {
    return [...pod.labels]
      .flatMap(([key, value]) => this.byLabel.get(`${key} ${value}`) ?? [])
      .concat(this.others)
      .sort((a, b) => a - b)
      .map((place) => this.policies[place] as Policy)
      .filter((policy) => selects(policy, pod));
  }
}
