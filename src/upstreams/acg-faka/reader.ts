import type * as v from 'valibot';
import {UpstreamError} from '../port.ts';
import {readAnswer} from '../answer-schemas.ts';
import type {EndpointMemory} from './endpoint-memory.ts';
import {readRefusal} from './refusals.ts';
import type {FormFields} from './sign.ts';
import type {CallBounds} from '../exchange.ts';
import type {Call} from './transport.ts';

/**
 * Asks a read endpoint and checks the data of its answer.
 * @throws {UpstreamError} also when the shop says no: `refused`, `absent`, `credentials`.
 */
export type Read = <Schema extends v.GenericSchema>(
  endpoint: string,
  fields: FormFields,
  schema: Schema,
  bounds: CallBounds,
) => Promise<v.InferOutput<Schema>>;

export function createReader(call: Call, memory: EndpointMemory): Read {
  return async (endpoint, fields, schema, bounds) => {
    const answer = await call(endpoint, fields, bounds);
    if (answer.kind === 'success') {
      memory.saw(endpoint);
      return readAnswer(endpoint, schema, answer.data);
    }
    const reason = readRefusal(answer.message);
    // Wrong credentials may be told before the shop looks whether it has the endpoint at all.
    if (reason !== 'credentials') memory.saw(endpoint);
    throw new UpstreamError(reason, `${endpoint} was refused: ${answer.message || 'no reason given'}`);
  };
}
