import type { Origin } from './expectation';

/** A name that an answer may show, and from what the answer comes then. */
export interface Candidate {
  /** Of a Service or of a workload, with which the names of its pods begin. */
  readonly name: string;
  /** E.g. `frontend:80`. */
  readonly label: string;
}

/**
 * Says from what an answer comes by the names in what it shows: `frontend-canary-6c9f7-x2x4v` is a pod of
 * `frontend-canary` and not of `frontend`, since the longest name counts.
 */
export class Attribution {
  private readonly labels = new Map<string, Set<string>>();

  constructor(candidates: Iterable<Candidate>) {
    for (const { name, label } of candidates) {
      const labels = this.labels.get(name) ?? new Set();
      this.labels.set(name, labels);
      labels.add(label);
    }
  }

  originOf(group: string): Origin {
    let longest = 0;
    let found = new Set<string>();
    for (const [name, labels] of this.labels) {
      if (name.length >= longest && holds(group, name)) {
        found = name.length > longest ? labels : new Set([...found, ...labels]);
        longest = name.length;
      }
    }
    const [label, ...others] = found;
    return label === undefined
      ? { unknown: 'no Service and no pod of the manifests has such a name' }
      : others.length > 0
        ? { unknown: `it may come from ${[...found].join(' or from ')}` }
        : { label };
  }
}

/** Whether a text has a name in it, alone or with what Kubernetes adds to make the name of a pod. */
function holds(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (!/[a-z0-9-]/i.test(text.charAt(at - 1)) && !/[a-z0-9]/i.test(text.charAt(at + name.length))) {
      return true;
    }
  }
  return false;
}
