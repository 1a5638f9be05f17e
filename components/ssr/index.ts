/** For servers: the elements as HTML that a browser shows before any script has run. */
export {loadWords} from './load-words.ts';
export {renderElements, type RenderOptions} from './render-elements.ts';
export {styleHashes} from './style-hashes.ts';
