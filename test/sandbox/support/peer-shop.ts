import {cardsOf, catalogueOf, makeGood} from './goods.ts';

/** The goods of the recorded exchanges: the shop the protocol sheet was written from, rebuilt. */
export function peerCatalogue() {
  const numbered = (prefix: string, count: number): string[] =>
    Array.from({length: count}, (_, index) => `${prefix}-${String(index + 21).padStart(4, '0')}-AAAA-BBBB`);
  const plain = makeGood({
    id: 100,
    code: 'PLAIN00000000001',
    cover: '/assets/cache/PLAIN00000000001.svg',
    tiers: [
      {from: 5, price: '8.50'},
      {from: 10, price: '8.00'},
    ],
    tags: [{text: '热卖', color: 'red'}],
    leaveMessage: '请在 24 小时内使用',
  });
  const raceSku = makeGood({
    id: 101,
    code: 'RSKU000000000001',
    races: [
      {
        name: '月卡',
        price: '10.00',
        tiers: [
          {from: 5, price: '9.00'},
          {from: 10, price: '8.50'},
        ],
      },
      {name: '季卡', price: '27.5', tiers: []},
    ],
    optionGroups: [
      {
        name: '区服',
        options: [
          {name: '美区', surcharge: '0'},
          {name: '日区', surcharge: '2.00'},
        ],
      },
      {
        name: '时长',
        options: [
          {name: '标准', surcharge: '0'},
          {name: '加长', surcharge: '1.5'},
        ],
      },
    ],
  });
  const picked = makeGood({
    id: 102,
    code: 'DRAFT00000000001',
    price: '20.00',
    memberPrice: '18.00',
    pickable: true,
    pickPremium: '2.00',
  });
  const widget = makeGood({
    id: 113,
    code: 'WIDGET0000000001',
    fields: [
      {
        label: '游戏账号',
        name: 'account',
        placeholder: '请输入账号',
        type: 'text',
        pattern: '^.{3,}$',
        error: '账号错误',
        choices: [],
      },
      {
        label: '大区',
        name: 'area',
        placeholder: '',
        type: 'select',
        pattern: '',
        error: '',
        choices: [
          {label: '电信一区', value: 'dx1'},
          {label: '网通二区', value: 'wt2'},
        ],
      },
    ],
  });
  const manual = makeGood({
    id: 104,
    code: 'MANUAL0000000002',
    price: '20.00',
    memberPrice: '19.00',
    delivery: 'manual',
    manualStock: 20,
  });
  const cheap = {price: '1.80', memberPrice: '1.50'};
  const hidden = makeGood({...cheap, id: 105, code: 'HIDE000000000001', hidden: true});
  const noApi = makeGood({...cheap, id: 106, code: 'NOAPI00000000001', shared: false});
  const off = makeGood({...cheap, id: 107, code: 'OFF0000000000001', onSale: false});
  const soldOut = makeGood({...cheap, id: 108, code: 'SOLD000000000001'});
  const bulk = makeGood({id: 109, code: 'BULK000000000001', price: '0.30', memberPrice: '0.29'});
  const scarce = makeGood({id: 110, code: 'SCARCE0000000001', price: '0.08', memberPrice: '0.07'});
  const nested = makeGood({
    id: 111,
    code: 'NESTED0000000001',
    nested: {shopId: 3, code: 'FEDCBA9876543210'},
  });
  const broken = makeGood({id: 114, code: 'BROKEN0000000001', shared: false, settingsText: '[wholesale]\n5=a=b\n'});

  const goods = [plain, raceSku, picked, widget, manual, hidden, noApi, off, soldOut, bulk, scarce, nested, broken];
  const cards = [
    ...cardsOf(plain, numbered('STEAM', 40)),
    ...cardsOf(raceSku, ['RS-月卡-日区-加长-7', 'RS-2', 'RS-3', 'RS-4', 'RS-5', 'RS-6'], {
      race: '月卡',
      options: {区服: '日区', 时长: '加长'},
    }),
    ...cardsOf(raceSku, ['RS-美-1', 'RS-美-2'], {race: '月卡', options: {区服: '美区', 时长: '标准'}}).map(card => ({
      ...card,
      id: card.id + 50,
    })),
    {id: 107467, goodId: 102, secret: 'LUCKY-0001', cost: '0.00', state: 'unsold' as const},
    {id: 107468, goodId: 102, secret: 'LUCKY-0002', cost: '0.00', state: 'unsold' as const},
    {
      id: 107469,
      goodId: 102,
      secret: 'LUCKY-9999',
      teaser: '尾号9999',
      premium: '5.00',
      cost: '2.00',
      state: 'unsold' as const,
    },
    ...cardsOf(widget, ['C113-4', 'C113-5']),
    ...cardsOf(hidden, ['H-1']),
    ...cardsOf(noApi, ['N-1']),
    ...cardsOf(off, ['O-1']),
    ...cardsOf(bulk, ['BULK-00152', 'BULK-00153', 'BULK-00154', 'BULK-00155']),
    ...cardsOf(scarce, ['LAST-1']),
    ...cardsOf(nested, ['NEST-1', 'NEST-2', 'NEST-3']),
    ...cardsOf(broken, ['B-1']),
  ];
  return catalogueOf(goods, cards);
}
