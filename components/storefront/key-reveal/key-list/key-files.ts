import {secretText} from '../../../../src/domain/card-secret.ts';
import {groupKeys, type NumberedKey} from './key-groups.ts';

/** All keys as a text file, each exactly as it is: the order, then each good with its note and its keys, one a line. */
export function keysText(keys: readonly NumberedKey[], heading: string): string {
  const parts = groupKeys(keys).map(group =>
    [group.title, ...(group.note ? [group.note] : []), ...group.keys.map(({key}) => secretText(key.secret))].join('\n'),
  );
  return [heading, ...parts].join('\n\n') + '\n';
}

/** The words of a table: its head line, and what stands in it for a key that was marked as used. */
export interface TableWords {
  readonly order: string;
  readonly columnGood: string;
  readonly columnNumber: string;
  readonly columnKey: string;
  readonly columnPassword: string;
  readonly columnNote: string;
  readonly columnUsed: string;
  readonly yes: string;
}

/** All keys as a table (RFC 4180). It begins with a byte order mark, without which Excel takes Chinese for Latin. */
export function keysTable(
  keys: readonly NumberedKey[],
  order: string,
  used: ReadonlySet<string>,
  words: TableWords,
): string {
  const head = [
    words.order,
    words.columnGood,
    words.columnNumber,
    words.columnKey,
    words.columnPassword,
    words.columnNote,
    words.columnUsed,
  ];
  const rows = keys.map(({key: {id, title, note = '', secret}, number}) => {
    const [first, second] =
      secret.kind === 'number_and_password' ? [secret.number, secret.password] : [secretText(secret), ''];
    const [before, after] = [
      [order, title],
      [first, second, note, used.has(id) ? words.yes : ''],
    ];
    return [...before.map(cell), number, ...after.map(cell)];
  });
  return '\uFEFF' + [head.map(cell), ...rows].map(row => row.join(',') + '\r\n').join('');
}

/** What a spreadsheet would run; the wide forms count there, too. */
const formula = /^[=+\-@＝＋－＠\p{Cc}]/u;
/** What a spreadsheet would take for a number, of which it keeps fifteen digits, or for a date. */
const numberLike = /^\d[\d\s.,:/eE+-]*$/;

function cell(text: string): string {
  let safe = text;
  // The usual guard: a spreadsheet shows what follows an apostrophe, or a tab, as it is.
  if (formula.test(text)) safe = `'${text}`;
  else if (numberLike.test(text)) safe = `\t${text}`;
  return /[",\r\n\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
