import {Hono} from 'hono';
import * as v from 'valibot';
import {isTransitionError} from '../../domain/transition.ts';
import type {FaultBox} from '../faults/fault-box.ts';
import type {PaymentProvider} from '../payments/payment-provider.ts';
import {isPaymentError} from '../payments/payment.ts';
import {Impossible} from '../platform/impossible.ts';
import type {Platform} from '../platform/platform.ts';
import {isBearer} from './bearer.ts';
import {UploadError} from './card-lines.ts';
import {faultRoutes} from './fault-routes.ts';
import {goodRoutes} from './good-routes.ts';
import {merchantRoutes, tierRoutes, walletRoutes} from './merchant-routes.ts';
import {orderRoutes, ticketRoutes} from './order-routes.ts';
import {paymentRoutes} from './payment-routes.ts';
import {problem} from './problem.ts';
import {readJson, wholeNumber} from './read-json.ts';
import {supplierRoutes} from './supplier-routes.ts';

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
    if (error instanceof v.ValiError) return problem(400, describe(error));
    if (error instanceof UploadError) return problem(400, error.message);
    if (error instanceof Impossible || isTransitionError(error)) return problem(409, error.message);
    if (error instanceof RangeError) return problem(404, error.message);
    if (isPaymentError(error)) return problem(error.reason === 'absent' ? 404 : 409, error.message);
    throw error;
  });
  app.notFound(() => problem(404, 'The control surface has no such address.'));

  app.get('/ledger', context => context.json(platform.ledger()));
  app.route('/faults', faultRoutes(faults));
  app.route('/goods', goodRoutes(platform));
  app.route('/suppliers', supplierRoutes(platform));
  app.route('/orders', orderRoutes(platform));
  app.route('/tickets', ticketRoutes(platform));
  app.route('/wallets', walletRoutes(platform));
  app.route('/merchants', merchantRoutes(platform));
  app.route('/tiers', tierRoutes(platform));
  app.route('/payments', paymentRoutes(payments));
  app.patch('/settings', async context => {
    const change = await readJson(context.req.raw, settingsSchema);
    if (change.commitDelayMs !== undefined) options.settings.commitDelayMs = change.commitDelayMs;
    if (change.deliverManualAfterMs === null) platform.settings = {};
    else if (change.deliverManualAfterMs !== undefined) {
      platform.settings = {deliverManualAfterMs: change.deliverManualAfterMs};
    }
    return context.json({...options.settings, ...platform.settings});
  });

  return async request => app.fetch(request);
}

/** Every mistake with its place. */
function describe({issues}: v.ValiError<v.GenericSchema>): string {
  return issues
    .map(issue => {
      const path = v.getDotPath(issue);
      return path === null ? issue.message : `${path}: ${issue.message}`;
    })
    .join('\n');
}
