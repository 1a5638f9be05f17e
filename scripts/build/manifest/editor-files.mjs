import {getWebTypesData} from 'custom-element-jet-brains-integration';
import {getVsCodeCssCustomData, getVsCodeHtmlCustomData} from 'custom-element-vs-code-integration';
import {elementsOf} from './manifest.mjs';

/** The tokens are the same for every element: naming them all in each hint would hide what is its own. */
const options = {hideCssPropertiesDocs: true};

/**
 * What editors read of the elements, from the manifest: completion and hints in VS Code and in JetBrains' editors.
 *
 * @returns {Record<string, object>} content by file name
 */
export function editorFiles(manifest) {
  const css = JSON.parse(getVsCodeCssCustomData(manifest, options));
  css.properties = unique(css.properties);
  css.pseudoElements = partsOf(manifest).map(part => ({...part, name: `::part(${part.name})`}));

  const webTypes = JSON.parse(getWebTypesData(manifest, options));
  webTypes.contributions.css = {
    properties: unique(webTypes.contributions.css.properties),
    'pseudo-elements': partsOf(manifest).map(part => ({...part, name: `part(${part.name})`})),
  };

  return {
    'vscode.html-custom-data.json': JSON.parse(getVsCodeHtmlCustomData(manifest, options)),
    'vscode.css-custom-data.json': css,
    'web-types.json': webTypes,
  };
}

/** The generators repeat what several elements have. */
const unique = items => [...new Map(items.map(item => [item.name, item])).values()];

/** Each name of a part once, with what it is in every element that has it. */
function partsOf(manifest) {
  const parts = new Map();
  for (const {tagName, cssParts = []} of elementsOf(manifest)) {
    for (const {name, description} of cssParts) {
      parts.set(name, [...(parts.get(name) ?? []), `${tagName}: ${description}`]);
    }
  }
  return [...parts].map(([name, descriptions]) => ({name, description: descriptions.join('\n\n')}));
}
