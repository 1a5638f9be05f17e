/** Thrown when an event does not fit the state a machine is in: the caller's picture is stale or wrong. */
export class TransitionError extends Error {
  override readonly name = 'TransitionError';
  readonly state: string;
  readonly event: string;

  constructor(machine: string, state: string, event: string) {
    super(`${machine}: event "${event}" does not fit state "${state}".`);
    this.state = state;
    this.event = event;
  }
}

export function isTransitionError(value: unknown): value is TransitionError {
  return value instanceof TransitionError;
}
