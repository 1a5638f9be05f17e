import * as v from 'valibot';
import {atMostFourDecimals, plainDecimal} from './decimal-text.ts';
import {UpstreamError} from './port.ts';

/*
 * Pieces of the schemas of platforms' answers, for texts out of exact JSON: every number is a text there.
 */

/** Any decimal number, brought to its plain form. */
export const decimal = v.pipe(
  v.string(),
  v.transform(plainDecimal),
  v.check(text => text !== undefined, 'a decimal number'),
  v.transform(text => text!),
);
/** An amount of money, to four decimals. */
export const amount = v.pipe(
  decimal,
  v.regex(/^-?\d{1,15}(?:\.\d+)?$/, 'an amount below 10^15'),
  v.transform(atMostFourDecimals),
);
/** An amount that may be left out, which means nothing of it. PHP code has `""` there, too. */
export const optionalAmount = v.pipe(
  v.nullish(v.union([amount, v.literal('')]), ''),
  v.transform(text => (text === '' ? '0' : text)),
);
/** A number that counts or names something, as a platform's own id. */
export const id = v.pipe(v.string(), v.regex(/^\d{1,18}$/, 'a whole number'));
export const whole = v.pipe(v.string(), v.regex(/^-?\d{1,15}$/, 'a whole number'), v.transform(Number));
export const optionalText = v.nullish(v.string(), '');
/** A list of anything. PHP code has `""`, `{}` or nothing where there are no items. */
export const list = v.pipe(
  v.nullish(v.union([v.array(v.unknown()), v.literal(''), v.strictObject({})]), ''),
  v.transform((value): readonly unknown[] => (Array.isArray(value) ? value : [])),
);

/**
 * Reads the data of an answer.
 * @throws {UpstreamError} `unexpected_answer`, naming the place but never the value, which may be a card.
 */
export function readAnswer<Schema extends v.GenericSchema>(
  name: string,
  schema: Schema,
  data: unknown,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, data);
  if (result.success) return result.output;
  throw new UpstreamError(
    'unexpected_answer',
    `${name} answered something unreadable: ${describeIssues(result.issues)}.`,
  );
}

/** What is wrong with a value, by place and expectation. */
export function describeIssues(issues: readonly v.BaseIssue<unknown>[]): string {
  return issues
    .slice(0, 3)
    .map(issue => `${v.getDotPath(issue) ?? 'the whole'} should be ${issue.expected ?? issue.message}`)
    .join('; ');
}
