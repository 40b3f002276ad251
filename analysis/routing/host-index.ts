import type { HostName, VirtualHost } from './model';
import { matchesPattern } from './pattern';

interface Place {
  readonly host: VirtualHost;
  /** Its place in the order of precedence. */
  readonly place: number;
}

/** What a host name meets, and the regular expressions before it that could not be evaluated. */
export interface HostMatch {
  readonly host: VirtualHost | undefined;
  readonly open: readonly HostName[];
}

/** Finds the virtual host of a name by look-ups; only regular expressions are tried one by one. */
export class HostIndex {
  private readonly exact = new Map<string, Place>();
  private readonly labels = new Map<string, Place>();
  private readonly suffixes = new Map<string, Place>();
  private readonly prefixes = new Map<string, Place>();
  private readonly patterns: Place[] = [];
  private any: Place | undefined;

  constructor(hosts: readonly VirtualHost[]) {
    for (const [place, host] of hosts.entries()) {
      this.add({ host, place });
    }
  }

  private add(entry: Place): void {
    const { name } = entry.host;
    const put = (map: Map<string, Place>, key: string) => map.set(key, map.get(key) ?? entry);
    switch (name.kind) {
      case 'exact':
        put(this.exact, name.host);
        break;
      case 'label':
        put(this.labels, name.suffix);
        break;
      case 'suffix':
        put(this.suffixes, name.suffix);
        break;
      case 'prefix':
        put(this.prefixes, name.prefix);
        break;
      case 'pattern':
        this.patterns.push(entry);
        break;
      case 'any':
        this.any ??= entry;
    }
  }

  /** The first virtual host whose name matches. */
  find(host: string): HostMatch {
    let best = this.exact.get(host);
    const offer = (entry: Place | undefined) => {
      best = entry !== undefined && (best === undefined || entry.place < best.place) ? entry : best;
    };
    if (this.suffixes.size > 0 || this.prefixes.size > 0) {
      for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
        if (dot > 0) {
          offer(this.suffixes.get(host.slice(dot)));
          offer(this.prefixes.get(host.slice(0, dot + 1)));
        }
      }
    }
    if (this.labels.size > 0) {
      const [label = ''] = host.split('.', 1);
      offer(/^[\w-]+$/.test(label) ? this.labels.get(host.slice(label.length)) : undefined);
    }
    const open: HostName[] = [];
    for (const entry of this.patterns) {
      if (best !== undefined && best.place < entry.place) {
        break;
      }
      const { name } = entry.host;
      const verdict = name.kind === 'pattern' ? matchesPattern(name.pattern, host) : false;
      if (verdict === undefined) {
        open.push(name);
      } else if (verdict) {
        offer(entry);
      }
    }
    offer(this.any);
    return { host: best?.host, open };
  }
}

/** A host name as people write it; `null` for every host. */
export function hostText(name: HostName): string | null {
  switch (name.kind) {
    case 'exact':
      return name.host;
    case 'label':
    case 'suffix':
      return `*${name.suffix}`;
    case 'prefix':
      return `${name.prefix}*`;
    case 'pattern':
      return `~${name.pattern.source}`;
    case 'any':
      return null;
  }
}
