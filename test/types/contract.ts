/*
 * Checked by the compiler alone: what the runtime schemas let through is what openapi.yaml says, in both directions.
 * A schema that drifts from the document makes one of these lines an error.
 */
import type * as v from 'valibot';
import type {
  caseAttemptSchema,
  caseDecisionRequestSchema,
  caseDecisionSchema,
  casePageSchema,
  caseQuerySchema,
  caseSchema,
} from '../../src/contract/case.ts';
import type {catalogueReadingSchema, connectionSchema, pinnedPriceSchema} from '../../src/contract/connection.ts';
import type {cardSecretSchema, keySchema, keysSchema} from '../../src/contract/keys.ts';
import type {moneySchema} from '../../src/contract/money.ts';
import type {
  lineStatusSchema,
  lookupRequestSchema,
  orderLineSchema,
  orderMomentSchema,
  orderRequestSchema,
  orderSchema,
  orderStateSchema,
  placedOrderSchema,
} from '../../src/contract/order.ts';
import type {paymentInstructionsSchema, paymentRequestSchema, paymentSchema} from '../../src/contract/payment.ts';
import type {ProblemCode, problemSchema} from '../../src/contract/problem.ts';
import type {
  categoryListSchema,
  categorySchema,
  contactKindSchema,
  formFieldSchema,
  productPageSchema,
  productQuerySchema,
  productSummarySchema,
  stockLevelSchema,
} from '../../src/contract/product.ts';
import type {productSchema, skuSchema} from '../../src/contract/product-details.ts';
import type {
  lineRequestSchema,
  quoteCouponSchema,
  quoteLineSchema,
  quoteRequestSchema,
  quoteSchema,
} from '../../src/contract/quote.ts';
import type {components, operations} from '../../src/contract/schema.generated.ts';
import type {paymentMethodSchema, shopSchema} from '../../src/contract/shop.ts';
import type {
  evidenceSchema,
  keyReferenceSchema,
  messageRequestSchema,
  ticketMessageSchema,
  ticketOutcomeSchema,
  ticketReasonSchema,
  ticketRequestSchema,
  ticketSchema,
  ticketStateSchema,
} from '../../src/contract/ticket.ts';
import type {CardSecret} from '../../src/domain/card-secret.ts';
import type {Money} from '../../src/domain/money.ts';
import type {OrderState} from '../../src/domain/order.ts';
import type {QuoteProblem} from '../../src/domain/quote.ts';
import type {EvidenceType} from '../../src/domain/evidence.ts';
import type {TicketOutcome, TicketReason, TicketState} from '../../src/domain/ticket.ts';

type Documented = components['schemas'];

/** The same type with nothing read-only in it. */
type Writable<T> = T extends object ? {-readonly [Key in keyof T]: Writable<T[Key]>} : T;

/** True when each can stand where the other is asked for, optional properties included. */
type Same<Left, Right> = [Writable<Left>] extends [Writable<Right>]
  ? [Writable<Right>] extends [Writable<Left>]
    ? true
    : {readonly documentedButNotChecked: Right}
  : {readonly checkedButNotDocumented: Left};

type Output<Schema extends v.GenericSchema> = v.InferOutput<Schema>;

type Expect<Verdict extends true> = Verdict;

/** A property that one side has and the other lacks would still be assignable if it were optional: keys are compared, too. */
type Matches<Left, Right> = Same<Left, Right> extends true ? Same<KeysOf<Left>, KeysOf<Right>> : Same<Left, Right>;
type KeysOf<T> = T extends object ? keyof T : never;

