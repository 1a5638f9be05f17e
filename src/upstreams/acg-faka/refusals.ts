import type {FormField} from '../../domain/form-field.ts';
import type {RefusalReason, UpstreamError} from '../port.ts';

/** The answer to a `request_no` that has been used, by any merchant of the shop, in any letter case. */
export const referenceUsed = 'The request ID already exists';

/**
 * A reselling shop answers one of these when its own upstream could not be reached, also when only the stock refresh
 * after the sale failed: the order may be committed and charged. Since 3.7.2 a shop hides that it resells: it says the
 * second, and its catalogue no longer tells which goods are nested, so the words alone decide.
 * Source: acg-faka 3.7.2, app/Service/Bind/Shared.php and app/Util/SharedPayload.php.
 */
export function mayHideSale(message: string): boolean {
  return message.startsWith('连接失败') || message.startsWith('商品暂时无法购买');
}

/**
 * The refusals that come after the check for a used `request_no`. Only these prove, in the answer to a repeat, that the
 * first attempt did not buy. Of a nested good nothing does: the next shop's words are passed through, and it is asked
 * before that check.
 */
export function provesNothingBought(message: string, nested: boolean): boolean {
  if (nested) return false;
  return message === '余额不足' || message === 'You have been banned';
}

/**
 * What a refused purchase was refused for.
 * @param fields the good's fields, whose own error texts come back as the refusal; empty when they are not known.
 * @param nested a reselling shop passes its upstream's words through, so "no balance", "banned" and "wrong key" need not
 * be about our account, and waiting until we have mended it would be in vain.
 */
export function refusalReason(message: string, nested: boolean, fields: readonly FormField[] = []): RefusalReason {
  if (message !== '' && fields.some(field => field.error === message)) return 'field_not_accepted';
  const reason = table.find(([pattern]) => pattern.test(message))?.[1] ?? 'other';
  return nested && aboutAnAccount.has(reason) ? 'other' : reason;
}

const aboutAnAccount: ReadonlySet<RefusalReason> = new Set<RefusalReason>([
  'insufficient_balance',
  'account_blocked',
  'credentials',
]);

/** What a refused read was refused for. */
export function readRefusal(message: string): UpstreamError['reason'] {
  if (credentialsPattern.test(message)) return 'credentials';
  return /^(?:商品|订单)不存在/.test(message) || cardGone.test(message) ? 'absent' : 'refused';
}

/** The chosen card was sold, or never was one of this good. */
const cardGone = /^(?:预选的宝贝不存在|此宝贝已被他人抢走)$/;

const credentialsPattern = /^(?:商户ID不存在|密钥错误)$/;

const table: readonly (readonly [RegExp, RefusalReason])[] = [
  [/^库存不足$/, 'sold_out'],
  [cardGone, 'sold_out'],
  [/^余额不足$/, 'insufficient_balance'],
  [/^You have been banned$/, 'account_blocked'],
  [credentialsPattern, 'credentials'],
  [/^(?:商品不存在|当前商品已停售|该商品暂未上架|该商品未开放对接|抢购还未开始|抢购已结束)/, 'not_for_sale'],
  [/^(?:至少购买|本商品最少购买|本商品单次最多购买|该商品每人只能购买)/, 'quantity_not_allowed'],
  [/^(?:此商品类型不存在|此SKU不存在|请选择)|选择错误$/, 'choice_not_allowed'],
  [/^The current session is not secure/, 'field_not_accepted'],
];
