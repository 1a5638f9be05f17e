import {defineMessages} from './localize.ts';

export const failureMessages = defineMessages(
  'failure',
  {
    unreachable: '连不上店铺，请检查网络后重试。',
    unavailable: '店铺暂时没有回应，请稍后重试。',
    gone: '这件商品已经下架。',
    retry: '重试',
  },
  {
    unreachable: 'The shop cannot be reached. Check your connection and try again.',
    unavailable: 'The shop does not answer right now. Please try again in a moment.',
    gone: 'This product is no longer for sale.',
    retry: 'Try again',
  },
);
