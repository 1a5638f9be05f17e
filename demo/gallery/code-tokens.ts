export interface CodeToken {
  readonly kind: 'plain' | 'name' | 'text' | 'word';
  readonly text: string;
}

/** Texts in quotes; tags and the braces of a tag; words of JavaScript; custom properties. */
const pattern =
  /(?<text>"[^"\n]*"|'[^'\n]*')|(?<name><\/?[a-z][\w-]*|\/?>|--ks-[\w-]+)|(?<word>\b(?:import|from|export|function|return|type)\b)/g;

/** Splits the few lines of HTML, JSX, CSS or JavaScript that the gallery shows; together they are the code again. */
export function codeTokens(code: string): readonly CodeToken[] {
  const tokens: CodeToken[] = [];
  let done = 0;
  for (const {0: text, index, groups} of code.matchAll(pattern)) {
    const kind = (['text', 'name', 'word'] as const).find(each => groups?.[each] !== undefined)!;
    tokens.push({kind: 'plain', text: code.slice(done, index)}, {kind, text});
    done = index + text.length;
  }
  return [...tokens, {kind: 'plain', text: code.slice(done)} as const].filter(({text}) => text !== '');
}
