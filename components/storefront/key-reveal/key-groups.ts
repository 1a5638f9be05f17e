import type {Key} from '../../../src/contract/keys.ts';
import {secretText} from '../../../src/domain/card-secret.ts';

/** Keys of one order line that come with the same note. */
export interface KeyGroup {
  readonly title: string;
  readonly note: string | undefined;
  readonly keys: readonly Key[];
}

/** Consecutive keys of one good under one head, so that a note is not repeated for each of 500 keys. */
export function groupKeys(keys: readonly Key[]): readonly KeyGroup[] {
  const groups: (KeyGroup & {lineId: string; keys: Key[]})[] = [];
  for (const key of keys) {
    const {lineId, title, note} = key;
    const last = groups.at(-1);
    if (last?.lineId === lineId && last.note === note) last.keys.push(key);
    else groups.push({lineId, title, note, keys: [key]});
  }
  return groups;
}

/** All keys as a text file: the order, then each good with its note and its keys, one a line. */
export function keysFile(keys: readonly Key[], heading: string): string {
  const parts = groupKeys(keys).map(group =>
    [group.title, ...(group.note ? [group.note] : []), ...group.keys.map(key => secretText(key.secret))].join('\n'),
  );
  return [heading, ...parts].join('\n\n') + '\n';
}
