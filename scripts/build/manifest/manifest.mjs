import {cli} from '@custom-elements-manifest/analyzer/cli.js';

/**
 * @typedef {{name: string, description?: string, type: {text: string}}} Item
 * @typedef {Item & {kind: 'field' | 'method'}} Member
 * @typedef {{name: string, tagName: string, module: string, summary?: string, description?: string, members: Member[],
 *   attributes?: Item[], events?: Item[], slots?: Item[], cssParts?: Item[], cssProperties?: Item[]}} ElementDeclaration
 */

/** The custom elements manifest of the sources as they are, as custom-elements-manifest.config.mjs describes it. */
export const createManifest = () =>
  cli({argv: ['analyze', '--config', 'custom-elements-manifest.config.mjs', '--quiet'], noWrite: true});

/**
 * The elements of a manifest, in the order of their tags, each with the module its class is in.
 *
 * @returns {ElementDeclaration[]}
 */
export const elementsOf = ({modules}) =>
  modules
    .flatMap(({path, declarations = []}) => declarations.map(declaration => ({...declaration, module: path})))
    .filter(({tagName}) => tagName !== undefined)
    .sort((left, right) => left.tagName.localeCompare(right.tagName));
