import {orderListZhCN} from '../order-list/order-list.zh-cn.ts';
import {orderLookupZhCN} from '../order-lookup/order-lookup.zh-cn.ts';
import {ticketZhCN} from '../ticket/ticket.zh-cn.ts';

/** What is said about orders that are looked up, listed, or complained about. */
export const words = {
  'order-list': orderListZhCN,
  'order-lookup': orderLookupZhCN,
  ticket: ticketZhCN,
};
