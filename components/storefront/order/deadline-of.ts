import {formatDate} from '../../shared/format.ts';

/** Beyond this, a time of day alone could be taken for the wrong day's. */
const soonMs = 12 * 3_600_000;

/** Until when something may be paid: as a time while that is near, with its day where it is not. A transfer has days. */
export function deadlineOf(moment: string, lang: string, now = Date.now()): string {
  const isSoon = Date.parse(moment) - now < soonMs;
  return formatDate(moment, lang, {...(!isSoon && {dateStyle: 'medium'}), timeStyle: 'short'});
}
