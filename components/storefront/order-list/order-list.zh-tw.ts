import type {OrderListWords} from './order-list.zh-cn.ts';

export const orderListZhTW: OrderListWords = {
  title: '本機訂單',
  none: '這台裝置上還沒有訂單',
  noneHint: '在這台裝置上下的訂單會列在這裡。在別處下的訂單，可以用訂單編號、聯絡方式和查詢密碼找到。',
  placed: date => `${date} 下單`,
  reading: '讀取中…',
  unreadable: '暫時無法讀取',
  back: '返回訂單列表',
  more: count => `再顯示 ${count} 筆`,
  forget: '從本機移除',
  forgetOne: number => `從本機移除訂單 ${number}`,
  forgetSure:
    '移除後，這台裝置就無法再開啟這筆訂單。設過查詢密碼的，之後可以查詢找回；沒有設的，請先存好序號。訂單本身不受影響。',
  forgetYes: '移除',
  forgetNo: '保留',
  forgotten: '已從本機移除',
};
