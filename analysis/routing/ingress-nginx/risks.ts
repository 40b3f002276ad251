import type { AnnotationReader } from './annotation-reader';
import { KNOWN_ANNOTATIONS } from './known-annotations';

/** How much harm an annotation can do, as the controller rates it; the least first. */
const LEVELS = ['Low', 'Medium', 'High', 'Critical'] as const;

export type Risk = (typeof LEVELS)[number];

/** A risk as the controller's ConfigMap gives it: in any case, and the least for what is none. */
export function riskOf(text: string): Risk {
  return LEVELS.find((level) => level.toLowerCase() === text.toLowerCase()) ?? 'Low';
}

/** Whether a text is one. */
export function isRisk(text: string): boolean {
  return LEVELS.some((level) => level.toLowerCase() === text.toLowerCase());
}

/**
 * Why the controller ignores an Ingress: an annotation that is riskier than its `annotations-risk-level`. Where that is not
 * known, since its ConfigMap is not, one with snippets is taken to be served; either is noted.
 *
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations-risk/
 */
export function tooRisky(reader: AnnotationReader): string | undefined {
  const { manifest, findings, settings } = reader;
  const [name, risk] = riskiest(reader, settings.riskLevel ?? 'High') ?? [];
  if (name === undefined) {
    return undefined;
  }
  const key = reader.key(name);
  const at = ['metadata', 'annotations', key];
  if (settings.riskLevel === undefined) {
    const unless = settings.told.config
      ? ', and no manifest tells the release'
      : ` unless annotations-risk-level of the controller is ${risk}`;
    const message = `${key} is of risk ${risk}, for which releases from 1.12 ignore the whole Ingress${unless}; taken as served`;
    findings.note(manifest, at, 'assumed', message);
    return undefined;
  }
  const message = `${key} is of risk ${risk}, and annotations-risk-level of the controller is ${settings.riskLevel}`;
  findings.note(manifest, at, 'not-served', `is not served by ingress-nginx: ${message}`);
  return message;
}

/** The same for answers, where the ConfigMap is not known: none or one. */
export function riskDoubts(reader: AnnotationReader): readonly string[] {
  const { manifest, settings } = reader;
  const [name, risk] = settings.riskLevel === undefined ? (riskiest(reader, 'High') ?? []) : [];
  const isTold = settings.told.config;
  return name === undefined
    ? []
    : [
        `it cannot be said whether Ingress ${manifest.namespace ?? 'default'}/${manifest.name} is served: ${name} is of risk ${risk}, for which releases from 1.12 ignore it${isTold ? ', and no manifest tells the release' : " unless the controller's ConfigMap allows that"}`,
      ];
}

/** The first annotation with a risk above a level, and its risk. */
function riskiest(reader: AnnotationReader, level: Risk): readonly [name: string, risk: Risk] | undefined {
  for (const name of reader.names) {
    const risk = KNOWN_ANNOTATIONS.get(name)?.risk ?? 'Low';
    if (LEVELS.indexOf(risk) > LEVELS.indexOf(level)) {
      return [name, risk];
    }
  }
  return undefined;
}
