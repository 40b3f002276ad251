/** An answer of GitHub that is no success. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    what: string,
  ) {
    super(`${what}: GitHub answers with status ${status}`);
  }
}

/** A comment on a pull request. */
interface Comment {
  readonly id: number;
  readonly body?: string;
  readonly user?: { readonly login: string } | null;
}

/** Where GitHub answers, and who asks. */
export interface GitHubAccess {
  readonly api: string;
  readonly graphql: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly token: string;
}

const PAGE = 100;

/**
 * Comments on pull requests.
 *
 * @see https://docs.github.com/en/rest/issues/comments
 */
export class GitHub {
  constructor(private readonly access: GitHubAccess) {}

  /**
   * Keeps one comment up to date: it is found by a mark that nobody sees, and edited in place. Where there is none, it is written only if there is
   * something to say.
   *
   * @returns what was done
   */
  async keepComment(
    number: number,
    mark: string,
    text: string,
    isWorthIt: boolean,
  ): Promise<'written' | 'edited' | 'kept' | 'none'> {
    const issues = `repos/${this.access.repository}/issues`;
    const body = `${text.trimEnd()}\n\n${mark}\n`;
    const own = await this.marked(`${issues}/${number}/comments`, mark);
    if (own === undefined) {
      if (!isWorthIt) {
        return 'none';
      }
      await this.ask('POST', `${issues}/${number}/comments`, { body });
      return 'written';
    }
    if (own.body?.trimEnd() === body.trimEnd()) {
      return 'kept';
    }
    await this.ask('PATCH', `${issues}/comments/${own.id}`, { body });
    return 'edited';
  }

  /** The comment with a mark, by whoever asks: a mark that others write is not theirs to keep. */
  private async marked(path: string, mark: string): Promise<Comment | undefined> {
    const login = await this.login();
    for (let page = 1; ; page++) {
      const comments = (await this.ask('GET', `${path}?per_page=${PAGE}&page=${page}`)) as readonly Comment[];
      const own = comments.find(({ body, user }) => user?.login === login && body?.trimEnd().endsWith(mark));
      if (own !== undefined || comments.length < PAGE) {
        return own;
      }
    }
  }

  /** REST does not tell the token of a workflow who it is; GraphQL does. */
  private async login(): Promise<string> {
    try {
      const answer = await this.send('POST', this.access.graphql, { query: '{ viewer { login } }' });
      return (answer as { data: { viewer: { login: string } } }).data.viewer.login;
    } catch {
      return 'github-actions[bot]';
    }
  }

  private ask(method: string, path: string, body?: object): Promise<unknown> {
    return this.send(method, `${this.access.api}/${path}`, body);
  }

  private async send(method: string, url: string, body?: object): Promise<unknown> {
    const answer = await fetch(url, {
      method,
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${this.access.token}`,
        'user-agent': 'cdk8s-networking',
        'x-github-api-version': '2022-11-28',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) {
      throw new ApiError(answer.status, `${method} ${new URL(url).pathname}`);
    }
    return answer.json();
  }
}
