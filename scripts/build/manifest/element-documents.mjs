import {format} from 'prettier';
import {elementPage, overviewPage} from './element-page.mjs';
import {elementsOf} from './manifest.mjs';
import {designTokens} from './tokens.mjs';

/** @returns {Promise<Record<string, string>>} the text of each file of docs/elements/, by file name */
export async function elementDocuments(manifest) {
  const elements = elementsOf(manifest);
  const context = {tokens: designTokens(), events: eventClasses(manifest)};
  const pages = {
    'README.md': overviewPage(elements, context),
    ...Object.fromEntries(elements.map(element => [`${element.tagName}.md`, elementPage(element, context)])),
  };
  const formatted = Object.entries(pages).map(async ([name, text]) => [
    name,
    await format(text, {parser: 'markdown', printWidth: 120, embeddedLanguageFormatting: 'off'}),
  ]);
  return Object.fromEntries(await Promise.all(formatted));
}

const eventClasses = ({modules}) =>
  new Map(modules.flatMap(({declarations = []}) => declarations.map(declaration => [declaration.name, declaration])));
