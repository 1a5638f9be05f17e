import {
  bulkhead,
  BulkheadRejectedError,
  circuitBreaker,
  ConsecutiveBreaker,
  handleWhen,
  timeout,
  TimeoutStrategy,
  wrap,
  type BulkheadPolicy,
  type IPolicy,
} from 'cockatiel';
import type {SourceHealth} from '../domain/routing.ts';
import {isUpstreamError} from '../upstreams/port.ts';
import {connectionOf, type ServerPorts} from './ports.ts';

/**
 * What stands between the shop and each platform: so many calls at once, a pause for a platform that keeps failing, and
 * how it has behaved lately. Known to this process only; nothing that was decided depends on it afterwards.
 */
export interface ConnectionGuards {
  /**
   * Asks a platform something, for so long at the most.
   * @throws what the platform's adapter throws, or cockatiel's error when the question was not put or not answered
   */
  ask<T>(connectionId: string, patienceMs: number, question: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Lets as many purchases at one time through as the platform takes; `busy` when too many wait already. */
  purchase(connectionId: string, work: () => Promise<void>): Promise<'done' | 'busy'>;
  health(connectionId: string): SourceHealth;
}

const pauseMs = 10_000;
const failuresBeforePause = 3;
const parallelQuestions = 8;
const waitingQuestions = 500;
const waitingPurchases = 500;
/** Calls that the health is reckoned from. */
const rememberedCalls = 50;

/** The platform says no to this offer. */
export function isRefusal(error: unknown): boolean {
  return isUpstreamError(error) && (error.reason === 'refused' || error.reason === 'absent');
}

/**
 * A platform that says no is well, also one that says so of credentials: where it resells, they may be its own at the
 * next platform, and no other offer suffers from that. One that does not answer is not well.
 */
function isSilence(error: unknown): boolean {
  return !isRefusal(error) && !(isUpstreamError(error) && error.reason === 'credentials');
}

interface Guard {
  readonly questions: IPolicy;
  readonly purchases: BulkheadPolicy;
  /** Milliseconds to each of the last answers; undefined: there was none. */
  readonly calls: (number | undefined)[];
}

export function createConnectionGuards(ports: ServerPorts): ConnectionGuards {
  const guards = new Map<string, Guard>();
  return {
    ask(connectionId, patienceMs, question) {
      const guard = guardOf(connectionId);
      const patient = timeout(patienceMs, TimeoutStrategy.Aggressive);
      return guard.questions.execute(async () => {
        const start = ports.clock.now();
        try {
          const answer = await patient.execute(({signal}) => question(signal));
          remember(guard, ports.clock.now() - start);
          return answer;
        } catch (error) {
          remember(guard, isSilence(error) ? undefined : ports.clock.now() - start);
          throw error;
        }
      });
    },
    async purchase(connectionId, work) {
      try {
        await guardOf(connectionId).purchases.execute(work);
        return 'done';
      } catch (error) {
        if (error instanceof BulkheadRejectedError) return 'busy';
        throw error;
      }
    },
    health(connectionId) {
      const {calls} = guardOf(connectionId);
      const answered = calls.filter(call => call !== undefined);
      const whole = answered.reduce((left, right) => left + right, 0);
      return {
        calls: calls.length,
        answered: answered.length,
        ...(answered.length > 0 && {latency: whole / answered.length}),
      };
    },
  };

  function remember({calls}: Guard, latency: number | undefined): void {
    calls.push(latency);
    if (calls.length > rememberedCalls) calls.shift();
  }

  function guardOf(connectionId: string): Guard {
    let guard = guards.get(connectionId);
    if (!guard) {
      const {parallelPurchases} = connectionOf(ports, connectionId).upstream.capabilities;
      guard = {
        questions: wrap(
          bulkhead(parallelQuestions, waitingQuestions),
          circuitBreaker(handleWhen(isSilence), {
            halfOpenAfter: pauseMs,
            breaker: new ConsecutiveBreaker(failuresBeforePause),
          }),
        ),
        purchases: bulkhead(parallelPurchases, waitingPurchases),
        calls: [],
      };
      guards.set(connectionId, guard);
    }
    return guard;
  }
}
