import { type Cluster, type Explanation, type Peer, type Verdict, whyText } from '../../analysis/connectivity';

/** Why one peer may connect to another or not: the sentence, then the places of the rules or policies that decide. */
export function reasonsOf(cluster: Cluster, from: Peer, to: Peer): readonly string[] {
  const explanation = cluster.explain(from, to);
  return [whyText(explanation), ...placesOf(explanation)];
}

function placesOf({ egress, ingress }: Explanation): string[] {
  return [...new Set([...places(egress), ...places(ingress)])];
}

function places({ outcome, rules, policies }: Verdict): string[] {
  const all = outcome === 'denied' ? policies : rules.map(({ policy, line }) => ({ ...policy, line }));
  return all.filter(({ file }) => file !== '').map(({ file, line }) => (line > 0 ? `${file}:${line}` : file));
}
