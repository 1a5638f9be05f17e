import * as v from 'valibot';
import {parseJson} from '../parse-json.ts';

/**
 * A request's body as a schema wants it. An empty body reads as an empty object; one that is no JSON reads as nothing,
 * which no schema takes.
 * @throws {v.ValiError}
 */
export async function readJson<Schema extends v.GenericSchema>(
  request: Request,
  schema: Schema,
): Promise<v.InferOutput<Schema>> {
  const text = await request.text();
  return v.parse(schema, text.trim() === '' ? {} : parseJson(text));
}

export const wholeNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
