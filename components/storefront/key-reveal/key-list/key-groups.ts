import type {Key} from '../../../../src/contract/keys.ts';

/** A key and its place among all keys of the order, from 1: by it people speak of it. */
export interface NumberedKey {
  readonly key: Key;
  readonly number: number;
}

/** Keys of one order line that come with the same note. */
export interface KeyGroup {
  readonly title: string;
  readonly note: string | undefined;
  /** When they end, as RFC 3339. */
  readonly expiresAt: string | undefined;
  readonly keys: readonly NumberedKey[];
}

export function numberKeys(keys: readonly Key[]): readonly NumberedKey[] {
  return keys.map((key, index) => ({key, number: index + 1}));
}

/** Consecutive keys of one good under one head, so that a note is not repeated for each of 500 keys. */
export function groupKeys(keys: readonly NumberedKey[]): readonly KeyGroup[] {
  const groups: (KeyGroup & {readonly lineId: string; readonly keys: NumberedKey[]})[] = [];
  for (const numbered of keys) {
    const {lineId, title, note, expiresAt} = numbered.key;
    const last = groups.at(-1);
    if (last?.lineId === lineId && last.note === note && last.expiresAt === expiresAt) last.keys.push(numbered);
    else groups.push({lineId, title, note, expiresAt, keys: [numbered]});
  }
  return groups;
}
