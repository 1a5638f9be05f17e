/*
 * A buyer's contact is one text, and what kind of contact it is shows in its form only. What is not plainly an address or
 * a number is taken for neither: a message to the wrong place is worse than none.
 */

/** No space, quote, bracket, comma or line end: what passes can be put into a mail's header as it is. */
const emailPattern =
  /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,}$/u;

/** Mobile numbers of mainland China (11 digits), which is what people there write without a country's code. */
const chineseMobile = /^1[3-9]\d{9}$/;
/** E.164. */
const internationalNumber = /^\+[1-9]\d{6,14}$/;

/** The mail address that a contact is; undefined where it is something else. */
export function emailOf(contact: string): string | undefined {
  const text = contact.normalize('NFKC').trim();
  return text.length <= 254 && text.indexOf('@') <= 64 && emailPattern.test(text) ? text : undefined;
}

/** The number that a contact is, in E.164 (`+8613800138000`); undefined where it is something else. */
export function phoneOf(contact: string): string | undefined {
  const text = contact
    .normalize('NFKC')
    .trim()
    .replace(/[\s()-]/g, '');
  if (internationalNumber.test(text)) return text;
  return chineseMobile.test(text) ? `+86${text}` : undefined;
}

/** A contact as its owner knows it and nobody else learns it: `m***@example.com`, `138****8000`. */
export function maskedContact(contact: string): string {
  const email = emailOf(contact);
  if (email !== undefined) {
    const [first = ''] = email;
    return `${first}***${email.slice(email.lastIndexOf('@'))}`;
  }
  const phone = phoneOf(contact);
  if (phone === undefined) return '***';
  const number = phone.startsWith('+86') ? phone.slice(3) : phone;
  return `${number.slice(0, 3)}****${number.slice(-4)}`;
}
