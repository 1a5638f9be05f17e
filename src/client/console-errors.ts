import {ProblemError} from './errors.ts';

/** The token does not open the console. */
export class ConsoleTokenInvalidError extends ProblemError {
  override readonly name = 'ConsoleTokenInvalidError';
  declare readonly code: 'console_token_invalid';
}

/** The token opens the console, and its role does not allow this. */
export class ConsoleRoleInsufficientError extends ProblemError {
  override readonly name = 'ConsoleRoleInsufficientError';
  declare readonly code: 'console_role_insufficient';
}

/** The case or the payment has been decided on meanwhile, or stands where this choice makes no sense. */
export class DecisionNotPossibleError extends ProblemError {
  override readonly name = 'DecisionNotPossibleError';
  declare readonly code: 'decision_not_possible';
}

/** There is nothing to send of the order, or no way to send it by. */
export class DeliveryNotPossibleError extends ProblemError {
  override readonly name = 'DeliveryNotPossibleError';
  declare readonly code: 'delivery_not_possible';
}
