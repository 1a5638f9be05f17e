import type {GoodField, OptionGroup} from '../platform/good.ts';

function field(name: string, label: string, over: Partial<GoodField> = {}): GoodField {
  return {name, label, type: 'text', placeholder: `请输入${label}`, pattern: '', error: '', choices: [], ...over};
}

function choices(pairs: Readonly<Record<string, string>>): GoodField['choices'] {
  return Object.entries(pairs).map(([label, value]) => ({label, value}));
}

export const phoneForm: readonly GoodField[] = [
  field('phone', '充值手机号', {type: 'number', pattern: '^1[3-9]\\d{9}$', error: '请填写 11 位手机号'}),
];

export const qqForm: readonly GoodField[] = [
  field('qq', '充值 QQ 号', {type: 'number', pattern: '^[1-9]\\d{4,11}$', error: 'QQ 号格式不正确'}),
];

export const emailForm: readonly GoodField[] = [
  field('email', '开通邮箱', {pattern: '^[^@ ]+@[^@ ]+\\.[^@ ]+$', error: '邮箱格式不正确'}),
];

export const uidForm: readonly GoodField[] = [
  field('uid', '游戏 UID', {pattern: '^\\d{8,10}$', error: 'UID 为 8 至 10 位数字'}),
  field('server', '服务器', {
    type: 'select',
    placeholder: '',
    pattern: '^[a-z]+$',
    error: '请选择服务器',
    choices: choices({官方服: 'cn', 渠道服: 'bili', 国际服: 'os'}),
  }),
];

export const playerForm: readonly GoodField[] = [
  field('player', '玩家 ID', {pattern: '^[A-Za-z0-9_-]{5,24}$', error: '玩家 ID 为 5 至 24 位字母或数字'}),
  field('zone', '区号', {type: 'number', pattern: '^\\d{0,6}$', error: '区号为数字', placeholder: '没有可不填'}),
];

export const accountForm: readonly GoodField[] = [
  field('account', '游戏账号', {pattern: '^.{3,32}$', error: '账号至少 3 个字符'}),
  field('area', '大区', {
    type: 'select',
    placeholder: '',
    pattern: '^\\w+$',
    error: '请选择大区',
    choices: choices({电信一区: 'dx1', 电信二区: 'dx2', 网通一区: 'wt1', 网通二区: 'wt2'}),
  }),
  field('remark', '备注', {type: 'textarea', placeholder: '选填'}),
];

export const studentForm: readonly GoodField[] = [
  field('name', '学员姓名', {pattern: '^.{2,60}$', error: '请填写学员姓名'}),
  field('level', '当前水平', {
    type: 'radio',
    placeholder: '',
    pattern: '^[abc]$',
    error: '请选择当前水平',
    choices: choices({零基础: 'a', 有一点基础: 'b', 想进阶: 'c'}),
  }),
];

export const loginAndSystem: readonly OptionGroup[] = [
  {
    name: '登录方式',
    options: [
      {name: '微信', surcharge: '0'},
      {name: 'QQ', surcharge: '0'},
    ],
  },
  {
    name: '系统',
    options: [
      {name: '安卓', surcharge: '0'},
      {name: '苹果', surcharge: '1.50'},
    ],
  },
];

export const storeRegion: readonly OptionGroup[] = [
  {
    name: '区服',
    options: [
      {name: '美区', surcharge: '0'},
      {name: '日区', surcharge: '2.00'},
      {name: '港区', surcharge: '1.00'},
    ],
  },
];

export const deviceCount: readonly OptionGroup[] = [
  {
    name: '设备数',
    options: [
      {name: '1台', surcharge: '0'},
      {name: '3台', surcharge: '40.00'},
      {name: '5台', surcharge: '75.00'},
    ],
  },
];
