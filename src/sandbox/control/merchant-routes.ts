import {Hono} from 'hono';
import * as v from 'valibot';
import {decimalText} from '../decimal-text.ts';
import type {Platform} from '../platform/platform.ts';
import {yuan} from '../platform/wallets.ts';
import {readJson, wholeNumber} from './read-json.ts';

const amountSchema = v.strictObject({amount: decimalText});

/** `/wallets`: prepaid money comes in, or leaves for something else. */
export function walletRoutes(platform: Platform): Hono {
  const app = new Hono();
  app.post('/:merchant/:movement{top-up|spend}', async context => {
    const {amount} = await readJson(context.req.raw, amountSchema);
    const merchantId = Number(context.req.param('merchant'));
    const isTopUp = context.req.param('movement') === 'top-up';
    const {balance} = isTopUp
      ? platform.topUp(merchantId, yuan(amount))
      : platform.spendElsewhere(merchantId, yuan(amount));
    return context.json({balance});
  });
  return app;
}

const merchantSchema = v.strictObject({
  banned: v.exactOptional(v.boolean()),
  groupId: v.exactOptional(wholeNumber),
});

/** `/merchants`: where each stands, and every movement of its wallet. */
export function merchantRoutes(platform: Platform): Hono {
  const app = new Hono();
  app.get('/', context => context.json(platform.merchants()));
  app.get('/:merchant', context => {
    const id = Number(context.req.param('merchant'));
    const standing = platform.standing(id);
    return context.json({...platform.merchant(id), standing});
  });
  app.get('/:merchant/movements', context => {
    const id = Number(context.req.param('merchant'));
    platform.standing(id);
    return context.json(platform.movementsOf(id));
  });
  app.put('/:merchant', async context => {
    const {banned, groupId} = await readJson(context.req.raw, merchantSchema);
    const id = Number(context.req.param('merchant'));
    if (groupId !== undefined) platform.setGroup(id, groupId);
    return context.json(banned === undefined ? platform.merchant(id) : platform.setBanned(id, banned));
  });
  return app;
}

const tierSchema = v.strictObject({
  id: wholeNumber,
  name: v.pipe(v.string(), v.nonEmpty()),
  discounts: v.array(
    v.strictObject({goodIds: v.union([v.literal('all'), v.array(wholeNumber)]), percent: decimalText}),
  ),
  monthlySales: v.exactOptional(decimalText),
});

/** `/tiers`: the groups there are, as a whole. */
export function tierRoutes(platform: Platform): Hono {
  const app = new Hono();
  app.get('/', context => context.json(platform.groups()));
  app.put('/', async context => {
    platform.setGroups(await readJson(context.req.raw, v.array(tierSchema)));
    return context.json(platform.groups());
  });
  return app;
}
