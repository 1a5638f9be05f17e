import * as v from 'valibot';
import type {Strike} from '../faults/fault-box.ts';
import type {Merchant, MerchantGroup} from '../platform/merchant.ts';
import type {Platform} from '../platform/platform.ts';
import {Refusal} from './refusal.ts';

/** One signed request, with everything an endpoint needs to answer it. */
export interface ApiCall {
  readonly platform: Platform;
  readonly merchant: Merchant;
  readonly group: MerchantGroup | undefined;
  readonly origin: string;
  readonly strike: Strike;
  readonly body: Readonly<Record<string, unknown>>;
  /** Lets other requests in between the checks and the transaction of a purchase. */
  readonly beforeCommit: () => Promise<void>;
}

/** @throws {Refusal} when the request does not say what it has to: every name has to be there. */
export function parse<Schema extends v.GenericSchema>(schema: Schema, {body}: ApiCall): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, body);
  if (!parsed.success) throw new Refusal('failed', `参数错误：${v.getDotPath(parsed.issues[0]) ?? ''}`);
  return parsed.output;
}
