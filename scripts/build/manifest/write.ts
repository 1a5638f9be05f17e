/** Writes into dist/ the custom elements manifest and what editors and assistants read of it. */
import {mkdirSync, writeFileSync} from 'node:fs';
import {editorFiles} from './editor-files.mjs';
import {llmsText} from './llms.mjs';
import {createManifest} from './manifest.mjs';

const manifest = await createManifest();
const files = {'custom-elements.json': manifest, ...editorFiles(manifest)};
mkdirSync('dist', {recursive: true});
for (const [name, content] of Object.entries(files)) {
  writeFileSync(`dist/${name}`, `${JSON.stringify(content, null, 2)}\n`);
}
writeFileSync('dist/llms.txt', llmsText(manifest));
