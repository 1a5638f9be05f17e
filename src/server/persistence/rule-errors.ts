/** The rule of intents, as PostgreSQL names it. */
export const oneClaimPerIntent = 'intent_pkey';

/** A row that exists once per key was written a second time. The transaction it happened in cannot be committed. */
export class DuplicateRecordError extends Error {
  override readonly name = 'DuplicateRecordError';
  readonly rule: string;

  constructor(rule: string, options?: ErrorOptions) {
    super(
      `A record breaks the rule "${rule}": there is one already. Read it instead of writing a second one.`,
      options,
    );
    this.rule = rule;
  }
}

/** A row names another that does not exist. The transaction it happened in cannot be committed. */
export class MissingRecordError extends Error {
  override readonly name = 'MissingRecordError';

  constructor(rule: string, options?: ErrorOptions) {
    super(
      `A record breaks the rule "${rule}": the record it belongs to does not exist. Write that one first.`,
      options,
    );
  }
}
