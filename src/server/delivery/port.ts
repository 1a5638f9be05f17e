import type {DeliveryChannelName, DeliveryOccasion} from '../../contract/delivery.ts';
import type {Key} from '../../contract/keys.ts';
import type {OrderRecord} from '../persistence/records.ts';

/*
 * How a buyer, or the merchant's own system, is told that goods have come. Channels differ in whom they reach and what they
 * may carry; everything else about a message (when it is due, how often it is tried, what is written down of it) is
 * the outbox's, and alike for all of them.
 */

/** A way to send messages about orders. Adapters stand in the folders beside this. */
export interface DeliveryChannel {
  readonly name: DeliveryChannelName;
  /**
   * What a message holds of the keys: themselves, a one-time link to the page that shows them, or neither. Nothing else
   * is opened for it.
   */
  readonly carries: 'keys' | 'link' | 'neither';
  /** Where a message about an order goes; undefined where the channel does not reach its buyer. */
  addressOf(order: Pick<OrderRecord, 'contact'>): string | undefined;
  /** The same for people to read, who are not to learn the whole of it. */
  masked(address: string): string;
  /** Never throws for what the other side or the network does. */
  send(message: Message, signal: AbortSignal): Promise<SendOutcome>;
}

/** What there is to tell, as it stands when it is sent. */
export interface Message {
  /** The same for every try. */
  readonly id: string;
  readonly to: string;
  readonly occasion: DeliveryOccasion;
  readonly shopName: string;
  readonly order: OrderRecord;
  /** Everything that was delivered so far; empty unless the channel carries keys. */
  readonly keys: readonly Key[];
  /** Opens the order once, on the merchant's page; absent unless the channel carries a link. */
  readonly link?: string;
  /** The merchant's page that shows orders, without opening any. */
  readonly page?: string;
  /** When there came to be something to tell, epoch milliseconds. */
  readonly at: number;
}

/**
 * `text` is in our own words: the other side's may quote what was sent to it. `isFinal`: it said that no further try will
 * do better.
 */
export type SendOutcome =
  {readonly kind: 'sent'} | {readonly kind: 'not_sent'; readonly text: string; readonly isFinal: boolean};

export const sent: SendOutcome = {kind: 'sent'};

export function notSent(text: string, {isFinal = false} = {}): SendOutcome {
  return {kind: 'not_sent', text, isFinal};
}
