import type {CardForm} from '../platform/good.ts';

const unlock = ['付款后，在订单里查看激活码', '在应用的「兑换」处粘贴激活码', '提示成功，权益即时到账'];
const topUp = ['付款后，在订单里查看卡号和卡密', '登录官方充值页，选择卡密充值', '输入卡号和卡密，确认账号后提交'];

const steps: Readonly<Record<CardForm, readonly string[]>> = {
  code: unlock,
  key: ['付款后，在订单里查看密钥', '安装官方正版软件，打开「激活」', '输入密钥，联网完成激活'],
  token: unlock,
  digits: topUp,
  number_and_password: topUp,
  link: ['付款后，在订单里打开链接', '登录要领取的账号', '点「领取」，权益即时到账'],
};

const byHand = ['下单时填写要充值的账号', '付款后，客服按顺序处理', '到账后，订单显示已完成'];

/** How a good is used, in three steps. */
export function usageSteps(form: CardForm, isManual: boolean): readonly string[] {
  return isManual ? byHand : steps[form];
}
