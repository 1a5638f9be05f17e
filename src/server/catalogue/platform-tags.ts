const most = 4;
const longest = 12;

/** Words that promise what only papers can: they wait until the shop has seen these. */
const needsEvidence =
  /官方|直供|直营|直充保|授权|正品|正规|源头|厂家|一手|品牌|认证|担保|保真|official|authori[sz]ed|genuine|licen[sc]ed|verified|certified|guarantee/i;

/** The words a platform pins to a good that a shop may repeat as the platform's own. */
export function platformTags(tags: readonly string[]): readonly string[] {
  const words = tags.map(tag => tag.replaceAll(/[\s\p{C}]+/gu, ' ').trim());
  const fitting = words.filter(word => word !== '' && [...word].length <= longest && !needsEvidence.test(word));
  return [...new Set(fitting)].slice(0, most);
}
