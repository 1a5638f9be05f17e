import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

export interface Finding {
  readonly name: string;
  readonly what: string;
  readonly baseline?: Buffer | undefined;
  readonly picture?: Buffer | undefined;
  readonly diff?: Buffer | undefined;
}

const folder = 'test/visual/report';

export function clearReport(): void {
  rmSync(folder, {recursive: true, force: true});
}

/** Puts the pictures side by side on a page; answers its path. */
export function writeReport(findings: readonly Finding[]): string {
  mkdirSync(folder, {recursive: true});
  const rows = findings.map(({name, what, ...pictures}) => {
    const cells = (['baseline', 'picture', 'diff'] as const).map(kind => {
      const content = pictures[kind];
      if (!content) return `<figure><figcaption>no ${kind}</figcaption></figure>`;
      const file = `${name}.${kind}.png`;
      writeFileSync(join(folder, file), content);
      return `<figure><figcaption>${kind}</figcaption><img src="${file}" alt=""></figure>`;
    });
    return `<section><h2>${name}</h2><p>${what}</p><div>${cells.join('')}</div></section>`;
  });
  const path = join(folder, 'index.html');
  writeFileSync(path, page(rows.join('\n')));
  return path;
}

const page = (content: string): string => `<!doctype html>
<meta charset="utf-8">
<title>What looks otherwise</title>
<style>
  body { font: 14px/1.5 system-ui, sans-serif; margin: 24px; background: #ececec; }
  section > div { display: flex; gap: 16px; align-items: flex-start; overflow-x: auto; }
  figure { margin: 0; } img { max-width: 620px; border: 1px solid #bbb; background: #fff; }
</style>
${content}
`;
