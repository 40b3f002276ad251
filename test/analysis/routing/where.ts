import type { Routes } from '../../../analysis';

/** An answer in a word: `main:80`, `0.95 main:80, 0.05 canary:80`, `308 https://…`, `404`, `503`. */
export function where(routes: Routes, url: string, headers: Readonly<Record<string, string>> = {}): string {
  const answer = routes.route({ url, headers });
  switch (answer.outcome) {
    case 'not-found':
      return '404';
    case 'error':
      return String(answer.status);
    case 'redirect':
      return `${answer.status} ${answer.location}`;
    case 'backends':
      return answer.backends
        .map(({ service, port, probability }) => `${probability === 1 ? '' : `${probability} `}${service}:${port}`)
        .join(', ');
  }
}

/** The codes and messages of problems, with their place. */
export function problemsOf({ problems }: Routes): string[] {
  return problems.map(({ code, file, line, message }) => `${code} ${file}:${line}: ${message}`);
}

/** The codes and messages of notes. */
export function notesOf({ notes }: Routes): string[] {
  return notes.map(({ code, message }) => `${code}: ${message}`);
}
