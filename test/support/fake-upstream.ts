import {add, money, multiply} from '../../src/domain/money.ts';
import {tierFor} from '../../src/domain/product.ts';
import type {BuyOutcome, BuyRequest, Capabilities, Good, PickableCard, UpstreamCore} from '../../src/upstreams/port.ts';
import {UpstreamError} from '../../src/upstreams/port.ts';
import {aGood} from './upstream-goods.ts';

type Answers = Required<Omit<UpstreamCore, 'protocol' | 'capabilities'>>;

export interface UpstreamCall {
  readonly method: keyof Answers;
  readonly arguments: readonly unknown[];
}

/** A platform that answers as a test says, and remembers what it was asked. */
export interface FakeUpstream extends Pick<UpstreamCore, 'protocol' | 'capabilities'>, Answers {
  /** What it offers; a change shows from the next question on. */
  goods: Good[];
  /** Cards that may be chosen, by the good's code. */
  readonly pickable: Record<string, PickableCard[]>;
  readonly calls: readonly UpstreamCall[];
  /** Calls of one method, with what they were given. */
  asked<Method extends keyof Answers>(method: Method): readonly Parameters<Answers[Method]>[];
  /** Answers differently from now on. */
  script(answers: Partial<Answers>): void;
  /** Texts of all cards that it delivered by its own answer to `buy`. */
  readonly sold: readonly string[];
}

const capabilities: Capabilities = {
  webhook: false,
  webhookSigned: false,
  cancel: false,
  refund: false,
  delta: false,
  orders: false,
  search: false,
  pages: false,
  countsStock: true,
  deliveryKinds: true,
  queryByReference: false,
  idempotency: 'reject',
  claimsReference: true,
  quote: true,
  costCeiling: false,
  refusalReasons: true,
  refundStatus: false,
  refundsInPart: false,
  cardsOutliveRefund: true,
  pickCard: false,
  maximumReferenceLength: 19,
  parallelPurchases: 1,
  clockSkewSeconds: null,
};

export function fakeUpstream(options: {goods?: Good[]; capabilities?: Partial<Capabilities>} = {}): FakeUpstream {
  const calls: UpstreamCall[] = [];
  const sold: string[] = [];
  const offerOf = (code: string, choices: Readonly<Record<string, string>>) =>
    fake.goods
      .find(good => good.code === code)
      ?.offers.find(offer => JSON.stringify(offer.choices) === JSON.stringify(choices));

  let answers: Answers = {
    connect: async () => ({name: 'merchant', balance: money('1000', 'CNY')}),
    catalogue: async () => ({
      categories: [
        {id: 'games', name: '游戏'},
        {id: 'steam', name: 'Steam', parentId: 'games'},
        {id: 'software', name: '软件'},
      ],
      goods: fake.goods,
      rejected: [],
    }),
    async good(code) {
      const good = fake.goods.find(candidate => candidate.code === code);
      if (!good) throw new UpstreamError('absent', `There is no good ${code}.`);
      return good;
    },
    stock: async ({code, choices}) => offerOf(code, choices)?.stock ?? {kind: 'unknown'},
    cards: async ({code}, {page, limit}) => {
      const cards = fake.pickable[code] ?? [];
      return {total: cards.length, cards: cards.slice((page - 1) * limit, page * limit)};
    },
    card: async ({code}, cardId) => fake.pickable[code]?.find(({id}) => id === cardId),
    async quote({code, choices, cardId}, quantity) {
      const offer = offerOf(code, choices);
      if (!offer) throw new UpstreamError('absent', `There is no good ${code}.`);
      const cost = multiply(tierFor(offer.costs, quantity)!.price, quantity);
      if (cardId === undefined) return cost;
      const card = fake.pickable[code]?.find(({id}) => id === cardId);
      if (!card) throw new UpstreamError('absent', `There is no card ${cardId}.`);
      const general = fake.goods.find(good => good.code === code)?.cards?.premium;
      return add(cost, card.premium ?? general ?? money('0', 'CNY'));
    },
    async buy({offer, quantity}) {
      const cards = Array.from({length: quantity}, () => {
        const card = `${offer.code}-${String(sold.length + 1).padStart(4, '0')}`;
        sold.push(card);
        return card;
      });
      return delivered(cards.join('\n'));
    },
    reconcile: async () => notScripted('reconcile'),
    follow: async () => notScripted('follow'),
    picture: async () => {
      throw new UpstreamError('absent', 'There is no picture.');
    },
  };

  function record<Method extends keyof Answers>(method: Method): Answers[Method] {
    return ((...given: unknown[]) => {
      calls.push({method, arguments: given});
      return (answers[method] as (...given: unknown[]) => unknown)(...given);
    }) as Answers[Method];
  }

  const fake: FakeUpstream = {
    protocol: 'fake',
    capabilities: {...capabilities, ...options.capabilities},
    goods: options.goods ?? [aGood()],
    pickable: {},
    calls,
    sold,
    asked: method => calls.filter(call => call.method === method).map(call => call.arguments) as never,
    script(changed) {
      answers = {...answers, ...changed};
    },
    connect: record('connect'),
    catalogue: record('catalogue'),
    good: record('good'),
    stock: record('stock'),
    cards: record('cards'),
    card: record('card'),
    quote: record('quote'),
    buy: record('buy'),
    reconcile: record('reconcile'),
    follow: record('follow'),
    picture: record('picture'),
  };
  return fake;
}

export const delivered = (secret: string, overrides: {note?: string} = {}): BuyOutcome => ({
  kind: 'delivered',
  orderId: '128261123102000328',
  charged: money('10', 'CNY'),
  secret,
  ...overrides,
});

export const refused = (reason: Extract<BuyOutcome, {kind: 'refused'}>['reason'], text = '不行'): BuyOutcome => ({
  kind: 'refused',
  reason,
  text,
});

export const lost: BuyOutcome = {kind: 'unknown', reason: 'timeout', text: 'No answer came in time.'};

/** A purchase whose answer a test gives when it likes. */
export function heldBuy(): {
  readonly buy: (request: BuyRequest) => Promise<BuyOutcome>;
  answer(outcome: BuyOutcome): void;
} {
  const {promise, resolve} = Promise.withResolvers<BuyOutcome>();
  return {buy: () => promise, answer: resolve};
}

export const silent = async (): Promise<never> => {
  throw new UpstreamError('timeout', 'The platform did not answer in time.');
};

function notScripted(method: string): never {
  throw new Error(`The test did not say what ${method} answers; use upstream.script.`);
}
