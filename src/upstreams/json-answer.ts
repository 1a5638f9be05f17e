import {evidence} from './evidence.ts';
import {parseExactJson} from './exact-json.ts';
import type {PlainAnswer} from './exchange.ts';
import {UpstreamError} from './port.ts';

/**
 * An answer's text as exact JSON.
 * @param name stands for the question in the error
 * @throws {UpstreamError} `not_json`. Only a page's title is shown: a cut answer may begin with a card.
 */
export function readJson(name: string, {status, text}: PlainAnswer, secrets: readonly string[]): unknown {
  try {
    return parseExactJson(text);
  } catch {
    const title = evidence(/<title>([^<]{0,80})/i.exec(text)?.[1] ?? '', secrets);
    const what = `${text.length} characters of something else${title && `, titled "${title}"`}`;
    throw new UpstreamError('not_json', `${name} answered no JSON but ${what} (HTTP status ${status}).`);
  }
}
