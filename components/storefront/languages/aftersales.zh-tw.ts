import {orderListZhTW} from '../order-list/order-list.zh-tw.ts';
import {orderLookupZhTW} from '../order-lookup/order-lookup.zh-tw.ts';
import {ticketZhTW} from '../ticket/ticket.zh-tw.ts';
import type {words as zhCN} from './aftersales.zh-cn.ts';

export const words: typeof zhCN = {
  'order-list': orderListZhTW,
  'order-lookup': orderLookupZhTW,
  ticket: ticketZhTW,
};