export type Checks = [
  Expect<Matches<Output<typeof quoteCouponSchema>, Documented['QuoteCoupon']>>,
  Expect<Matches<Output<typeof moneySchema>, Documented['Money']>>,
  Expect<Matches<Output<typeof shopSchema>, Documented['Shop']>>,
  Expect<Matches<Output<typeof paymentMethodSchema>, Documented['PaymentMethod']>>,
  Expect<Matches<Output<typeof categorySchema>, Documented['Category']>>,
  Expect<Matches<Output<typeof stockLevelSchema>, Documented['StockLevel']>>,
  Expect<Matches<Output<typeof productSummarySchema>, Documented['ProductSummary']>>,
  Expect<Matches<Output<typeof productPageSchema>, Documented['ProductPage']>>,
  Expect<Matches<Output<typeof productSchema>, Documented['Product']>>,
  Expect<Matches<Output<typeof contactKindSchema>, Documented['ContactKind']>>,
  Expect<Matches<Output<typeof formFieldSchema>, Documented['FormField']>>,
  Expect<Matches<Output<typeof skuSchema>, Documented['Sku']>>,
  Expect<Matches<Output<typeof lineRequestSchema>, Documented['LineRequest']>>,
  Expect<Matches<Output<typeof quoteRequestSchema>, Documented['QuoteRequest']>>,
  Expect<Matches<Output<typeof quoteLineSchema>, Documented['QuoteLine']>>,
  Expect<Matches<Output<typeof quoteSchema>, Documented['Quote']>>,
  Expect<Matches<Output<typeof orderRequestSchema>, Documented['OrderRequest']>>,
  Expect<Matches<Output<typeof orderStateSchema>, Documented['OrderState']>>,
  Expect<Matches<Output<typeof lineStatusSchema>, Documented['OrderLine']['status']>>,
  Expect<Matches<Output<typeof orderLineSchema>, Documented['OrderLine']>>,
  Expect<Matches<Output<typeof orderSchema>, Documented['Order']>>,
  Expect<Matches<Output<typeof placedOrderSchema>, Documented['PlacedOrder']>>,
  Expect<Matches<Output<typeof paymentRequestSchema>, Documented['PaymentRequest']>>,
  Expect<Matches<Output<typeof paymentInstructionsSchema>, Documented['PaymentInstructions']>>,
  Expect<Matches<Output<typeof paymentSchema>, Documented['Payment']>>,
  Expect<Matches<Output<typeof cardSecretSchema>, Documented['CardSecret']>>,
  Expect<Matches<Output<typeof keySchema>, Documented['Key']>>,
  Expect<Matches<Output<typeof keysSchema>, Documented['Keys']>>,
  Expect<Matches<Output<typeof lookupRequestSchema>, Documented['LookupRequest']>>,
  Expect<Matches<Output<typeof orderMomentSchema>, Documented['OrderMoment']>>,
  Expect<Matches<Output<typeof keyReferenceSchema>, Documented['KeyReference']>>,
  Expect<Matches<Output<typeof ticketReasonSchema>, Documented['TicketReason']>>,
  Expect<Matches<Output<typeof ticketStateSchema>, Documented['TicketState']>>,
  Expect<Matches<Output<typeof ticketOutcomeSchema>, Documented['TicketOutcome']>>,
  Expect<Matches<Output<typeof ticketRequestSchema>, Documented['TicketRequest']>>,
  Expect<Matches<Output<typeof messageRequestSchema>, Documented['MessageRequest']>>,
  Expect<Matches<Output<typeof ticketMessageSchema>, Documented['TicketMessage']>>,
  Expect<Matches<Output<typeof evidenceSchema>, Documented['Evidence']>>,
  Expect<Matches<Output<typeof ticketSchema>, Documented['Ticket']>>,
  Expect<Matches<Output<typeof connectionSchema>, Documented['Connection']>>,
  Expect<Matches<Output<typeof catalogueReadingSchema>, Documented['CatalogueReading']>>,
  Expect<Matches<Output<typeof pinnedPriceSchema>, Documented['PinnedPrice']>>,
  Expect<Matches<Output<typeof caseSchema>, Documented['Case']>>,
  Expect<Matches<Output<typeof caseAttemptSchema>, Documented['CaseAttempt']>>,
  Expect<Matches<Output<typeof caseDecisionSchema>, Documented['CaseDecision']>>,
  Expect<Matches<Output<typeof casePageSchema>, Documented['CasePage']>>,
  Expect<Matches<Output<typeof caseDecisionRequestSchema>, Documented['CaseDecisionRequest']>>,
  Expect<Matches<Output<typeof caseQuerySchema>, NonNullable<operations['listCases']['parameters']['query']>>>,
  Expect<Matches<ProblemCode, Documented['ProblemCode']>>,
  // A client takes in a code that it does not know yet.
  Expect<Matches<Omit<Output<typeof problemSchema>, 'code'>, Omit<Documented['Problem'], 'code'>>>,
  Expect<Matches<Output<typeof problemSchema>['code'], string>>,

  Expect<
    Matches<
      Output<typeof categoryListSchema>,
      operations['listCategories']['responses'][200]['content']['application/json']
    >
  >,
  Expect<Matches<Output<typeof productQuerySchema>, NonNullable<operations['listProducts']['parameters']['query']>>>,

  // The vocabulary of the domain is that of the contract.
  Expect<Matches<Money, Documented['Money']>>,
  Expect<Matches<OrderState, Documented['OrderState']>>,
  Expect<Matches<QuoteProblem, Documented['QuoteProblem']>>,
  Expect<Matches<CardSecret, Documented['CardSecret']>>,
  Expect<Matches<TicketReason, Documented['TicketReason']>>,
  Expect<Matches<TicketState, Documented['TicketState']>>,
  Expect<Matches<TicketOutcome, Documented['TicketOutcome']>>,
  Expect<Matches<EvidenceType, Documented['Evidence']['mediaType']>>,
];
