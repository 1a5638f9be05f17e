/**
 * Where the server tells a tracing system what it works on and for how long. What it tells are names of routes, jobs,
 * protocols and calls, ids of connections, addresses of platforms and states: never a path, a query, a body, a card, a
 * key, a token, a credential or a contact, and of an error its class alone. So what is given here is written out; nothing
 * takes it from a request or an error by itself.
 */
export interface Tracing {
  /** Does `work` within a span, which ends with it; an error that it throws marks the span, and is thrown on. */
  inSpan<Result>(beginning: SpanBeginning, work: (span: OpenSpan) => Promise<Result>): Promise<Result>;
  /** Has what was told so far sent off; gives up after a while. For a process that is about to end. */
  flush(): Promise<void>;
}

export interface SpanBeginning {
  /**
   * `request`: somebody asks the shop; part of the caller's trace, if `headers` name one. `job`: a trace of its own.
   * `call`: the shop asks somebody, within the request or the job at work.
   */
  readonly kind: 'request' | 'job' | 'call';
  /** What many alike are called by. */
  readonly name: string;
  readonly attributes: SpanAttributes;
  /** Of a request. */
  readonly headers?: Headers;
}

export type SpanAttributes = Readonly<Record<string, string | number>>;

export interface OpenSpan {
  rename(name: string): void;
  add(attributes: SpanAttributes): void;
  /** @param type what failed, by a name of ours: a class of errors, a reason, a status */
  fail(type: string): void;
}

/** The name of an error's class, which is code; its `message` and even its `name` may be somebody else's text. */
export function typeOfError(error: unknown): string {
  return error instanceof Error ? error.constructor.name : '_OTHER';
}
