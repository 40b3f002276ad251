/** Longer values are told by their size. */
const LONGEST = 80;

/**
 * A value as notes have it: short, and other words for every other value. One that is long, has several lines or a
 * password in it is told by its size and a fingerprint.
 *
 * @param isHidden whether it may hold secrets, so that nothing of it is shown
 */
export function brief(value: string, isHidden = false): string {
  const lines = value.trimEnd().split('\n').length;
  return isHidden || lines > 1 || value.length > LONGEST || /\/\/[^/?#]*@/.test(value)
    ? `(${counted(lines > 1 ? lines : value.length, lines > 1 ? 'line' : 'character')}, fingerprint ${fingerprint(value)})`
    : JSON.stringify(value);
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** FNV-1a of the text: nobody is kept from guessing a value, but two that differ seldom look the same. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
