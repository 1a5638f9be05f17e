import {seedCatalogue, type Catalogue} from '../sandbox/index.ts';
import type {SandboxMethod} from '../server/payments/sandbox/sandbox-provider.ts';

/** Situations a shop can be in, for looking at and for testing. */
export const scenarioNames = [
  'default',
  'empty',
  'sold-out',
  'slow',
  'payment-fails',
  'upstream-down',
  'official-source',
  'every-payment',
] as const;

export type ScenarioName = (typeof scenarioNames)[number];

export interface Scenario {
  /** What the platform sells. */
  readonly catalogue: (seeded: Catalogue) => Catalogue;
  /** How long the shop takes for each answer, in milliseconds. */
  readonly latencyMs: number;
  /** Every payment is declined a moment after it was opened. */
  readonly declinesPayments: boolean;
  /** The platform answers until its catalogue has been read, and never again. */
  readonly platformGoesDown: boolean;
  /** The shop has seen a paper that says where the platform's goods come from, and shows it. */
  readonly isOfficial: boolean;
  /** How it can be paid: on a page, by a code, in an element of the provider, by a bank transfer that a person confirms. */
  readonly payments: readonly (SandboxMethod | 'transfer')[];
}

const usual: Scenario = {
  catalogue: seeded => seeded,
  latencyMs: 0,
  declinesPayments: false,
  platformGoesDown: false,
  isOfficial: false,
  payments: ['page', 'qr'],
};

export const scenarios: Readonly<Record<ScenarioName, Scenario>> = {
  default: usual,
  empty: {...usual, catalogue: seeded => ({...seeded, goods: [], cards: []})},
  'sold-out': {
    ...usual,
    catalogue: seeded => ({
      ...seeded,
      cards: [],
      goods: seeded.goods.map(({nested: _, ...good}) => ({...good, manualStock: 0})),
    }),
  },
  slow: {...usual, latencyMs: 2500},
  'payment-fails': {...usual, declinesPayments: true},
  'upstream-down': {...usual, platformGoesDown: true},
  'official-source': {...usual, isOfficial: true},
  'every-payment': {...usual, payments: ['page', 'qr', 'element', 'transfer']},
};

export function scenarioCatalogue({catalogue}: Scenario, seed: string): Catalogue {
  return catalogue(seedCatalogue(seed));
}
