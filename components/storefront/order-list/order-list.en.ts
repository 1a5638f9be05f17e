import type {OrderListWords} from './order-list.zh-cn.ts';

export const orderListEn: OrderListWords = {
  title: 'Orders on this device',
  none: 'No orders on this device yet',
  noneHint:
    'What you order on this device is listed here. An order placed elsewhere can be looked up by its number, your contact and the lookup password.',
  placed: date => `Placed ${date}`,
  reading: 'Loading…',
  unreadable: 'Cannot be read right now',
  back: 'Back to all orders',
  more: count => `Show ${count} more`,
  forget: 'Remove',
  forgetOne: number => `Remove order ${number} from this device`,
  forgetSure:
    'This device will not be able to open the order any more. With a lookup password you can look it up again; without one, save its keys first. The order itself goes on.',
  forgetYes: 'Remove',
  forgetNo: 'Keep',
  forgotten: 'Removed from this device',
};
