import {readSecret, type CardSecret} from './card-secret.ts';

/** What came back from a platform for one purchase, checked before anybody is told it was delivered. */
export type Fulfilment =
  | {readonly kind: 'complete'; readonly cards: readonly CardSecret[]}
  | {readonly kind: 'short'; readonly cards: readonly CardSecret[]; readonly missing: number}
  | {readonly kind: 'placeholder'}
  | {readonly kind: 'empty'};

/**
 * Texts that platforms put where a card should be: an apology for an oversold good, or "being delivered, please wait".
 * A short Chinese sentence that ends in a full stop, or that names customer service or waiting, is prose, not a card;
 * unless it spells a card out, or says that what was ordered has been done: sellers add "ask us if it fails" to cards,
 * and a finished top-up is told in a sentence.
 * Source: acg-faka 3.6.0 (trade), and the field's other platforms.
 */
export function isPlaceholder(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed.length > longestPlaceholder || !/\p{Script=Han}/u.test(trimmed)) return false;
  const isProse =
    /联系客服|发货中|请稍|请耐心等待|抢走了/.test(trimmed) || /^[\p{Script=Han}\p{P}\s]+。$/u.test(trimmed);
  return isProse && !spellsCard(trimmed) && !saysDone(trimmed);
}

/** Whether a label is followed by what it names, or the text opens with a code; never where it excuses itself. */
function spellsCard(text: string): boolean {
  if (excuse.test(text)) return false;
  if (labelledSecret.test(text)) return true;
  const opening = /^[\x21-\x7e]{4,}/.exec(text)?.[0] ?? '';
  return isCode(opening) && !/^(?:qq|vx|wx|wechat|tg|tel)/i.test(opening);
}

function isCode(word: string): boolean {
  return (/[a-z]/i.test(word) && /\d/.test(word)) || /\d{12}/.test(word);
}

const labelledSecret =
  /(?:密码|卡号|卡密|激活码|兑换码|序列号|密钥|提取码|cdkey|cdk)\s*[:：=]?\s*[\x21-\x7e]{4,}|(?:兑换|提取|下载|激活|领取|网盘|课程)(?:链接|地址)\s*[:：]?\s*https?:\/\//i;
const excuse =
  /(?:充值|发货|下单|购买|处理|开通)失败|抱歉|对不起|退款|缺货|无货|售罄|错误|有误|不正确|请提供|请核对|发货中|处理中|请稍|耐心等待/;

/**
 * Whether a text says that a top-up or the like has been done, and is therefore all that the buyer gets. Sellers write
 * the same sentence into every such order; a text with a code in it is none.
 */
export function saysDone(text: string): boolean {
  const codes = text.match(/[\x21-\x7e]{6,}/g) ?? [];
  return text.trim().length <= longestPlaceholder && done.test(text) && !notDone.test(text) && !codes.some(isCode);
}

const done =
  /(?:充值|直充|代充|开通|办理|续费|发放)已?(?:成功|完成|完毕|到账)|已(?:经|为您|帮您|给您)?(?:成功)?(?:充值|开通|到账|续费|办理|发放)/;
const notDone = /失败|未|没|无法|不能|尚|正在|抱歉|对不起|退款|发货|请稍|等待|抢走了/;

const longestPlaceholder = 120;

/**
 * Checks a delivery of `ordered` pieces that came as one text with cards joined by line breaks.
 * A card may hold a line break itself: more lines than pieces are handed over as one text that holds all of them, so
 * that nothing is lost and nothing is cut in the wrong place. Otherwise every line is a card, or prose in a card's place.
 */
export function checkDelivery(text: string, ordered: number): Fulfilment {
  const trimmed = text.trim();
  if (trimmed === '') return {kind: 'empty'};
  if (ordered === 1) {
    return isPlaceholder(trimmed) ? {kind: 'placeholder'} : {kind: 'complete', cards: [readSecret(text)]};
  }
  const lines = trimmed.split(/\r\n|\r|\n/).filter(line => line.trim() !== '');
  const texts = lines.filter(line => !isPlaceholder(line));
  if (texts.length === 0 || isBrokenProse(trimmed, lines)) return {kind: 'placeholder'};
  // One sentence says that all pieces of a top-up are done.
  if (lines.length > ordered || (lines.length === 1 && saysDone(trimmed)))
    return {kind: 'complete', cards: [{kind: 'text', text}]};
  const cards = texts.map(readSecret);
  return cards.length === ordered ? {kind: 'complete', cards} : {kind: 'short', cards, missing: ordered - cards.length};
}

/** One apology over several lines: some of them show only together what they are. */
function isBrokenProse(text: string, lines: readonly string[]): boolean {
  return isPlaceholder(text) && lines.every(line => /^[\p{Script=Han}\p{P}\s]+$/u.test(line));
}
