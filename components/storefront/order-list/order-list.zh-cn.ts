export const orderListZhCN = {
  title: '本机订单',
  none: '这台设备上还没有订单',
  noneHint: '在这台设备上下的单会列在这里。别处下的单，可以凭订单号、联系方式和查单密码查到。',
  placed: (date: string) => `${date} 下单`,
  reading: '正在读取…',
  unreadable: '暂时读不到',
  back: '返回订单列表',
  more: (count: number) => `再显示 ${count} 笔`,
  forget: '从本机移除',
  forgetOne: (number: string) => `从本机移除订单 ${number}`,
  forgetSure:
    '移除后，这台设备就打不开这笔订单了。设过查单密码的，以后可以查单找回；没有设的，请先保存好卡密。订单本身不受影响。',
  forgetYes: '移除',
  forgetNo: '保留',
  forgotten: '已从本机移除',
};

export type OrderListWords = typeof orderListZhCN;
