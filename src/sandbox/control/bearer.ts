/** Whether a request carries the token. Takes the same time for every wrong token of the same length. */
export function isBearer(request: Request, token: string): boolean {
  const sent = /^Bearer +(.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
  let difference = sent.length ^ token.length;
  for (let index = 0; index < sent.length; index += 1) {
    difference |= sent.charCodeAt(index) ^ token.charCodeAt(index % token.length);
  }
  return token !== '' && difference === 0;
}
