/**
 * Reads JSON with every number as the text it was written with, so that `9.90`, `0.0150` and an 18-digit order number
 * keep all their digits. Engines without the reviver's source text (Firefox before 135, Safari before 18.4) give the
 * shortest text of the same number instead.
 * Source: https://tc39.es/proposal-json-parse-with-source/
 * @throws {SyntaxError} when the text is no JSON, or nested too deeply to be walked.
 */
export function parseExactJson(text: string): unknown {
  try {
    return JSON.parse(text, keepNumberText);
  } catch (error) {
    throw new SyntaxError('The text is no readable JSON.', {cause: error});
  }
}

function keepNumberText(_key: string, value: unknown, context?: {readonly source?: string}): unknown {
  return typeof value === 'number' ? (context?.source ?? String(value)) : value;
}
