import {Hono} from 'hono';
import * as v from 'valibot';
import {decimalText} from '../decimal-text.ts';
import type {Choice, Good} from '../platform/good.ts';
import type {Platform} from '../platform/platform.ts';
import {readCardLines} from './card-lines.ts';
import {readJson, wholeNumber} from './read-json.ts';
import {termsEntries} from './terms.ts';

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

/** `/goods`: what the operator changes, what its supplier asks for it, and its cards. */
export function goodRoutes(platform: Platform): Hono {
  const app = new Hono();
  app.get('/', context => context.json(platform.goods().map(good => goodView(platform, good))));
  app.patch('/:code', async context => {
    const change = await readJson(context.req.raw, goodSchema);
    return context.json(goodView(platform, platform.changeGood(context.req.param('code'), change)));
  });
  app.put('/:code/stock', async context => {
    const {count, ...choice} = await readJson(context.req.raw, stockSchema);
    const code = context.req.param('code');
    platform.setStock(code, count, choice);
    return context.json(goodView(platform, platform.good(code)!));
  });
  app.patch('/:code/terms', async context => {
    const terms = await readJson(context.req.raw, v.strictObject(termsEntries));
    return context.json(goodView(platform, platform.supply.setTerms(context.req.param('code'), terms)));
  });
  app.post('/:code/cards', async context => {
    const lines = await readCardLines(context.req.raw.body ?? new Blob([]).stream());
    const choice = choiceOf(new URL(context.req.url).searchParams);
    return context.json(platform.supply.addCards(context.req.param('code'), choice, lines));
  });
  return app;
}

/** `?race=月卡&option.区服=美区` */
function choiceOf(query: URLSearchParams): Choice {
  const race = query.get('race');
  const prefix = 'option.';
  const options = [...query].flatMap(([name, value]) =>
    name.startsWith(prefix) ? [[name.slice(prefix.length), value] as const] : [],
  );
  return {...(race !== null && {race}), ...(options.length > 0 && {options: Object.fromEntries(options)})};
}

/** `stock` is what is offered, `unsold` what lies there. */
export function goodView(platform: Platform, good: Good): unknown {
  return {...good, stock: platform.stock(good), unsold: platform.unsoldCount(good)};
}
