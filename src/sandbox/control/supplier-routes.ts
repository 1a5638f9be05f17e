import {Hono} from 'hono';
import * as v from 'valibot';
import {decimalText} from '../decimal-text.ts';
import type {Platform} from '../platform/platform.ts';
import {goodView} from './good-routes.ts';
import {readJson, wholeNumber} from './read-json.ts';
import {commission, termsEntries} from './terms.ts';

const name = v.pipe(v.string(), v.trim(), v.nonEmpty());
const level = v.picklist([1, 2]);

const supplierSchema = v.strictObject({name, level, commission});
const supplierChangeSchema = v.strictObject({
  name: v.exactOptional(name),
  level: v.exactOptional(level),
  commission,
});

const draftSchema = v.strictObject({
  ...termsEntries,
  wholesalePrice: decimalText,
  title: name,
  code: v.exactOptional(v.pipe(v.string(), v.regex(/^[0-9A-Z]{16}$/, 'must be 16 capital letters and digits'))),
  titleEn: v.exactOptional(v.string()),
  categoryId: wholeNumber,
  description: v.exactOptional(v.string()),
  delivery: v.exactOptional(v.picklist(['automatic', 'manual'])),
  cardForm: v.exactOptional(v.picklist(['code', 'key', 'digits', 'number_and_password', 'link', 'token'])),
});

/** `/suppliers`: who they are, what they offer, what they are owed. */
export function supplierRoutes(platform: Platform): Hono {
  const {supply} = platform;
  const app = new Hono();
  app.get('/', context => context.json(platform.suppliers()));
  app.post('/', async context => {
    const {commission: rule, ...supplier} = await readJson(context.req.raw, supplierSchema);
    return context.json(supply.addSupplier({...supplier, ...(rule && {commission: rule})}), 201);
  });
  app.patch('/:id{\\d+}', async context => {
    const change = await readJson(context.req.raw, supplierChangeSchema);
    return context.json(supply.changeSupplier(Number(context.req.param('id')), change));
  });
  app.get('/:id{\\d+}/statement', context => {
    const month = v.parse(v.optional(v.pipe(v.string(), v.regex(/^\d{4}-\d\d$/))), context.req.query('month'));
    return context.json(supply.statement(Number(context.req.param('id')), month));
  });
  app.post('/:id{\\d+}/goods', async context => {
    const draft = await readJson(context.req.raw, draftSchema);
    return context.json(goodView(platform, supply.addGood(Number(context.req.param('id')), draft)), 201);
  });
  return app;
}
