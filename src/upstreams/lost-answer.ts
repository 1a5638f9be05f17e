import {asUpstreamError} from './exchange.ts';
import type {BuyOutcome, UnknownReason} from './port.ts';

/** The outcome of a purchase, or of anything else that moves money, when no answer came that can be relied on. */
export function lostAnswer(name: string, error: unknown): Extract<BuyOutcome, {kind: 'unknown'}> {
  const {reason, message, code} = asUpstreamError(name, error);
  const known = unknownReasons.find(candidate => candidate === reason) ?? 'unexpected_answer';
  return {kind: 'unknown', reason: known, text: message, ...(code !== undefined && {code})};
}

const unknownReasons: readonly UnknownReason[] = ['timeout', 'connection', 'not_json', 'unexpected_answer'];
