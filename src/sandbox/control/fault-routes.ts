import {Hono} from 'hono';
import * as v from 'valibot';
import {decimalText} from '../decimal-text.ts';
import {faultNames, type FaultOrder} from '../faults/fault.ts';
import type {FaultBox} from '../faults/fault-box.ts';
import {problem} from './problem.ts';
import {readJson, wholeNumber} from './read-json.ts';

const faultSchema = v.strictObject({
  fault: v.picklist(faultNames),
  protocol: v.exactOptional(v.string()),
  endpoint: v.exactOptional(v.string()),
  times: v.exactOptional(v.nullable(v.pipe(wholeNumber, v.minValue(1)))),
  probability: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  nth: v.exactOptional(v.array(v.pipe(wholeNumber, v.minValue(1)))),
  every: v.exactOptional(v.pipe(wholeNumber, v.minValue(1))),
  from: v.exactOptional(wholeNumber),
  until: v.exactOptional(wholeNumber),
  goodCode: v.exactOptional(v.string()),
  delayMs: v.exactOptional(wholeNumber),
  amount: v.exactOptional(decimalText),
  percent: v.exactOptional(wholeNumber),
  extra: v.exactOptional(wholeNumber),
  bytes: v.exactOptional(wholeNumber),
  seconds: v.exactOptional(v.pipe(v.number(), v.safeInteger())),
});

/** `/faults`: armed, listed and cleared one by one. */
export function faultRoutes(faults: FaultBox): Hono {
  const app = new Hono();
  app.get('/', context => context.json(faults.list()));
  app.post('/', async context => {
    const order: FaultOrder = await readJson(context.req.raw, faultSchema);
    return context.json(faults.arm(order), 201);
  });
  app.delete('/', context => {
    faults.clear();
    return context.body(null, 204);
  });
  app.delete('/:id', context =>
    faults.clear(context.req.param('id')) ? context.body(null, 204) : problem(404, 'No such fault is armed.'),
  );
  return app;
}
