import {Hono} from 'hono';
import * as v from 'valibot';
import {decimalText} from '../decimal-text.ts';
import type {Platform} from '../platform/platform.ts';
import {hasEnded} from '../platform/ticket.ts';
import {yuan} from '../platform/wallets.ts';
import {problem} from './problem.ts';
import {readJson, wholeNumber} from './read-json.ts';

/** `/orders`: what a person of the platform does with one. */
export function orderRoutes(platform: Platform): Hono {
  const app = new Hono();
  app.post('/:tradeNo/deliver', async context => {
    const {secret} = await readJson(context.req.raw, v.strictObject({secret: v.exactOptional(v.string())}));
    return context.json(platform.deliver(context.req.param('tradeNo'), secret));
  });
  app.post('/:tradeNo/refund', async context => {
    const {amount} = await readJson(context.req.raw, v.strictObject({amount: decimalText}));
    return context.json(platform.refund(context.req.param('tradeNo'), yuan(amount)));
  });
  return app;
}

const text = v.pipe(v.string(), v.maxLength(2000));

const ticketSchema = v.strictObject({
  merchantId: wholeNumber,
  tradeNo: v.string(),
  topic: v.pipe(text, v.nonEmpty()),
  text,
});

const messageSchema = v.strictObject({
  from: v.picklist(['merchant', 'supplier']),
  text: v.pipe(text, v.nonEmpty()),
});

const cardIds = v.exactOptional(v.array(wholeNumber));

const decisionSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('replace'),
    cardIds,
    secrets: v.exactOptional(v.array(v.pipe(v.string(), v.trim(), v.nonEmpty()))),
    text: v.exactOptional(text),
  }),
  v.strictObject({
    kind: v.literal('refund'),
    amount: v.exactOptional(decimalText),
    cardIds,
    text: v.exactOptional(text),
  }),
  v.strictObject({kind: v.literal('reject'), text: v.exactOptional(text)}),
]);

/** `/tickets`: merchants complain about orders, suppliers answer. */
export function ticketRoutes({tickets}: Platform): Hono {
  const app = new Hono();
  app.get('/', context => {
    const {supplier, merchant, running} = context.req.query();
    return context.json(
      tickets
        .all()
        .filter(({supplierId}) => supplier === undefined || String(supplierId) === supplier)
        .filter(({merchantId}) => merchant === undefined || String(merchantId) === merchant)
        .filter(ticket => running === undefined || !hasEnded(ticket)),
    );
  });
  app.post('/', async context => context.json(tickets.open(await readJson(context.req.raw, ticketSchema)), 201));
  app.get('/:id', context => {
    const ticket = tickets.find(Number(context.req.param('id')));
    return ticket ? context.json(ticket) : problem(404, 'There is no such ticket.');
  });
  app.post('/:id/messages', async context => {
    const message = await readJson(context.req.raw, messageSchema);
    return context.json(tickets.write(Number(context.req.param('id')), message.from, message.text));
  });
  app.post('/:id/decision', async context => {
    const {text: words, ...asked} = await readJson(context.req.raw, decisionSchema);
    const {amount, ...decision} = {amount: undefined, ...asked};
    const decided = amount === undefined ? decision : {...decision, amount: yuan(amount)};
    return context.json(tickets.decide(Number(context.req.param('id')), decided, words));
  });
  app.post('/:id/withdrawal', context => context.json(tickets.withdraw(Number(context.req.param('id')))));
  return app;
}
