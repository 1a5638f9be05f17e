import type {PaymentStatus} from './payment.ts';

export type PageLanguage = 'zh-CN' | 'en';

export interface PageTexts {
  readonly sandbox: string;
  readonly sandboxHint: string;
  readonly title: string;
  readonly amount: string;
  readonly left: string;
  readonly overdue: string;
  readonly state: string;
  readonly reference: string;
  readonly pay: string;
  readonly decline: string;
  readonly expire: string;
  readonly payLate: string;
  readonly notifyAgain: string;
  readonly test: string;
  readonly back: string;
  readonly otherLanguage: string;
  readonly status: Readonly<Record<PaymentStatus, string>>;
  readonly absent: string;
  readonly duration: (minutes: number, seconds: number) => string;
}

export const pageTexts: Readonly<Record<PageLanguage, PageTexts>> = {
  'zh-CN': {
    sandbox: '沙盒支付 · 不会扣款',
    sandboxHint: '这是测试用的收银台，按钮决定支付的结果，没有真实资金往来。',
    title: '收银台',
    amount: '应付金额',
    left: '剩余时间',
    overdue: '已超时',
    state: '状态',
    reference: '商户单号',
    pay: '支付',
    decline: '拒绝支付',
    expire: '让订单超时',
    payLate: '超时后补付',
    notifyAgain: '重发通知',
    test: '测试操作',
    back: '返回商户',
    otherLanguage: 'English',
    status: {pending: '等待支付', paid: '支付成功', declined: '支付被拒绝', expired: '支付已超时'},
    absent: '没有这笔支付。请回到商户页面重新发起。',
    duration: (minutes, seconds) => `${minutes} 分 ${String(seconds).padStart(2, '0')} 秒`,
  },
  en: {
    sandbox: 'Sandbox payment · no money moves',
    sandboxHint: 'A cash desk for tests: the buttons decide what happens. No real funds are involved.',
    title: 'Cash desk',
    amount: 'Amount due',
    left: 'Time left',
    overdue: 'Time is up',
    state: 'Status',
    reference: 'Reference',
    pay: 'Pay',
    decline: 'Decline',
    expire: 'Let it expire',
    payLate: 'Pay late',
    notifyAgain: 'Notify again',
    test: 'For tests',
    back: 'Back to the shop',
    otherLanguage: '中文',
    status: {pending: 'Waiting for payment', paid: 'Paid', declined: 'Declined', expired: 'Expired'},
    absent: 'There is no such payment. Please start again on the shop’s page.',
    duration: (minutes, seconds) => `${minutes} min ${String(seconds).padStart(2, '0')} s`,
  },
};

/** The first language of a request that the page speaks; Chinese when there is none. */
export function pageLanguage(asked: string | null, acceptLanguage: string | null): PageLanguage {
  const wishes = [asked ?? '', ...(acceptLanguage ?? '').split(',').map(part => part.split(';')[0]!.trim())];
  for (const wish of wishes) {
    if (/^zh\b/i.test(wish)) return 'zh-CN';
    if (/^en\b/i.test(wish)) return 'en';
  }
  return 'zh-CN';
}
