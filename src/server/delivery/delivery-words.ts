import {closestTag} from '../../domain/language.ts';
import {deliveryEn} from './delivery-words.en.ts';
import {deliveryZhCN, type DeliveryWords} from './delivery-words.zh-cn.ts';
import {deliveryZhTW} from './delivery-words.zh-tw.ts';

const languages = [deliveryZhCN, deliveryZhTW, deliveryEn];

/** The words for a buyer who reads `lang`: their own, else the closest there are, else English. */
export function deliveryWords(lang: string): DeliveryWords {
  const tag = closestTag(
    lang,
    languages.map(each => each.lang),
  );
  return languages.find(each => each.lang === tag) ?? deliveryEn;
}
