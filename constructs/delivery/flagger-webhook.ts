import type { Duration } from 'cdk8s';
import { fields, pattern, recordOf } from '../fields';
import { type Problems, shown, text } from '../values';
import { durationProblems, shortDuration } from './duration';

/** Settings of a webhook. */
export interface FlaggerWebhookOptions {
  /**
   * How long an answer may take, in whole seconds.
   *
   * @default Duration.seconds(10)
   */
  readonly timeout?: Duration;

  /**
   * What it is told beside the name, the namespace and the phase: Flagger's load tester takes its command as `cmd`.
   *
   * @default - nothing more
   */
  readonly metadata?: { readonly [key: string]: string };
}

/** When a webhook is called, in the words of Flagger. */
type Moment =
  | 'confirm-rollout'
  | 'pre-rollout'
  | 'rollout'
  | 'confirm-traffic-increase'
  | 'confirm-promotion'
  | 'post-rollout'
  | 'rollback'
  | 'event';

/**
 * A URL that Flagger calls while it brings in a version: to ask whether it may go on, to have requests made or tests run, or to
 * tell what it does. An answer with a status of 200 to 202 is good.
 *
 * Wrong values are refused by the service that is given the delivery.
 *
 * @see https://docs.flagger.app/usage/webhooks
 *
 * @example
 *
 *   FlaggerWebhook.rollout('load-test', 'http://flagger-loadtester.test/', {
 *     metadata: { cmd: 'hey -z 1m -q 10 -c 2 http://frontend-canary.shop:8080/' },
 *   });
 */
export class FlaggerWebhook {
  /**
   * Asked before the next version is started, until the answer is good: a person's consent.
   *
   * @param name what it is called in events, not empty
   * @param url where it is: of http or https
   * @param options how long it may take, and what it is told
   */
  public static confirmRollout(name: string, url: string, options?: FlaggerWebhookOptions): FlaggerWebhook {
    return new FlaggerWebhook('confirm-rollout', name, url, options);
  }

  /**
   * Called once the next version runs, before it takes any request: a test of its own. A bad answer is a failed check.
   *
   * @param name what it is called in events, not empty
   * @param url where it is: of http or https
   * @param options how long it may take, and what it is told
   */
  public static preRollout(name: string, url: string, options?: FlaggerWebhookOptions): FlaggerWebhook {
    return new FlaggerWebhook('pre-rollout', name, url, options);
  }

  /**
   * Called with each check, before the metrics are asked for: to have requests made where few come by themselves. A bad answer is
   * a failed check. All of these together have to be done within the interval of the analysis.
   *
   * @param name what it is called in events, not empty
   * @param url where it is: of http or https
   * @param options how long it may take, and what it is told
   */
  public static rollout(name: string, url: string, options?: FlaggerWebhookOptions): FlaggerWebhook {
    return new FlaggerWebhook('rollout', name, url, options);
  }

  /**
   * Asked before the next version takes more requests, until the answer is good.
   *
   * @param name what it is called in events, not empty
   * @param url where it is: of http or https
   * @param options how long it may take, and what it is told
   */
  public static confirmTrafficIncrease(name: string, url: string, options?: FlaggerWebhookOptions): FlaggerWebhook {
    return new FlaggerWebhook('confirm-traffic-increase', name, url, options);
  }

  /**
   * Asked before the next version is promoted, until the answer is good.
   *
   * @param name what it is called in events, not empty
   * @param url where it is: of http or https
   * @param options how long it may take, and what it is told
   */
  public static confirmPromotion(name: string, url: string, options?: FlaggerWebhookOptions): FlaggerWebhook {
    return new FlaggerWebhook('confirm-promotion', name, url, options);
  }

  /**
   * Called after the version was promoted or taken back.
   *
   * @param name what it is called in events, not empty
   * @param url where it is: of http or https
   * @param options how long it may take, and what it is told
   */
  public static postRollout(name: string, url: string, options?: FlaggerWebhookOptions): FlaggerWebhook {
    return new FlaggerWebhook('post-rollout', name, url, options);
  }

  /**
   * Asked with each check whether the version is to be taken back: a good answer does it.
   *
   * @param name what it is called in events, not empty
   * @param url where it is: of http or https
   * @param options how long it may take, and what it is told
   */
  public static rollback(name: string, url: string, options?: FlaggerWebhookOptions): FlaggerWebhook {
    return new FlaggerWebhook('rollback', name, url, options);
  }

  /**
   * Told of everything that Flagger does.
   *
   * @param name what it is called in events, not empty
   * @param url where it is: of http or https
   * @param options how long it may take, and what it is told
   */
  public static event(name: string, url: string, options?: FlaggerWebhookOptions): FlaggerWebhook {
    return new FlaggerWebhook('event', name, url, options);
  }

  private constructor(
    /** @internal */
    public readonly _type: Moment,
    /** @internal */
    public readonly _name: string,
    private readonly url: string,
    private readonly options: FlaggerWebhookOptions = {},
  ) {}

  /**
   * How many seconds an answer may take.
   *
   * @internal
   */
  public get _seconds(): number {
    return this.options.timeout?.toSeconds() ?? USUAL_TIMEOUT;
  }

  /** @internal */
  public _written() {
    const { timeout, metadata } = this.options;
    return {
      name: this._name,
      type: this._type,
      url: this.url,
      timeout: timeout && shortDuration(timeout),
      metadata: metadata && { ...metadata },
    };
  }

  /** @internal */
  public _problems(what: string): Problems {
    const { _name: name, url, options } = this;
    return [
      ...notEmpty(`name of ${what}`, name),
      ...WEBHOOK_URL(`url of ${what}`, url),
      ...OPTIONS(`options of ${what}`, options),
    ];
  }
}

function notEmpty(what: string, value: unknown): Problems {
  const problems = text(what, value);
  return problems.length > 0 || String(value).trim() !== ''
    ? problems
    : [`${what} is ${shown(value)}; give a text that is not empty`];
}

/** In seconds, where Flagger is told nothing. */
const USUAL_TIMEOUT = 10;

/** What is written for a URL of http or https, without a user and without white space. */
const WEBHOOK_URL = pattern(
  /^https?:\/\/[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\d{1,5})?([/?#]\S*)?$/,
  'give a URL such as "http://flagger-loadtester.test/"',
);

const OPTIONS = fields({
  timeout: (what, value) => durationProblems(what, value),
  metadata: recordOf((what, value) =>
    Object.entries(value).flatMap(([key, held]) => text(`${what}: ${shown(key)}`, held)),
  ),
});

/** What is wrong with a webhook. */
export function webhookProblems(what: string, value: unknown): Problems {
  return value instanceof FlaggerWebhook
    ? value._problems(what)
    : [`${what} is ${shown(value)}; give a FlaggerWebhook such as FlaggerWebhook.rollout('load-test', url)`];
}
