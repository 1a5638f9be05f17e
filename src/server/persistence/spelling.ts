/*
 * How a Chinese title is spelled, in one text that answers pinyin, initials and mixtures of both: every syllable begins
 * with a capital, and what is not Chinese stands as it is, each word with a capital, too. 王者荣耀 Steam 50 is
 * `WangZheRongYaoSteam50`. Buyers type small letters; a typed letter stands for the next letter of the syllable at
 * hand, or for the beginning of the next syllable. Titles in several languages are separated by spaces.
 *
 * Both stores search by these rules: one by `isSpelled`, the other by the same rules as a regular expression.
 */

/** A word that somebody typed as letters and digits: what may be a spelling. */
export function typedSpelling(word: string): string | undefined {
  const letters = word.replaceAll(/['’]/g, '');
  return /^[a-z0-9]*[a-z][a-z0-9]*$/.test(letters) ? letters : undefined;
}

/** Where in a spelling a typed word ends, for each way to read it; empty if it is not spelled so. */
function endsOf(spelling: string, typed: string, starts: readonly number[]): readonly number[] {
  let ends = starts;
  for (let index = 1; index < typed.length && ends.length > 0; index++) {
    const letter = typed[index]!;
    const next = new Set<number>();
    for (const end of ends) {
      if (spelling[end] === letter) next.add(end + 1);
      let start = end;
      while (isSmall(spelling[start])) start++;
      if (spelling[start] === letter.toUpperCase()) next.add(start + 1);
    }
    ends = [...next];
  }
  return ends;
}

/** @param typed small letters and digits, one at least, as `typedSpelling` answers it */
export function isSpelled(spelling: string, typed: string, {atStart = false} = {}): boolean {
  const first = typed[0]!.toUpperCase();
  const starts: number[] = [];
  for (let at = spelling.indexOf(first); at !== -1; at = spelling.indexOf(first, at + 1)) {
    if (!atStart || at === 0 || spelling[at - 1] === ' ') starts.push(at + 1);
  }
  return endsOf(spelling, typed, starts).length > 0;
}

/** The same as a regular expression for PostgreSQL. Letters and digits only, so nothing in it needs to be escaped. */
export function spellingPattern(typed: string, {atStart = false} = {}): string {
  const [first, ...rest] = typed;
  const next = rest.map(letter =>
    /\d/.test(letter) ? `[a-z]*${letter}` : `(?:${letter}|[a-z]*${letter.toUpperCase()})`,
  );
  return `${atStart ? '(?:^| )' : ''}${first!.toUpperCase()}${next.join('')}`;
}

function isSmall(letter: string | undefined): boolean {
  return letter !== undefined && letter >= 'a' && letter <= 'z';
}
