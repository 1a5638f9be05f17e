import type {Context} from 'hono';
import * as v from 'valibot';
import {ProblemError} from '../problem-error.ts';

/** Largest body a buyer's request may have, in bytes, where its route says nothing else. */
export const maximumBodyBytes = 128 * 1024;

const intentPattern = /^[A-Za-z0-9_-]{16,64}$/;

/**
 * Reads a JSON body by its schema.
 * @throws {ProblemError} `unsupported_media_type`, `malformed_request`, `validation_failed` with every place that is wrong
 */
export async function readJson<Schema extends v.GenericSchema>(
  c: Context,
  schema: Schema,
): Promise<v.InferOutput<Schema>> {
  if (!/^application\/(.+\+)?json\b/i.test(c.req.header('Content-Type') ?? '')) {
    throw new ProblemError('unsupported_media_type', 'Send the body as application/json.');
  }
  const text = await c.req.text();
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    throw new ProblemError('malformed_request', 'The body is not JSON.', {cause: error});
  }
  return check(schema, body);
}

/** Checks query parameters; numbers and truths arrive as text. */
export function readQuery<Schema extends v.GenericSchema>(c: Context, schema: Schema): v.InferOutput<Schema> {
  const {limit, inStock, official, ...rest} = c.req.query();
  return check(schema, {
    ...rest,
    ...(limit !== undefined && {limit: limit.trim() === '' ? NaN : Number(limit)}),
    ...(inStock !== undefined && {inStock: inStock === 'true' || inStock}),
    ...(official !== undefined && {official: official === 'true' || official}),
  });
}

export function readIdempotencyKey(c: Context): string {
  const key = c.req.header('Idempotency-Key');
  if (key === undefined)
    throw new ProblemError('idempotency_key_missing', 'Send the purchase intent as the Idempotency-Key header.');
  if (!intentPattern.test(key)) {
    throw new ProblemError('validation_failed', 'The Idempotency-Key must be 16 to 64 letters, digits, "-" or "_".', {
      errors: [{path: 'Idempotency-Key', message: 'has another form'}],
    });
  }
  return key;
}

function check<Schema extends v.GenericSchema>(schema: Schema, input: unknown): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, input);
  if (parsed.success) return parsed.output;
  const errors = parsed.issues.map(issue => ({path: v.getDotPath(issue) ?? '', message: issue.message.slice(0, 200)}));
  throw new ProblemError('validation_failed', 'The request is not what this operation takes.', {
    errors: errors.slice(0, 50),
  });
}
