/** The shop server has taken in a report. */
export class KsTicketOpenedEvent extends Event {
  readonly ticketId: string;
  readonly orderId: string;

  constructor(ticketId: string, orderId: string) {
    super('ks-ticket-opened', {bubbles: true, composed: true});
    this.ticketId = ticketId;
    this.orderId = orderId;
  }
}

declare global {
  interface HTMLElementEventMap {
    'ks-ticket-opened': KsTicketOpenedEvent;
  }
}
