import type {OrderWords} from './order.zh-cn.ts';

export const orderEn: OrderWords = {
  loading: 'Loading your order…',
  none: 'No orders yet',
  locked: 'This device cannot open the order',
  lockedHint:
    'Open this page in the browser that placed it. If its data was cleared, give the seller your order number.',
  number: 'Order number',
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'Not copied: select it by hand',
  coupon: code => `Code ${code}`,
  total: 'Total',
  placedAt: date => `Ordered ${date}`,
  due: 'Refund due',
  stepOrder: 'Order',
  stepPay: 'Payment',
  stepDeliver: 'Delivery',
  stepDone: 'Done',
  progress: 'Progress of the order',

  pending_payment: 'Waiting for your payment',
  pending_paymentHint: deadline =>
    `Please pay before ${deadline}. This page changes once the payment provider confirms.`,
  paid: 'Paid, getting ready',
  fulfilling: 'Paid, delivery under way',
  fulfillingHint: 'We are fetching your goods. This usually takes a moment.',
  confirming: 'Paid, asking the supplier',
  confirmingHint:
    'The supplier has not confirmed yet. You will not be charged twice: please do not buy again. This page changes by itself.',
  manual: 'Paid, the seller will deliver',
  manualHint: 'A person prepares this. It takes a while: come back to this page later.',
  partially_delivered: 'Partly delivered',
  partially_deliveredHint: 'The keys that have arrived can be shown now. The rest is still on its way.',
  delivered: 'Delivered',
  completed: 'Completed',
  canceled: 'Order canceled',
  canceledHint: 'Should a payment still arrive, the order goes on by itself: do not pay again.',
  expired: 'The time to pay is over',
  expiredHint:
    'If you sent a payment just now, it is not lost: once it arrives the order goes on by itself. Please do not buy again.',
  refund_pending: 'Not all could be delivered, refund due',
  refund_pendingHint: amount =>
    `The seller owes you ${amount} and will pay it back. This page tells you when that is done.`,
  partially_refunded: 'Partly refunded',
  refunded: 'Refunded',
  refundedHint: 'The money goes back the way it came. When it arrives depends on the payment provider.',

  line_waiting: 'Waiting',
  line_confirming: 'Supplier confirming',
  line_processing: 'In progress',
  line_partially_delivered: (delivered, quantity) => `${delivered} of ${quantity} delivered`,
  line_delivered: 'Delivered',
  line_failed: 'Not delivered',
  failedPieces: count => `${count} not delivered`,
  keysReady: count => `Keys that can be shown: ${count}.`,

  live: 'Live',
  polling: 'Updated every few seconds',
  offline: 'No connection: updated once you are back online',
};
