import type {FailureWords} from './failure.zh-cn.ts';

export const failureEn: FailureWords = {
  unreachable: 'The shop cannot be reached. Check your connection and try again.',
  unavailable: 'The shop does not answer right now. Please try again in a moment.',
  gone: 'This product is no longer for sale.',
  retry: 'Try again',
};
