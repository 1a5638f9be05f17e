import {Hono, type Context} from 'hono';
import {escapeHtml, page} from '../payments/payment-page.ts';
import {pageLanguage, pageTexts, type PageLanguage} from '../payments/payment-texts.ts';
import {EpayRefusal, type EpayGateway, type EpayOrder} from './gateway.ts';
import {signed, type EpayFields} from './signature.ts';

/** Signs as the gateway and checks as it does; version 2 of the protocol only. */
export interface EpayRsa {
  sign(text: string): Promise<string>;
  verify(text: string, signature: string): Promise<boolean>;
}

export interface EpayHandlerOptions {
  readonly gateway: EpayGateway;
  /** Path that the gateway is served under, such as `/epay`. */
  readonly basePath: string;
  readonly now: () => number;
  readonly rsa?: EpayRsa;
}

/** Seconds that the timestamp of a signed question may be off. */
const clockSkew = 300;

/** The gateway over HTTP: `submit.php`, `mapi.php`, `api.php`, the same of version 2, and the buyer's page. */
export function createEpayHandler({gateway, basePath, now, rsa}: EpayHandlerOptions) {
  const app = new Hono().basePath(basePath);

  app.on(['GET', 'POST'], '/submit.php', async c =>
    toPage(c, async fields => {
      gateway.checkSign(fields);
      return gateway.create(fields);
    }),
  );

  app.on(['GET', 'POST'], '/mapi.php', async c =>
    answer(c, async () => {
      const fields = await fieldsOf(c);
      gateway.checkSign(fields);
      for (const name of ['type', 'clientip']) {
        if (!fields.get(name)) throw new EpayRefusal(`${name} 不能为空`);
      }
      const order = gateway.create(fields);
      return {code: 1, trade_no: order.tradeNo, [gateway.habits.pays]: payUrl(c, order)};
    }),
  );

  app.on(['GET', 'POST'], '/api.php', async c =>
    answer(c, async () => {
      const fields = await fieldsOf(c);
      if (fields.get('pid') !== gateway.pid || !gateway.isKey(fields.get('key')))
        return {code: -3, msg: '商户密钥错误'};
      const act = fields.get('act');
      if (act !== 'order' && act !== 'refund') return {code: -5, msg: 'No Act!'};
      const order = found(fields);
      if (act === 'refund') {
        if (gateway.habits.refunds === 'switched off') return {code: -2, msg: '未开启商户后台自助退款'};
        if (order) gateway.refund(order, fields.get('money') ?? '');
        return order ? {code: 0, msg: '退款成功'} : {code: -1, msg: '订单号不存在'};
      }
      return order ? {code: 1, msg: 'succ', ...row(order), status: order.status} : {code: -1, msg: '订单号不存在'};
    }),
  );

  app.on(['GET', 'POST'], '/api/pay/submit', async c =>
    toPage(c, async fields => {
      await checkRsa(fields);
      return gateway.create(fields);
    }),
  );

  app.post('/api/pay/create', async c =>
    answer(c, async () => {
      const fields = await fieldsOf(c);
      await checkRsa(fields);
      const order = gateway.create(fields);
      const kind = gateway.habits.pays === 'qrcode' ? 'qrcode' : 'jump';
      return signedAnswer({trade_no: order.tradeNo, pay_type: kind, pay_info: payUrl(c, order)});
    }),
  );

  app.post('/api/pay/query', async c =>
    answer(c, async () => {
      const fields = await fieldsOf(c);
      await checkRsa(fields);
      const order = found(fields);
      if (!order) return {code: -1, msg: '订单号不存在'};
      return signedAnswer({...row(order), status: String(order.status)});
    }),
  );

  app.post('/api/pay/refund', async c =>
    answer(c, async () => {
      const fields = await fieldsOf(c);
      await checkRsa(fields);
      const order = found(fields);
      if (!order) return {code: -1, msg: '订单号不存在'};
      if (gateway.habits.refunds === 'switched off') return {code: -2, msg: '未开启商户后台自助退款'};
      const {refunded = ''} = gateway.refund(order, fields.get('money') ?? '');
      return signedAnswer({trade_no: order.tradeNo, out_refund_no: fields.get('out_refund_no') ?? '', money: refunded});
    }),
  );

  app.get('/pay/:tradeNo', c => {
    const language = languageOf(c);
    const order = gateway.byTradeNo(c.req.param('tradeNo'));
    return order ? cashDesk(order, language) : c.notFound();
  });

  app.post('/pay/:tradeNo', c => {
    const order = gateway.byTradeNo(c.req.param('tradeNo'));
    if (!order) return c.notFound();
    const paid = order.status === 0 ? gateway.pay(order.tradeNo) : order;
    const target = paid.returnUrl.replaceAll('&amp;', '&');
    return c.redirect(`${target}${target.includes('?') ? '&' : '?'}${gateway.notice(paid)}`, 303);
  });

  return async (request: Request): Promise<Response> => app.fetch(request);

  /** Mistakes are pages, too, and all of them have the status of success. */
  async function toPage(c: Context, open: (fields: EpayFields) => Promise<EpayOrder>): Promise<Response> {
    try {
      return c.redirect(payUrl(c, await open(await fieldsOf(c))), 302);
    } catch (error) {
      if (!(error instanceof EpayRefusal)) throw error;
      const language = languageOf(c);
      return page(language, pageTexts[language], 'declined', `<h1>${escapeHtml(error.message)}</h1>`, 200);
    }
  }

  async function answer(c: Context, work: () => Promise<object>): Promise<Response> {
    try {
      return c.json(await work());
    } catch (error) {
      if (error instanceof EpayRefusal) return c.json({code: -1, msg: error.message});
      throw error;
    }
  }

  async function checkRsa(fields: EpayFields): Promise<void> {
    if (fields.get('pid') !== gateway.pid) throw new EpayRefusal('商户不存在！');
    const age = Math.abs(now() / 1000 - Number(fields.get('timestamp') || 0));
    if (age > clockSkew) throw new EpayRefusal('时间戳不正确');
    const isOurs = fields.get('sign_type') === 'RSA' && (await rsa?.verify(signed(fields), fields.get('sign') ?? ''));
    if (!isOurs) throw new EpayRefusal('签名校验失败，请返回重试！');
  }

  async function signedAnswer(fields: Readonly<Record<string, string>>): Promise<object> {
    const whole = {...fields, code: '0', msg: 'succ', timestamp: String(Math.floor(now() / 1000))};
    const sign = await rsa!.sign(signed(new Map(Object.entries(whole))));
    return {...whole, code: 0, sign, sign_type: 'RSA'};
  }

  function found(fields: EpayFields): EpayOrder | undefined {
    const tradeNo = fields.get('trade_no');
    return tradeNo ? gateway.byTradeNo(tradeNo) : gateway.byOutTradeNo(fields.get('out_trade_no') ?? '');
  }

  function payUrl(c: Context, order: EpayOrder): string {
    return `${new URL(c.req.url).origin}${basePath}/pay/${order.tradeNo}`;
  }

  function row({tradeNo, outTradeNo, type, name, money, param}: EpayOrder) {
    return {trade_no: tradeNo, out_trade_no: outTradeNo, type, pid: gateway.pid, name, money, param};
  }
}

