import {UpstreamError, type EndpointState} from '../port.ts';

/**
 * Remembers which of its younger endpoints a shop has. An older shop answers an unknown one with the same HTML page
 * as a crash, so an absence is believed only when the older endpoint answers in its stead, never of an endpoint that
 * has answered before, and only for an hour: shops are upgraded.
 */
export interface EndpointMemory {
  /**
   * Asks the young endpoint, or the old one where the young is missing.
   * @throws {UpstreamError} of the young endpoint when neither gives JSON; else whatever the one asked throws.
   */
  ask<T>(endpoint: string, young: () => Promise<T>, old: () => Promise<T>): Promise<T>;
  /** Notes that an endpoint has answered. */
  saw(endpoint: string): void;
  stateOf(endpoint: string): EndpointState['state'];
  /** Whether any of these has ever answered. */
  hasSeen(endpoints: readonly string[]): boolean;
}

export function createEndpointMemory(now: () => number): EndpointMemory {
  const present = new Set<string>();
  const absentUntil = new Map<string, number>();
  return {
    async ask(endpoint, young, old) {
      if ((absentUntil.get(endpoint) ?? 0) > now()) return old();
      try {
        return await young();
      } catch (error) {
        if (!isPage(error) || present.has(endpoint)) throw error;
        return old().then(
          answer => {
            absentUntil.set(endpoint, now() + recheckAfter);
            return answer;
          },
          (oldError: unknown) => {
            throw isPage(oldError) ? error : oldError;
          },
        );
      }
    },
    saw(endpoint) {
      present.add(endpoint);
      absentUntil.delete(endpoint);
    },
    stateOf(endpoint) {
      if ((absentUntil.get(endpoint) ?? 0) > now()) return 'missing';
      return present.has(endpoint) ? 'present' : 'not_asked';
    },
    hasSeen: endpoints => endpoints.some(endpoint => present.has(endpoint)),
  };
}

/** One hour, in milliseconds. */
const recheckAfter = 3_600_000;

function isPage(error: unknown): boolean {
  return error instanceof UpstreamError && error.reason === 'not_json';
}
