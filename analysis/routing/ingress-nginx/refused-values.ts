import type { AnnotationReader } from './annotation-reader';
import { textOf } from './annotation-values';

const SWITCH = { takes: /^(on|off)$/, advice: 'give "on" or "off"' };
const CASES = 'error|timeout|invalid_header|http_(500|502|503|504|403|404|429)|non_idempotent|updating|off';

/** Annotations that stand in the configuration of nginx as they are, and what nginx takes of them. */
const WRITTEN = new Map([
  ['proxy-buffer-size', { takes: /^0*[1-9]\d*[km]?$/i, advice: 'give a size such as "8k"' }],
  ['proxy-buffering', SWITCH],
  ['proxy-request-buffering', SWITCH],
  ['proxy-http-version', { takes: /^1\.[01]$/, advice: 'give "1.0" or "1.1"' }],
  [
    'proxy-next-upstream',
    { takes: new RegExp(`^(${CASES})(\\s+(${CASES}))*$`), advice: 'give words such as "error timeout http_503"' },
  ],
]);

/** Reports values for which nginx refuses its whole configuration, as the controller goes on with the one before. */
export function checkWritten(reader: AnnotationReader): void {
  for (const [name, { takes, advice }] of WRITTEN) {
    const value = textOf(reader.valid(name) ?? '');
    if (value !== undefined && !takes.test(value)) {
      reader.refused(name, advice);
    }
  }
}
