import type {ProblemCode} from '../contract/problem.ts';
import {ProblemError} from './errors.ts';
import type {problemErrors} from './problem-errors.ts';

/** Whether an error is the server saying exactly this: `isProblem(error, 'quote_expired')`. */
export function isProblem<Code extends ProblemCode>(
  value: unknown,
  code: Code,
): value is InstanceType<(typeof problemErrors)[Code]> {
  return value instanceof ProblemError && value.code === code;
}
