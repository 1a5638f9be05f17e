import {readFileSync} from 'node:fs';

const documented = /^ \* @cssproperty (--ks-[a-z-]+) - (.+)$/gm;

/** The custom properties that every element with a look reads, as components/shared/tokens.ts documents them. */
export function designTokens() {
  const source = readFileSync('components/shared/tokens.ts', 'utf8');
  return [...source.matchAll(documented)].map(([, name, description]) => ({
    name,
    description,
    ...defaultOf(name, source),
  }));
}

/** The value in the light; what is not a value of its own is described. */
function defaultOf(name, source) {
  const [, value] = new RegExp(`var\\(${name}, ([^;]+)\\);`).exec(source) ?? [];
  return value && !value.includes('var(') ? {default: value} : {};
}