/** PHP's `$_REQUEST`: the query, and the form over it. */
async function fieldsOf(c: Context): Promise<EpayFields> {
  const form = c.req.method === 'POST' ? await c.req.text() : '';
  return new Map([...new URL(c.req.url).searchParams, ...new URLSearchParams(form)]);
}

function cashDesk(order: EpayOrder, language: PageLanguage): Response {
  const texts = pageTexts[language];
  const isOpen = order.status === 0;
  const amount = new Intl.NumberFormat(language, {style: 'currency', currency: 'CNY'});
  return page(
    language,
    texts,
    isOpen ? 'pending' : 'paid',
    `<h1>${texts.title}</h1>
<p class="what">${order.name}</p>
<p class="label" id="amount-label">${texts.amount}</p>
<p class="amount" aria-labelledby="amount-label">${amount.format(order.money as Intl.StringNumericLiteral)}</p>
<dl>
<dt>${texts.state}</dt><dd class="status">${texts.status[isOpen ? 'pending' : 'paid']}</dd>
<dt>${texts.reference}</dt><dd>${escapeHtml(order.outTradeNo)}</dd>
</dl>
<form method="post"><button class="main">${isOpen ? texts.pay : texts.back}</button></form>
<p class="hint">${texts.sandboxHint}</p>`,
    200,
    new URL(order.returnUrl.replaceAll('&amp;', '&')).origin,
  );
}

const languageOf = (c: Context): PageLanguage =>
  pageLanguage(c.req.query('lang') ?? null, c.req.header('accept-language') ?? null);
