/** What a buyer pays for (卡密). Exactly one form per card; texts are verbatim from the platform. */
export type CardSecret =
  | {readonly kind: 'code'; readonly code: string}
  | {readonly kind: 'number_and_password'; readonly number: string; readonly password: string}
  | {readonly kind: 'link'; readonly url: string}
  | {readonly kind: 'image'; readonly mediaType: string; readonly base64: string}
  | {readonly kind: 'text'; readonly text: string};

/** The text a buyer copies: what the card says, without our labels where one value is all there is. */
export function secretText(secret: CardSecret): string {
  switch (secret.kind) {
    case 'code':
      return secret.code;
    case 'number_and_password':
      return `${secret.number} ${secret.password}`;
    case 'link':
      return secret.url;
    case 'image':
      return `data:${secret.mediaType};base64,${secret.base64}`;
    case 'text':
      return secret.text;
  }
}

const linkPattern = /^https?:\/\/\S+$/;
const picturePattern = /^data:(image\/(?:png|jpeg|webp|gif));base64,([A-Za-z0-9+/]+={0,2})$/;
const pairPattern = /^卡号[：:]\s*([^\s,，;；]+)[\s,，;；]+(?:密码|卡密)[：:]\s*(\S+)$/;
const codePattern = /^[\x21-\x7e]{4,128}$/;

/**
 * Reads the form of a card from the platform's verbatim text. Anything that is not plainly one form stays text. The
 * address of a picture is a link: a page that fetched it would tell its host who looks at the card.
 */
export function readSecret(text: string): CardSecret {
  const trimmed = text.trim();
  const [, mediaType, base64] = picturePattern.exec(trimmed) ?? [];
  if (mediaType && base64) return {kind: 'image', mediaType, base64};
  const [, number, password] = pairPattern.exec(trimmed) ?? [];
  if (number && password) return {kind: 'number_and_password', number, password};
  if (linkPattern.test(trimmed)) return {kind: 'link', url: trimmed};
  if (codePattern.test(trimmed)) return {kind: 'code', code: trimmed};
  return {kind: 'text', text};
}
