import type {Ticket} from '../../../src/contract/ticket.ts';
import {formatDate} from '../../shared/format.ts';
import type {TicketWords} from './ticket.zh-cn.ts';

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** How far off a moment is, in words: `in 23 hours`. */
export function timeLeft(moment: string, now: number, lang: string): string {
  const left = Date.parse(moment) - now;
  // From two days on in days, from two hours on in hours: "1 day" may mean nearly two.
  const [unit, size] = units.find(([, each]) => Math.abs(left) >= 2 * each) ?? units[2];
  return new Intl.RelativeTimeFormat(lang, {numeric: 'always'}).format(Math.trunc(left / size), unit);
}

/** Until when whoever is next should act, as a time and as words. Empty once a ticket is closed. */
export function deadlineText(
  {deadline, overdue, state}: Ticket,
  now: number,
  words: TicketWords,
  lang: string,
): string {
  if (!deadline) return '';
  const moment = formatDate(deadline, lang);
  if (overdue) return words.overdue(moment);
  const left = timeLeft(deadline, now, lang);
  if (state === 'waiting_for_buyer') return words.buyerUntil(moment, left);
  return state === 'resolved' ? words.objectUntil(moment, left) : words.shopUntil(moment, left);
}
