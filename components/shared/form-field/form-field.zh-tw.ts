import type {FormFieldWords} from './form-field.zh-cn.ts';

export const formFieldZhTW: FormFieldWords = {
  optional: '選填',
  choose: '請選擇',
  required: '請填寫這一項。',
  mismatch: '格式不正確，請檢查。',
};
