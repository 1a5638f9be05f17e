import type {ShopScope} from '../shared/shop-scope.ts';

/** What a report is about. `token` if this device does not know the order. */
export interface ReportedOrder {
  readonly orderId: string;
  readonly keyIds: readonly string[];
  readonly token?: string | undefined;
}

/** Shows a `<ks-ticket>` in a dialog of its own, gone when it is closed. Rejects when its code cannot be loaded. */
export async function openTicket({host}: Pick<ShopScope, 'host'>, {orderId, keyIds, token}: ReportedOrder) {
  await import('./ticket/define.ts');
  const ticket = document.createElement('ks-ticket');
  Object.assign(ticket, {presentation: 'dialog', orderId, keyIds, token});
  ticket.addEventListener('close', () => ticket.remove());
  host.append(ticket);
}
