import {orderListEn} from '../order-list/order-list.en.ts';
import {orderLookupEn} from '../order-lookup/order-lookup.en.ts';
import {ticketEn} from '../ticket/ticket.en.ts';
import type {words as zhCN} from './aftersales.zh-cn.ts';

export const words: typeof zhCN = {
  'order-list': orderListEn,
  'order-lookup': orderLookupEn,
  ticket: ticketEn,
};
