import {ProblemError} from './errors.ts';

/** The order has as many tickets, or the ticket as many messages, as it can have. */
export class TicketLimitReachedError extends ProblemError {
  override readonly name = 'TicketLimitReachedError';
  declare readonly code: 'ticket_limit_reached';
}

/** Nothing can be added to the ticket any more. */
export class TicketClosedError extends ProblemError {
  override readonly name = 'TicketClosedError';
  declare readonly code: 'ticket_closed';
}

/** The file is no PNG, JPEG, WebP or PDF, whatever it is called. */
export class EvidenceTypeUnsupportedError extends ProblemError {
  override readonly name = 'EvidenceTypeUnsupportedError';
  declare readonly code: 'evidence_type_unsupported';
}

/** The ticket has as many files as it can have. */
export class EvidenceLimitReachedError extends ProblemError {
  override readonly name = 'EvidenceLimitReachedError';
  declare readonly code: 'evidence_limit_reached';
}

/** The ticket has no such file. */
export class EvidenceNotFoundError extends ProblemError {
  override readonly name = 'EvidenceNotFoundError';
  declare readonly code: 'evidence_not_found';
}
