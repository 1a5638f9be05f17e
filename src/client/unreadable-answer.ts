import type {BaseIssue} from 'valibot';
import {UnreadableAnswerError} from './errors.ts';

/**
 * Tells what is wrong with an answer. A schema's issues hold what was answered: they stay here.
 * @param error of reading it, where it was read
 */
export function unreadableAnswer(url: string, error?: Error, status?: number): UnreadableAnswerError {
  const text = error
    ? `The answer of ${url} is not what the API promises (${firstIssue(error)}). Check that the address is a shop server of a matching version.`
    : `${url} answered HTTP ${status} without saying why. A proxy may have answered in the shop server's place.`;
  return new UnreadableAnswerError('unreadable_answer', text, {status});
}

function firstIssue(error: Error): string {
  const issue = (error as {issues?: readonly Issue[]}).issues?.[0];
  return issue ? `${placeOf(issue)}: expected ${issue.expected ?? issue.type}` : 'no JSON';
}

type Issue = Pick<BaseIssue<unknown>, 'expected' | 'type' | 'path'>;

/** Where an answer is wrong. What stands there is not said: it may be a key. */
function placeOf({path}: Issue): string {
  return path?.map(step => String(step.key)).join('.') ?? 'the whole';
}
