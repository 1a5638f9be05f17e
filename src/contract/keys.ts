import * as v from 'valibot';

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

export type Key = v.InferOutput<typeof keySchema>;
export type Keys = v.InferOutput<typeof keysSchema>;
