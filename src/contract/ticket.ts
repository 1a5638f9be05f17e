import * as v from 'valibot';
import {ticketReasons} from '../domain/ticket.ts';
import {moneySchema} from './money.ts';

/** Longest text of one message, and most messages and keys of one ticket. */
export const maximumMessageLength = 2000;
export const maximumMessages = 200;
export const maximumTicketKeys = 500;

const messageText = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(maximumMessageLength));

export const ticketReasonSchema = v.picklist(ticketReasons);

export const ticketStateSchema = v.picklist(['open', 'waiting_for_buyer', 'waiting_for_shop', 'resolved', 'closed']);

export const ticketOutcomeSchema = v.variant('kind', [
  v.object({kind: v.literal('reissue')}),
  v.object({kind: v.literal('exchange')}),
  v.object({kind: v.literal('refund'), amount: moneySchema}),
  v.object({kind: v.literal('refuse')}),
]);

export const ticketRequestSchema = v.object({
  reason: ticketReasonSchema,
  text: messageText,
  keyIds: v.exactOptional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(64))), v.maxLength(maximumTicketKeys))),
});

export const messageRequestSchema = v.object({text: messageText});

/** A key by where it stands: nothing of its text. */
export const keyReferenceSchema = v.object({
  id: v.string(),
  lineId: v.string(),
  title: v.string(),
  place: v.number(),
});

export const keyReferencesSchema = v.object({items: v.array(keyReferenceSchema)});

export const ticketMessageSchema = v.object({
  id: v.string(),
  from: v.picklist(['buyer', 'shop']),
  text: v.string(),
  at: v.string(),
  outcome: v.exactOptional(ticketOutcomeSchema),
});

export const evidenceSchema = v.object({
  id: v.string(),
  mediaType: v.picklist(['image/png', 'image/jpeg', 'image/webp', 'application/pdf']),
  size: v.number(),
  at: v.string(),
});

export const ticketSchema = v.object({
  id: v.string(),
  orderId: v.string(),
  state: ticketStateSchema,
  reason: ticketReasonSchema,
  keys: v.array(keyReferenceSchema),
  messages: v.array(ticketMessageSchema),
  evidence: v.array(evidenceSchema),
  deadline: v.exactOptional(v.string()),
  overdue: v.boolean(),
  outcome: v.exactOptional(ticketOutcomeSchema),
  createdAt: v.string(),
});

export const ticketListSchema = v.object({items: v.array(ticketSchema)});

export type KeyReference = v.InferOutput<typeof keyReferenceSchema>;
export type TicketRequest = v.InferOutput<typeof ticketRequestSchema>;
export type MessageRequest = v.InferOutput<typeof messageRequestSchema>;
export type TicketMessage = v.InferOutput<typeof ticketMessageSchema>;
export type Evidence = v.InferOutput<typeof evidenceSchema>;
export type Ticket = v.InferOutput<typeof ticketSchema>;
