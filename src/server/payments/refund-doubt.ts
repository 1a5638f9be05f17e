import {PaymentProviderError, type RefundAbsent, type RefundOutcome} from './port.ts';

/** What a provider said of a refund; without an answer that says so, nobody knows what it has done. */
export async function orUnknown<Outcome extends RefundOutcome | RefundAbsent>(
  ask: () => Promise<Outcome>,
): Promise<Outcome | (RefundOutcome & {readonly state: 'unknown'})> {
  try {
    return await ask();
  } catch (error) {
    // Texts of ours: an adapter's error holds no secret. Of any other nothing is known but that it happened.
    const isOurs = error instanceof PaymentProviderError;
    return {state: 'unknown', reason: isOurs ? error.message : 'The answer could not be read.'};
  }
}
