/**
 * Reads JSON with every number as the text it was written with, so that `9.90`, `0.0150` and an 18-digit order number
 * keep all their digits. Engines without the reviver's source text (Firefox before 135, Safari before 18.4) give the
 * shortest text of the same number instead.
 * Source: https://tc39.es/proposal-json-parse-with-source/
 * @throws {SyntaxError} when the text is no JSON, or nested too deeply to be walked.
 */
export function parseExactJson(text: string): unknown {
  try {
    return mayLoseDigits(text) ? JSON.parse(text, keepNumberText) : numbersAsTexts(JSON.parse(text));
  } catch (error) {
    throw new SyntaxError('The text is no readable JSON.', {cause: error});
  }
}

/**
 * Whether a number is written otherwise than JavaScript would write it again. To keep it takes a reviver, which costs
 * many times what reading does, and a catalogue mostly has small whole numbers.
 */
function mayLoseDigits(text: string): boolean {
  // The first look takes words of a text for numbers, too: only then every number is looked at.
  if (!looksLossy.test(text)) return false;
  for (const [token] of text.matchAll(textOrNumber)) if (!token.startsWith('"') && isLossy.test(token)) return true;
  return false;
}

const looksLossy = /(?:^|[:[,])\s*-?(?:\d{16}|\d+[.eE]|(?<=-)0)/;
const textOrNumber = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;
const isLossy = /^-?(?:\d{16}|\d+[.eE])|^-0/;

function keepNumberText(_key: string, value: unknown, context?: {readonly source?: string}): unknown {
  return typeof value === 'number' ? (context?.source ?? String(value)) : value;
}

function numbersAsTexts(value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  const members = value as Record<string, unknown>;
  for (const key of Object.keys(members)) {
    const member = members[key];
    if (typeof member === 'number' || (typeof member === 'object' && member !== null)) {
      members[key] = numbersAsTexts(member);
    }
  }
  return value;
}
