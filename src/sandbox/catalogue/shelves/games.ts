import {accountForm, loginAndSystem, playerForm, qqForm, storeRegion, uidForm} from '../buyer-forms.ts';
import {kinds, periods, series, single, type Shelf} from '../shelf.ts';

export const gameShelves: readonly Shelf[] = [
  {
    id: 11,
    parentId: 100,
    name: 'Steam 钱包',
    nameEn: 'Steam Wallet',
    form: 'code',
    notices: ['在「充值钱包代码」页输入兑换码即可到账。', '人民币面值仅限国区账户。'],
    sketches: [
      ...series('Steam 钱包 {n} 元', 'Steam Wallet Code CNY {n}', '95.5', [10, 20, 30, 50, 100, 200, 300, 500]),
      ...series('Steam 钱包 {n} 美元 Steam Wallet', 'Steam Wallet Code USD {n}', '718', [5, 10, 20, 25, 50, 100]),
    ],
  },
  {
    id: 12,
    parentId: 100,
    name: '主机点卡',
    nameEn: 'Console Cards',
    form: 'code',
    notices: ['请确认账户所在地区与面值一致，兑换后不能更换地区。'],
    sketches: [
      ...series(
        'PlayStation 港服充值卡 {n} 港币',
        'PlayStation Store Hong Kong HKD {n}',
        '93.8',
        [80, 160, 200, 300, 500],
      ),
      ...series(
        '任天堂 eShop 日服充值卡 {n} 日元',
        'Nintendo eShop Japan JPY {n}',
        '4.86',
        [500, 1000, 2000, 3000, 5000],
      ),
      ...series('Xbox 礼品卡 {n} 美元', 'Xbox Gift Card USD {n}', '705', [10, 25, 50]),
    ],
  },
  {
    id: 13,
    parentId: 100,
    name: '网游点卡',
    nameEn: 'Game Cards',
    form: 'number_and_password',
    notices: ['卡号与密码请在官方充值中心使用。', '面值卡一经售出不退不换。'],
    sketches: [
      ...series('魔兽世界 {n} 天时长卡', 'World of Warcraft {n}-day Game Time', '98', [30, 60, 180]),
      ...series('战网点数 {n} 元', 'Battle.net Balance CNY {n}', '96.5', [15, 30, 50, 100]),
      ...series('网易一卡通 {n} 元', 'NetEase All-in-One Card CNY {n}', '94', [10, 15, 30, 50, 100]),
      ...series('完美一卡通 {n} 元', 'Perfect World Card CNY {n}', '93', [15, 30, 50, 100], {pickable: true}),
      ...single('剑网三 15 元通宝卡', 'JX3 Online CNY 15 Card', '14.20'),
    ],
  },
  {
    id: 14,
    parentId: 100,
    name: '手游直充',
    nameEn: 'Mobile Game Top-up',
    form: 'token',
    notices: ['直充到游戏账号，工作时间 5 至 30 分钟到账。', '请核对账号与大区，填错不能退回。'],
    sketches: [
      ...series('王者荣耀 {n} 点券', 'Honor of Kings {n} Tokens', '9.6', [60, 300, 680, 1280, 3280, 6480], {
        manual: true,
        fields: qqForm,
        optionGroups: loginAndSystem,
      }),
      ...series('和平精英 {n} 点券', 'Peacekeeper Elite {n} Tokens', '9.5', [60, 300, 680, 1280], {
        manual: true,
        fields: qqForm,
      }),
      ...series('原神 {n} 创世结晶', 'Genshin Impact {n} Genesis Crystals', '9.4', [60, 300, 980, 1980, 3280], {
        manual: true,
        fields: uidForm,
      }),
      ...series('崩坏：星穹铁道 {n} 古老梦华', 'Honkai: Star Rail {n} Oneiric Shards', '9.4', [60, 300, 980], {
        manual: true,
        fields: uidForm,
      }),
      ...single('原神 空月祝福', 'Genshin Impact Blessing of the Welkin Moon', '27.80', {
        manual: true,
        fields: uidForm,
      }),
      ...series('梦幻西游 {n} 元点卡直充', 'Fantasy Westward Journey CNY {n} Top-up', '94.5', [30, 50, 100], {
        manual: true,
        fields: accountForm,
      }),
    ],
  },
  {
    id: 15,
    parentId: 100,
    name: '海外手游',
    nameEn: 'Overseas Mobile Games',
    form: 'code',
    notices: ['兑换码请在游戏官方兑换页使用。', '国际服专用。'],
    sketches: [
      ...series('PUBG Mobile {n} UC', 'PUBG Mobile {n} UC', '10.9', [60, 325, 660, 1800, 3850]),
      ...series('Mobile Legends {n} 钻石', 'Mobile Legends {n} Diamonds', '12.4', [56, 112, 278, 570], {
        manual: true,
        fields: playerForm,
      }),
      ...series('Free Fire {n} 钻石', 'Free Fire {n} Diamonds', '7.1', [100, 310, 520, 1060]),
      ...series('Roblox 礼品卡 {n} 美元', 'Roblox Gift Card USD {n}', '722', [10, 25, 50]),
    ],
  },
  {
    id: 16,
    parentId: 100,
    name: '游戏会员与加速',
    nameEn: 'Game Passes and Boosters',
    form: 'key',
    notices: ['激活后立即开始计时。'],
    sketches: [
      ...periods('Xbox Game Pass 终极版', 'Xbox Game Pass Ultimate', {月卡: '79.00', 季卡: '228.00'}),
      ...periods('PlayStation Plus 一档港服', 'PlayStation Plus Essential Hong Kong', {
        月卡: '56.00',
        季卡: '138.00',
        年卡: '398.00',
      }),
      ...periods('Nintendo Switch Online 个人', 'Nintendo Switch Online Individual', {
        月卡: '18.50',
        季卡: '45.00',
        年卡: '118.00',
      }),
      ...kinds(
        'EA Play 会员 EA Play',
        'EA Play Membership',
        {月卡: '29.90', 年卡: '189.00'},
        {optionGroups: storeRegion},
      ),
      ...kinds('网易 UU 加速器', 'UU Game Booster', {周卡: '9.50', 月卡: '27.00', 季卡: '72.00', 年卡: '238.00'}),
      ...kinds('迅游加速器', 'Xunyou Game Booster', {月卡: '24.00', 季卡: '65.00', 年卡: '210.00'}),
    ],
  },
];
