/**
 * What came of one purchase at a platform. `slow`: everything came, later than such goods may take; `short`: a part;
 * `wrong`: paid for, and there was no card; `unreadable`: bought, and a person had to fetch it; `unknown`: nobody could find
 * out; `refunded`: called off after it was taken.
 */
export type TrialResult = 'right' | 'slow' | 'short' | 'wrong' | 'unreadable' | 'unknown' | 'refunded';

export const trialResults: readonly TrialResult[] = [
  'right',
  'slow',
  'short',
  'wrong',
  'unreadable',
  'unknown',
  'refunded',
];

/** How much of a good purchase each is. */
const worth: Readonly<Record<TrialResult, number>> = {
  right: 1,
  slow: 0.7,
  refunded: 0.5,
  short: 0.4,
  unreadable: 0.3,
  unknown: 0.2,
  wrong: 0,
};

/** The merchant's own word weighs as much as so many purchases. */
const wordWeight = 10;
/** A trial that is at least so good, with the confidence of {@link likely}, is passed. */
const passMark = 55;
/** Standard deviations that nine of ten draws stay above (one-sided). */
const likely = 1.2816;

export type Standing =
  /** Too few purchases to say. */
  | 'on_trial'
  | 'proven'
  /** Enough purchases, and they were not good enough. */
  | 'failed';

export interface Scorecard {
  readonly standing: Standing;
  /** Purchases that it is reckoned from. */
  readonly purchases: number;
  readonly results: Readonly<Record<TrialResult, number>>;
  /** 0 to 100: the merchant's trust, moved by what was seen. */
  readonly score: number;
  /** 0 to 100: how good the platform is at least, with nine chances in ten, going by what was seen alone. */
  readonly atLeast: number;
}

/**
 * @param trust what the merchant thinks of the platform, 0 to 100
 * @param trialPurchases how many purchases make a trial
 */
export function scorecardOf(results: readonly TrialResult[], trust: number, trialPurchases: number): Scorecard {
  const counts = Object.fromEntries(trialResults.map(result => [result, 0])) as Record<TrialResult, number>;
  for (const result of results) counts[result] += 1;
  const purchases = results.length;
  const good = trialResults.reduce((total, result) => total + counts[result] * worth[result], 0);
  const atLeast = Math.floor(100 * lowerBound(good, purchases));
  return {
    standing: purchases < trialPurchases ? 'on_trial' : atLeast >= passMark ? 'proven' : 'failed',
    purchases,
    results: counts,
    score: Math.round((100 * ((trust / 100) * wordWeight + good)) / (wordWeight + purchases)),
    atLeast,
  };
}

/** The lower end of Wilson's score interval (1927): honest also where there are few. */
function lowerBound(good: number, all: number): number {
  if (all === 0) return 0;
  const [share, square] = [good / all, likely ** 2];
  const middle = share + square / (2 * all);
  const spread = likely * Math.sqrt((share * (1 - share)) / all + square / (4 * all ** 2));
  return Math.max(0, (middle - spread) / (1 + square / all));
}
