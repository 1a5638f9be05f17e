import type {FormFieldWords} from './form-field.zh-cn.ts';

export const formFieldEn: FormFieldWords = {
  optional: 'optional',
  choose: 'Please choose',
  required: 'Please fill this in.',
  mismatch: 'This does not look right. Please check it.',
};
