import type {TicketOutcome} from '../domain/ticket.ts';
import {money} from '../domain/money.ts';
import {answerTicket, decideTicket} from '../server/aftersales/shop-desk.ts';
import {confirmPayment, findByReference} from '../server/payments/confirm-payment.ts';
import type {ServerPorts} from '../server/ports.ts';
import {newId} from '../server/security/ids.ts';

/** A ticket that waits for the shop, as whoever plays the shop sees it. */
export interface WaitingTicket {
  readonly id: string;
  readonly orderId: string;
  readonly orderNumber: string;
  readonly reason: string;
}

/** Plays the shop's side of what is a person's work in a real shop: after-sales, and bank transfers. */
export interface ShopAssistant {
  /** The most pressing first. */
  waiting(): Promise<readonly WaitingTicket[]>;
  answer(ticketId: string, text: string): Promise<void>;
  /** A refund is of the whole order; a reissue hands over a new key for the order's first line. */
  decide(ticketId: string, outcome: TicketOutcome['kind'], text: string): Promise<void>;
  /** Has seen the whole amount of a bank transfer come in, under the reference that its buyer was given. */
  confirmTransfer(reference: string): Promise<void>;
}

export function createShopAssistant(ports: ServerPorts): ShopAssistant {
  const {store} = ports;
  return {
    async waiting() {
      const tickets = await store.ticketsForShop();
      return Promise.all(
        tickets.map(async ({id, orderId, reason}) => {
          const order = await store.order(orderId);
          return {id, orderId, orderNumber: order?.number ?? '', reason};
        }),
      );
    },
    async answer(ticketId, text) {
      await answerTicket(ports, ticketId, {intent: newId('int'), text});
    },
    async decide(ticketId, kind, text) {
      const ticket = await store.ticket(ticketId);
      const order = ticket && (await store.order(ticket.orderId));
      if (!order) throw new Error(`There is no ticket ${ticketId}.`);
      const intent = newId('int');
      if (kind === 'refund') {
        const amount = money(order.total.amount, order.currency);
        await decideTicket(ports, ticketId, {intent, text, outcome: {kind, amount}});
        return;
      }
      const isHandedOver = kind === 'reissue' && (await store.procurements(order.id)).length > 0;
      const replacements = isHandedOver ? [{lineId: order.lines[0]!.id, text: newKey()}] : [];
      await decideTicket(ports, ticketId, {intent, text, outcome: {kind}, replacements});
    },
    async confirmTransfer(reference) {
      const [payment] = await findByReference(ports, reference);
      if (!payment) throw new Error(`No transfer has the reference ${reference}.`);
      await confirmPayment(ports, payment.id, newId('int'), payment.amount, 'assistant');
    },
  };
}

function newKey(): string {
  return `NEW-${newId('crd').slice(4, 20).toUpperCase()}`;
}
