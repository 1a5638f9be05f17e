import {readFileSync} from 'node:fs';

/** What stands between two fences of a document. */
export interface CodeBlock {
  /** The word behind the opening fence; empty where there is none. */
  readonly language: string;
  readonly text: string;
}

export function codeBlocks(path: string, language?: string): readonly CodeBlock[] {
  const blocks = [...readFileSync(path, 'utf8').matchAll(/^```(\w*)\n(.*?)^```$/gms)];
  return blocks
    .map(([, word, text]) => ({language: word!, text: text!}))
    .filter(block => language === undefined || block.language === language);
}

/** The commands a document tells its reader to type, in order. */
export function commands(path: string): readonly string[] {
  return codeBlocks(path, 'sh').flatMap(({text}) => text.trim().split('\n'));
}

/** The code in the first column of the table whose first column has this title. */
export function firstColumn(path: string, title: string): readonly string[] {
  const table = new RegExp(`^\\| ${title} +\\|.*\\n\\|[ :|-]+\\n((?:\\|.*\\n)+)`, 'm').exec(readFileSync(path, 'utf8'));
  if (!table) throw new Error(`${path} has no table whose first column is "${title}".`);
  return [...table[1]!.matchAll(/^\| `([^`]+)`/gm)].map(([, code]) => code!);
}

/** Every piece of code inside the sentences of a document, in order. */
export function inlineCode(path: string): readonly string[] {
  const prose = readFileSync(path, 'utf8').replaceAll(/^```\w*\n.*?^```$/gms, '');
  return [...prose.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code!);
}
