/** Writes docs/elements/: one page per element, from the custom elements manifest of the sources. */
import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {elementDocuments} from './build/manifest/element-documents.mjs';
import {createManifest} from './build/manifest/manifest.mjs';

const folder = 'docs/elements';
const documents = await elementDocuments(await createManifest());
rmSync(folder, {recursive: true, force: true});
mkdirSync(folder, {recursive: true});
for (const [name, text] of Object.entries(documents)) writeFileSync(`${folder}/${name}`, text);
console.log(`${Object.keys(documents).length} files in ${folder}/`);
