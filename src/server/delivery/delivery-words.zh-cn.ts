import type {DeliveryOccasion} from '../../contract/delivery.ts';

/** What a message says. A number of an order may stand in a subject, a key never. */
export interface DeliveryWords {
  /** BCP 47 tag of the language. */
  readonly lang: string;
  readonly headline: Readonly<Record<DeliveryOccasion, string>>;
  subject(headline: string, number: string): string;
  number(number: string): string;
  /** Pieces that have come, of so many. */
  pieces(delivered: number, quantity: number): string;
  readonly stillToCome: string;
  due(amount: string): string;
  refunded(amount: string): string;
  readonly keys: string;
  readonly cardNumber: string;
  readonly password: string;
  picture(position: number): string;
  expires(date: string): string;
  readonly open: string;
  readonly openHint: string;
  readonly page: string;
  readonly keep: string;
  sms(shop: string, headline: string, number: string): string;
  smsOpen(link: string): string;
  smsPage(page: string): string;
}

export const deliveryZhCN: DeliveryWords = {
  lang: 'zh-CN',
  headline: {
    keys_delivered: '您购买的商品已发货',
    keys_partly_delivered: '您购买的商品已部分发货',
    keys_replaced: '您的卡密已补发',
    refund_due: '部分商品未能发货，将为您退款',
    refunded: '已为您退款',
  },
  subject: (headline, number) => `${headline}（订单 ${number}）`,
  number: number => `订单号：${number}`,
  pieces: (delivered, quantity) => `已发货 ${delivered} 件，共 ${quantity} 件`,
  stillToCome: '其余商品到货后会再通知您。',
  due: amount => `应退金额：${amount}，由商家退回。`,
  refunded: amount => `累计已退：${amount}，原路退回，到账时间以支付渠道为准。`,
  keys: '卡密',
  cardNumber: '卡号',
  password: '密码',
  picture: position => `图片，见附件 ${position}`,
  expires: date => `有效期至 ${date}`,
  open: '查看卡密',
  openHint: '链接只能打开一次，三天内有效。之后请凭订单号和查单密码查询。',
  page: '订单页面',
  keep: '卡密等同于现金：请勿转发此消息，也不要告诉任何自称客服的人。',
  sms: (shop, headline, number) => `【${shop}】${headline}，订单 ${number}。`,
  smsOpen: link => `查看：${link} （只能打开一次）`,
  smsPage: page => `请到下单页面查看：${page}`,
};
