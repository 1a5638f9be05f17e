export const formFieldZhCN = {
  optional: '选填',
  choose: '请选择',
  required: '请填写这一项。',
  mismatch: '格式不对，请检查。',
};

export type FormFieldWords = typeof formFieldZhCN;
