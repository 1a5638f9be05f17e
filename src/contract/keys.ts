import * as v from 'valibot';
import {revealKeySchema} from './reveal-key.ts';

export const cardSecretSchema = v.variant('kind', [
  v.object({kind: v.literal('code'), code: v.string()}),
  v.object({kind: v.literal('number_and_password'), number: v.string(), password: v.string()}),
  v.object({kind: v.literal('link'), url: v.string()}),
  v.object({kind: v.literal('image'), mediaType: v.string(), base64: v.string()}),
  v.object({kind: v.literal('text'), text: v.string()}),
]);

export const keySchema = v.object({
  id: v.string(),
  lineId: v.string(),
  title: v.string(),
  note: v.exactOptional(v.string()),
  expiresAt: v.exactOptional(v.string()),
  secret: cardSecretSchema,
});

export const keysSchema = v.object({keys: v.array(keySchema), revealCount: v.number()});

/** {@link keysSchema} as JSON, sealed to the key the order is bound to (RFC 9180). Both are base64url. */
export const sealedKeysSchema = v.object({encapsulated: v.string(), ciphertext: v.string()});

export const sealedKeysRequestSchema = v.object({revealKey: revealKeySchema});

export type Key = v.InferOutput<typeof keySchema>;
export type Keys = v.InferOutput<typeof keysSchema>;
export type SealedKeys = v.InferOutput<typeof sealedKeysSchema>;
