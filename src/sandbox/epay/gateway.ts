import type {Clock} from '../clock.ts';
import type {Random} from '../random.ts';
import {md5Sign} from './signature.ts';

/** One payment at the gateway. */
export interface EpayOrder {
  readonly tradeNo: string;
  readonly outTradeNo: string;
  readonly type: string;
  readonly name: string;
  /** Two decimals, as a text; the gateway itself reckons in floats. */
  readonly money: string;
  readonly notifyUrl: string;
  readonly returnUrl: string;
  readonly param: string;
  /** 0 unpaid, 1 paid, 2 refunded, 3 frozen, 4 reserved. */
  readonly status: 0 | 1 | 2 | 3 | 4;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly paidAt?: number;
  /** What went back. */
  readonly refunded?: string;
}

/** How gateways differ from the one whose source is known. */
export interface EpayHabits {
  /** Notices come as a form. */
  notifyByPost: boolean;
  /** The name in notices: as given, the word `product`, or none at all. */
  notifiedName: 'given' | 'product' | 'none';
  /** Notices that the next changes send nobody: a firewall, a missing cron. */
  loseNotices: boolean;
  /** Whether its operator lets merchants give money back by the API. */
  refunds: 'allowed' | 'switched off';
  /** What `mapi.php` answers with. */
  pays: 'payurl' | 'qrcode';
}

export interface EpayGatewayOptions {
  readonly pid: string;
  readonly key: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly fetch: (request: Request) => Promise<Response>;
  readonly onChange?: () => void;
  readonly orders?: readonly EpayOrder[];
}

/** What is wrong with a request, in the gateway's words. */
export class EpayRefusal extends Error {
  override readonly name = 'EpayRefusal';
}

/** A number may come back with the same content for so long; later it is a new order. */
const reuseMs = 10 * 24 * 60 * 60 * 1000;
/** Minutes after payment at which a notice that was not answered by "success" is sent again. */
const retryMinutes = [1, 3, 20, 60, 120] as const;
const answerTimeoutMs = 10_000;

/** A payment gateway that speaks epay (易支付) and takes no money: somebody says what the buyer did. */
export class EpayGateway {
  readonly habits: EpayHabits = {
    notifyByPost: false,
    notifiedName: 'given',
    loseNotices: false,
    refunds: 'allowed',
    pays: 'payurl',
  };
  readonly pid: string;
  readonly #options: EpayGatewayOptions;
  readonly #orders: Map<string, EpayOrder>;
  readonly #timers = new Set<() => void>();
  readonly #running = new Set<Promise<void>>();

  constructor(options: EpayGatewayOptions) {
    this.pid = options.pid;
    this.#options = options;
    this.#orders = new Map(options.orders?.map(order => [order.tradeNo, order]));
  }

  close(): void {
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
  }

