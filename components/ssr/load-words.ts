import {languages} from '../storefront/languages/languages.ts';
import {browseWords, productWords, purchaseWords} from '../storefront/languages/word-packs.ts';

/** Loads what the elements say in every language: a server cannot draw them first and again when the words are there. */
export async function loadWords(): Promise<void> {
  const packs = [browseWords, productWords, purchaseWords];
  for (const lang of Object.keys(languages)) for (const pack of packs) await pack.load(lang);
}
