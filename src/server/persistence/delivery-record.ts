import type {DeliveryChannelName, DeliveryOccasion} from '../../contract/delivery.ts';

/**
 * One message about an order (发货通知), from the moment there is something to tell: the outbox. It says that there is
 * something to send, never what: keys are read, and opened, when it is sent. The address is the order's own contact.
 */
export interface DeliveryRecord {
  /** Stays the same however often it is sent: by it whoever gets the message twice can tell. */
  readonly id: string;
  readonly orderId: string;
  readonly version: number;
  readonly channel: DeliveryChannelName;
  readonly occasion: DeliveryOccasion;
  /** Counts the messages of one occasion by one channel, from 1. */
  readonly turn: number;
  /** `dropped`: another message tells everything that this one would have told. */
  readonly state: 'pending' | 'sent' | 'failed' | 'dropped';
  readonly tries: number;
  /** The next try is not made before. While one is under way, that is when its process counts as gone. */
  readonly notBefore: number;
  /** Why the last try came to nothing. Words of ours: what a stranger's server answers may hold what was sent. */
  readonly reason?: string;
  readonly sentAt?: number;
  /** A person asked for it, under this key. */
  readonly request?: {readonly intent: string; readonly requestHash: string};
  /** Its one-time link was used. */
  readonly linkUsedAt?: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}
