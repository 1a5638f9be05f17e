/** What the stand-in for a provider's form says; such forms speak the buyer's language. */
export interface CardFormWords {
  readonly kind: string;
  readonly number: string;
  readonly expiry: string;
  readonly expiryShape: string;
  readonly code: string;
  readonly hint: (good: string, refused: string) => string;
}

export const cardFormWords: Readonly<Record<'zh-CN' | 'zh-TW' | 'en', CardFormWords>> = {
  'zh-CN': {
    kind: '银行卡',
    number: '卡号',
    expiry: '有效期',
    expiryShape: '月 / 年',
    code: '安全码',
    hint: (good, refused) => `演示表单，不会扣款。${good} 会付款成功，${refused} 会被银行拒绝。`,
  },
  'zh-TW': {
    kind: '信用卡或金融卡',
    number: '卡號',
    expiry: '有效期限',
    expiryShape: '月 / 年',
    code: '安全碼',
    hint: (good, refused) => `示範表單，不會扣款。${good} 會付款成功，${refused} 會被銀行拒絕。`,
  },
  en: {
    kind: 'Card',
    number: 'Card number',
    expiry: 'Expiry date',
    expiryShape: 'MM / YY',
    code: 'Security code',
    hint: (good, refused) => `A demo form, no money moves. ${good} is paid, ${refused} is refused by the bank.`,
  },
};
