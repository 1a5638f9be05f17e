import * as v from 'valibot';
import {randomToken} from '../credentials.ts';
import {Problem} from './problem.ts';

/** 60 days. */
export const tokenSeconds = 5_184_000;

const bodySchema = v.object({
  client_id: v.string(),
  client_secret: v.string(),
  grant_type: v.literal('client_credentials'),
  audience: v.string(),
});
const audiences: ReadonlySet<string> = new Set([
  'https://giftcards.reloadly.com',
  'https://giftcards-sandbox.reloadly.com',
]);

/** Bearer tokens that were given out, and until when each opens whose account. */
export class TokenDesk {
  readonly #now: () => number;
  readonly #given = new Map<string, {readonly merchantId: number; readonly until: number}>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * `POST /oauth/token`
   * @param secretOf a client's secret by its id, which is the merchant's
   * @throws {Problem}
   */
  give(body: unknown, origin: string, secretOf: (clientId: number) => string | undefined): unknown {
    const parsed = v.safeParse(bodySchema, body);
    const {client_id: id = '', client_secret: secret = '', audience = ''} = parsed.success ? parsed.output : {};
    const isRight = secretOf(Number(id)) === secret && (audience === origin || audiences.has(audience));
    if (!parsed.success || !isRight) throw new Problem(401, 'Access Denied', 'INVALID_CREDENTIALS');
    const token = randomToken();
    this.#given.set(token, {merchantId: Number(id), until: this.#now() + tokenSeconds * 1000});
    return {access_token: token, scope: 'developer', expires_in: tokenSeconds, token_type: 'Bearer'};
  }

  /** Whose token it is; nobody's once it has ended. */
  holder(request: Request): number | undefined {
    const [, token = ''] = /^Bearer (\S+)$/.exec(request.headers.get('authorization') ?? '') ?? [];
    const given = this.#given.get(token);
    return given && this.#now() < given.until ? given.merchantId : undefined;
  }
}
