import {Hono} from 'hono';
import * as v from 'valibot';
import {money, MoneyError} from '../../domain/money.ts';
import {paymentFaults, platformFaults, type FaultOrder} from '../faults/fault.ts';
import type {FaultBox} from '../faults/fault-box.ts';
import type {PaymentProvider} from '../payments/payment-provider.ts';
import {isPaymentError} from '../payments/payment.ts';
import type {Good} from '../platform/good.ts';
import type {Platform} from '../platform/platform.ts';
import {yuan} from '../platform/wallets.ts';
import {isBearer} from './bearer.ts';
import {problem} from './problem.ts';

/** What tests and demos may turn while the sandbox runs. */
export interface SandboxSettings {
  /** Time between the checks of a purchase and its transaction; above 0 parallel purchases can oversell. */
  commitDelayMs: number;
}

export interface ControlHandlerOptions {
  readonly platform: Platform;
  readonly payments: PaymentProvider;
  readonly faults: FaultBox;
  readonly settings: SandboxSettings;
  readonly controlToken: string;
}

const wholeNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const decimalText = v.pipe(
  v.string(),
  v.check(text => {
    try {
      return !money(text, 'CNY').amount.startsWith('-');
    } catch (error) {
      if (error instanceof MoneyError) return false;
      throw error;
    }
  }, 'A decimal text from 0 with at most four decimals is needed.'),
);

const faultSchema = v.strictObject({
  fault: v.picklist([...platformFaults, ...paymentFaults]),
  endpoint: v.exactOptional(v.string()),
  times: v.exactOptional(v.nullable(v.pipe(wholeNumber, v.minValue(1)))),
  probability: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  goodCode: v.exactOptional(v.string()),
  delayMs: v.exactOptional(wholeNumber),
  amount: v.exactOptional(decimalText),
  percent: v.exactOptional(wholeNumber),
  extra: v.exactOptional(wholeNumber),
});

const stockSchema = v.strictObject({
  count: wholeNumber,
  race: v.exactOptional(v.string()),
  options: v.exactOptional(v.record(v.string(), v.string())),
});

const goodSchema = v.strictObject({
  price: v.exactOptional(decimalText),
  memberPrice: v.exactOptional(decimalText),
  onSale: v.exactOptional(v.boolean()),
  shared: v.exactOptional(v.boolean()),
  hidden: v.exactOptional(v.boolean()),
  title: v.exactOptional(v.string()),
});

const settingsSchema = v.strictObject({
  commitDelayMs: v.exactOptional(wholeNumber),
  deliverManualAfterMs: v.exactOptional(v.nullable(wholeNumber)),
});

/** The sandbox's own steering wheel under `/control`; no real platform has such a thing. */
export function createControlHandler(options: ControlHandlerOptions): (request: Request) => Promise<Response> {
  const {platform, payments, faults} = options;
  const app = new Hono().basePath('/control');

  app.use('*', async (context, next) => {
    if (isBearer(context.req.raw, options.controlToken)) return next();
    return problem(401, 'The control token is missing or wrong: send "Authorization: Bearer <token>".');
  });
  app.onError(error => {
    if (error instanceof v.ValiError) return problem(400, error.message);
    if (error instanceof RangeError) return problem(404, error.message);
    if (isPaymentError(error)) return problem(error.reason === 'absent' ? 404 : 409, error.message);
    throw error;
  });
  app.notFound(() => problem(404, 'The control surface has no such address.'));

  app.get('/faults', context => context.json(faults.list()));
  app.post('/faults', async context => {
    const order: FaultOrder = v.parse(faultSchema, await readJson(context.req.raw));
    return context.json(faults.arm(order), 201);
  });
  app.delete('/faults', () => {
    faults.clear();
    return empty();
  });
  app.delete('/faults/:id', context =>
    faults.clear(context.req.param('id')) ? empty() : problem(404, 'No such fault is armed.'),
  );

  app.get('/ledger', context => context.json(platform.ledger()));
  app.get('/goods', context => context.json(platform.goods().map(good => goodView(platform, good))));
  app.patch('/goods/:code', async context => {
    const change = v.parse(goodSchema, await readJson(context.req.raw));
    return context.json(goodView(platform, platform.changeGood(context.req.param('code'), change)));
  });
  app.put('/goods/:code/stock', async context => {
    const {count, ...choice} = v.parse(stockSchema, await readJson(context.req.raw));
    const code = context.req.param('code');
    platform.setStock(code, count, choice);
    return context.json(goodView(platform, platform.good(code)!));
  });

  app.post('/orders/:tradeNo/deliver', async context => {
    const {secret} = v.parse(v.strictObject({secret: v.exactOptional(v.string())}), await readJson(context.req.raw));
    return context.json(platform.deliver(context.req.param('tradeNo'), secret));
  });

  app.post('/wallets/:merchant/:movement{top-up|spend}', async context => {
    const {amount} = v.parse(v.strictObject({amount: decimalText}), await readJson(context.req.raw));
    const merchantId = Number(context.req.param('merchant'));
    const isTopUp = context.req.param('movement') === 'top-up';
    const {balance} = isTopUp
      ? platform.topUp(merchantId, yuan(amount))
      : platform.spendElsewhere(merchantId, yuan(amount));
    return context.json({balance});
  });
  app.put('/merchants/:merchant', async context => {
    const {banned} = v.parse(v.strictObject({banned: v.boolean()}), await readJson(context.req.raw));
    return context.json(platform.setBanned(Number(context.req.param('merchant')), banned));
  });

  app.patch('/settings', async context => {
    const change = v.parse(settingsSchema, await readJson(context.req.raw));
    if (change.commitDelayMs !== undefined) options.settings.commitDelayMs = change.commitDelayMs;
    if (change.deliverManualAfterMs === null) platform.settings = {};
    else if (change.deliverManualAfterMs !== undefined) {
      platform.settings = {deliverManualAfterMs: change.deliverManualAfterMs};
    }
    return context.json({...options.settings, ...platform.settings});
  });

  app.get('/payments', context => context.json({payments: payments.list(), notices: payments.notices()}));
  app.post('/payments/:id/:action{pay|decline|expire|pay-late|notify-again}', async context => {
    const id = context.req.param('id');
    const actions: Readonly<Record<string, () => Promise<unknown>>> = {
      pay: () => payments.pay(id),
      decline: () => payments.decline(id),
      expire: () => payments.expire(id),
      'pay-late': () => payments.payLate(id),
      'notify-again': () => payments.notifyAgain(id),
    };
    return Response.json(await actions[context.req.param('action')]!());
  });

  return async request => app.fetch(request);
}

/** An empty body reads as an empty object; one that is no JSON reads as nothing, which no schema takes. */
async function readJson(request: Request): Promise<unknown> {
  const text = await request.text();
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function empty(): Response {
  return new Response(null, {status: 204});
}

function goodView(platform: Platform, good: Good): unknown {
  return {...good, stock: platform.stock(good)};
}