  /** Resolves once no notice is being sent; those that wait for their time do not count. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  list(): readonly EpayOrder[] {
    return [...this.#orders.values()];
  }

  byTradeNo(tradeNo: string): EpayOrder | undefined {
    return this.#orders.get(tradeNo);
  }

  byOutTradeNo(outTradeNo: string): EpayOrder | undefined {
    return this.list().findLast(order => order.outTradeNo === outTradeNo);
  }

  /** @throws {EpayRefusal} */
  checkSign(fields: ReadonlyMap<string, string>): void {
    if (fields.get('pid') !== this.pid) throw new EpayRefusal('商户不存在！');
    if (fields.get('sign') !== md5Sign(fields, this.#options.key)) throw new EpayRefusal('签名校验失败，请返回重试！');
  }

  isKey(key: string | undefined): boolean {
    return key === this.#options.key;
  }

  /** Opens a payment or finds the one of the same number and content. @throws {EpayRefusal} */
  create(fields: ReadonlyMap<string, string>): EpayOrder {
    const field = (name: string) => fields.get(name) ?? '';
    const outTradeNo = field('out_trade_no');
    if (!/^[\w.|-]{1,150}$/.test(outTradeNo)) throw new EpayRefusal('订单号(out_trade_no)格式不正确');
    if (!/^\d+(\.\d{1,2})?$/.test(field('money')) || Number(field('money')) <= 0) throw new EpayRefusal('金额不合法');
    for (const name of ['name', 'notify_url', 'return_url']) {
      if (field(name) === '') throw new EpayRefusal(`${name} 不能为空`);
    }
    const {clock, random} = this.#options;
    const now = clock.now();
    const asked = {
      outTradeNo,
      type: field('type'),
      // What is stored went through a filter against HTML.
      name: escaped(field('name')).slice(0, 127),
      money: twoDecimals(field('money')),
      notifyUrl: escaped(field('notify_url')),
      returnUrl: escaped(field('return_url')),
      param: escaped(field('param')),
    };
    const known = this.byOutTradeNo(outTradeNo);
    if (known && now - known.createdAt < reuseMs) {
      if (known.status !== 0) throw new EpayRefusal('该订单已支付，请勿重复支付');
      const isSame = (['name', 'money', 'notifyUrl', 'returnUrl', 'param'] as const).every(
        name => known[name] === asked[name],
      );
      if (!isSame) throw new EpayRefusal('该订单号已存在，且订单信息不一致');
      return known;
    }
    const digits = Math.floor(random.next() * 1e5);
    const order: EpayOrder = {
      ...asked,
      tradeNo: `${timeDigits(now)}${String(digits).padStart(5, '0')}`,
      status: 0,
      createdAt: now,
    };
    this.#put(order);
    return order;
  }

  /** The buyer pays. The notice goes out at once, and again until "success" stands in an answer. */
  pay(tradeNo: string): EpayOrder {
    const paid: EpayOrder = {...this.#must(tradeNo), status: 1, paidAt: this.#options.clock.now()};
    this.#put(paid);
    if (!this.habits.loseNotices) void this.#track(this.#notify(tradeNo, 0));
    return paid;
  }

  /** A merchant gives money back: once, all of it or a part. @throws {EpayRefusal} */
  refund(order: EpayOrder, money: string): EpayOrder {
    if (order.status !== 1) throw new EpayRefusal('订单状态不支持退款');
    if (!/^\d+(\.\d{1,2})?$/.test(money) || Number(money) <= 0 || Number(money) > Number(order.money))
      throw new EpayRefusal('退款金额不正确');
    const refunded: EpayOrder = {...order, status: 2, refunded: twoDecimals(money)};
    this.#put(refunded);
    return refunded;
  }

  /** An operator moves a payment: refunded, frozen, reserved. */
  mark(tradeNo: string, status: 2 | 3 | 4): EpayOrder {
    const marked: EpayOrder = {...this.#must(tradeNo), status};
    this.#put(marked);
    return marked;
  }

  /** The query that notice and return carry, with every quirk: the money is printed as a float prints. */
  notice(order: EpayOrder): URLSearchParams {
    const {notifiedName} = this.habits;
    const fields = new Map([
      ['pid', this.pid],
      ['trade_no', order.tradeNo],
      ['out_trade_no', order.outTradeNo],
      ['type', order.type],
      ...(notifiedName === 'none' ? [] : ([['name', notifiedName === 'product' ? 'product' : order.name]] as const)),
      ['money', String(Number(order.money))],
      ['trade_status', 'TRADE_SUCCESS'],
      ...(order.param === '' ? [] : ([['param', order.param]] as const)),
    ]);
    const query = new URLSearchParams([...fields]);
    query.set('sign', md5Sign(fields, this.#options.key));
    query.set('sign_type', 'MD5');
    return query;
  }

  async #notify(tradeNo: string, tries: number): Promise<void> {
    const order = this.#must(tradeNo);
    if (await this.#isAnswered(order)) return;
    const minutes = retryMinutes[tries];
    if (minutes === undefined) return;
    const wait = (order.paidAt ?? 0) + minutes * 60_000 - this.#options.clock.now();
    const cancel = this.#options.clock.after(Math.max(0, wait), () => {
      this.#timers.delete(cancel);
      void this.#track(this.#notify(tradeNo, tries + 1));
    });
    this.#timers.add(cancel);
  }

  async #isAnswered(order: EpayOrder): Promise<boolean> {
    const query = this.notice(order);
    // Only the entity it made itself is taken back, as a browser would.
    const url = order.notifyUrl.replaceAll('&amp;', '&');
    const joined = `${url}${url.includes('?') ? '&' : '?'}${query}`;
    const init = {redirect: 'manual', signal: AbortSignal.timeout(answerTimeoutMs)} as const;
    try {
      const answer = await this.#options.fetch(
        this.habits.notifyByPost ? new Request(url, {...init, method: 'POST', body: query}) : new Request(joined, init),
      );
      // Anywhere in the body, whatever the status.
      return /success|SUCCESS|Success/.test(await answer.text());
    } catch {
      return false;
    }
  }

  async #track(work: Promise<void>): Promise<void> {
    this.#running.add(work);
    try {
      await work;
    } finally {
      this.#running.delete(work);
    }
  }

  #put(order: EpayOrder): void {
    this.#orders.set(order.tradeNo, order);
    this.#options.onChange?.();
  }

  #must(tradeNo: string): EpayOrder {
    const order = this.#orders.get(tradeNo);
    if (!order) throw new EpayRefusal('订单号不存在');
    return order;
  }
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function twoDecimals(money: string): string {
  const [whole = '0', fraction = ''] = money.split('.');
  return `${whole}.${fraction.padEnd(2, '0')}`;
}

/** `YmdHis`, as a gateway in China prints it. */
function timeDigits(now: number): string {
  return new Date(now + 8 * 3_600_000).toISOString().replace(/\D/g, '').slice(0, 14);
}
