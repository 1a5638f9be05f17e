import {readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import ts from 'typescript';

/** What the sources of one element render and dispatch, read from their text: every state, not only those a test shows. */
export interface ElementSources {
  readonly parts: ReadonlySet<string>;
  /** Names of slots, drawn or looked for among the children; the default one is empty. */
  readonly slots: ReadonlySet<string>;
  /** Classes of the events it makes; of the browser's own kind, their types. */
  readonly events: ReadonlySet<string>;
  /** Elements that its templates hold. */
  readonly children: ReadonlySet<string>;
}

export function readElementSources(path: string): ElementSources {
  const sources = [...modulesOf(path)].map(module => readFileSync(module, 'utf8'));
  const all = (pattern: RegExp): string[] =>
    sources.flatMap(text => [...text.matchAll(pattern)].map(([, match]) => match ?? ''));
  if (all(/\spart=(\$)/g).length > 0) throw new Error(`${path} binds a whole part name: no tool can find such a part.`);
  return {
    parts: new Set([
      ...all(/\spart="([^"]*)"/g).flatMap(partNames),
      ...all(/\sexportparts="([^"]*)"/g).flatMap(names => names.split(', ')),
    ]),
    slots: new Set([...all(/<slot(?=[\s>])(?: name="([^"]*)")?/g), ...all(/\[slot=([a-z-]+)\]/g)]),
    events: new Set([...all(/new (Ks\w+Event)\(/g), ...all(/new Event\('([a-z]+)'\)/g)]),
    children: new Set(all(/<(ks-[a-z-]+)/g)),
  };
}

/** `category ${isCurrent ? 'current' : ''}` is two names, one of them sometimes. */
function partNames(written: string): string[] {
  const sometimes = [...written.matchAll(/'([^']*)'/g)].map(([, name]) => name!);
  return [...written.replace(/\$\{[^}]*\}/g, ' ').split(' '), ...sometimes].filter(name => name !== '');
}

/** The module and all that it runs of components/, other elements apart: those it registers in `define.ts`. */
function modulesOf(path: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(path)) return found;
  found.add(path);
  const {statements} = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
  for (const statement of statements) {
    if (!ts.isImportDeclaration(statement) || statement.importClause?.isTypeOnly) continue;
    const {text} = statement.moduleSpecifier as ts.StringLiteral;
    const imported = join(dirname(path), text);
    if (text.startsWith('.') && imported.startsWith('components/') && !/\.styles\.ts$/.test(imported)) {
      modulesOf(imported, found);
    }
  }
  return found;
}
