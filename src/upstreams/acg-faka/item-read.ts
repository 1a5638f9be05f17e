import * as v from 'valibot';
import {UpstreamError} from '../port.ts';
import {category, goodName} from './answers.ts';
import type {Read} from './reader.ts';
import type {CallBounds} from '../exchange.ts';

/**
 * One good as `item` gives it. Before 3.1.2 the parameter had another name, and the answer was the catalogue with
 * nothing but that good in it. Source: acg-faka, app/Controller/Shared/Commodity.php before and after 3.1.2.
 * @throws {UpstreamError}
 */
export async function readItem(read: Read, code: string, bounds: CallBounds): Promise<unknown> {
  try {
    return await read('commodity/item', [['code', code]], v.unknown(), bounds);
  } catch (error) {
    if (!missesItsCode(error)) throw error;
    const shelf = await read('commodity/item', [['sharedCode', code]], v.array(category), bounds);
    const record = shelf.flatMap(({children}) => children).find(child => codeOf(child) === code);
    if (record === undefined) throw new UpstreamError('absent', `commodity/item knows no good ${code}.`);
    return record;
  }
}

function missesItsCode(error: unknown): boolean {
  return error instanceof UpstreamError && error.reason === 'refused' && error.message.includes('对接CODE不能为空');
}

function codeOf(record: unknown): string {
  const name = v.safeParse(goodName, record);
  return name.success ? name.output.code : '';
}
