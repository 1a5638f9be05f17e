import {phoneForm} from '../buyer-forms.ts';
import {series, single, type Shelf} from '../shelf.ts';

export const everydayShelves: readonly Shelf[] = [
  {
    id: 61,
    parentId: 600,
    name: '话费充值',
    nameEn: 'Phone Credit',
    form: 'token',
    notices: ['直充到手机号，一般 10 分钟内到账。', '月初月末高峰可能延迟，不支持催单。'],
    sketches: [
      ...series('中国移动话费 {n} 元', 'China Mobile Credit CNY {n}', '98.2', [30, 50, 100, 200], {
        manual: true,
        fields: phoneForm,
      }),
      ...series('中国联通话费 {n} 元', 'China Unicom Credit CNY {n}', '97.8', [30, 50, 100, 200], {
        manual: true,
        fields: phoneForm,
      }),
      ...series('中国电信话费 {n} 元', 'China Telecom Credit CNY {n}', '97.9', [30, 50, 100, 200], {
        manual: true,
        fields: phoneForm,
      }),
      ...single('全国流量 10GB 月包', 'Data 10 GB, 1 month', '23.00', {manual: true, fields: phoneForm}),
    ],
  },
  {
    id: 62,
    parentId: 600,
    name: '加油卡',
    nameEn: 'Fuel Cards',
    form: 'number_and_password',
    notices: ['登录加油 App 输入卡号与密码充值到主卡。'],
    sketches: [
      ...series('中石化加油卡 {n} 元', 'Sinopec Fuel Card CNY {n}', '98.8', [100, 200, 500, 1000]),
      ...series('中石油加油卡 {n} 元', 'PetroChina Fuel Card CNY {n}', '98.7', [100, 200, 500]),
    ],
  },
  {
    id: 63,
    parentId: 600,
    name: '生活服务',
    nameEn: 'Everyday Services',
    form: 'code',
    notices: ['兑换后凭预约短信到店。'],
    sketches: [
      ...single('洗车单次券', 'Car Wash, single', '23.80'),
      ...single('上门保洁 3 小时券', 'Home Cleaning, 3 hours', '118.00'),
      ...single('顺丰 12 元寄件券', 'SF Express Voucher CNY 12', '8.80', {minimum: 2}),
      ...single('鲜花单束配送券', 'Bouquet with Delivery', '66.00'),
      ...single('体检基础套餐', 'Basic Health Check', '268.00', {manual: true, fields: phoneForm}),
      ...single('洗牙单次券', 'Dental Cleaning', '98.00'),
      ...single('健身房周卡', 'Gym, 1 week', '59.00'),
      ...single('游泳馆单次票', 'Swimming Pool, single', '32.00'),
      ...single('云打印 100 页', 'Cloud Printing, 100 pages', '15.00'),
      // Goods of the tiers stand last: what other goods are like follows from their place.
      ...single('机场快速安检通道单次券', 'Airport Fast Track, single', '88.00', {exclusiveTo: 2}),
      ...single('高铁商务座候车厅单次券', 'Railway Business Lounge, single', '58.00', {exclusiveTo: 2}),
      ...single('五星酒店下午茶双人券', 'Hotel Afternoon Tea for Two', '198.00', {exclusiveTo: 3}),
    ],
  },
];
