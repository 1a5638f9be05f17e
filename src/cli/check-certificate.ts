import {isIP} from 'node:net';
import {checkServerIdentity, connect, type PeerCertificate} from 'node:tls';

/** What is wrong with the certificate of an address, or how long it is good for. */
export type CertificateFinding =
  | {readonly state: 'ok'; readonly until: number}
  | {readonly state: 'soon'; readonly until: number}
  | {readonly state: 'wrong'; readonly text: string};

/** A certificate that ends within this time has not been renewed when it should have been. */
const noticeMs = 14 * 24 * 3_600_000;

export interface CertificateQuestion {
  readonly now: number;
  readonly patienceMs: number;
  /** Certificates to trust in place of Node's own list, in PEM. */
  readonly ca?: string;
}

/** Asks a server of an https origin for its certificate, as a browser would judge it. Nothing is sent but the greeting. */
export async function checkCertificate(origin: string, question: CertificateQuestion): Promise<CertificateFinding> {
  const {hostname, port} = new URL(origin);
  const host = hostname.replace(/^\[|\]$/g, '');
  const {promise, resolve} = Promise.withResolvers<CertificateFinding>();
  const wrong = (text: string) => resolve({state: 'wrong', text});
  const socket = connect({
    host,
    port: Number(port || 443),
    // A name that does not fit, or a date that is over, shall be told of and not only be refused.
    rejectUnauthorized: false,
    ...(isIP(host) === 0 && {servername: host}),
    ...(question.ca !== undefined && {ca: question.ca}),
  });
  const timer = setTimeout(() => wrong(`${origin} does not answer`), question.patienceMs);
  socket.once('secureConnect', () => {
    resolve(judge(host, socket.getPeerCertificate(), socket.authorizationError, question.now));
  });
  socket.once('error', (error: NodeJS.ErrnoException) => {
    const isTls = /^(ERR_SSL|EPROTO)/.test(error.code ?? '');
    wrong(isTls ? `what answers at ${origin} does not speak TLS` : `${origin} cannot be reached (${error.code})`);
  });
  socket.once('close', () => wrong(`${origin} hung up`));
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}

function judge(
  host: string,
  certificate: PeerCertificate,
  refusal: Error | string | null,
  now: number,
): CertificateFinding {
  const [from, until] = [Date.parse(certificate.valid_from), Date.parse(certificate.valid_to)];
  const day = (time: number) => new Date(time).toISOString().slice(0, 10);
  if (Number.isNaN(until)) return {state: 'wrong', text: 'there is no certificate'};
  if (until <= now) return {state: 'wrong', text: `the certificate ended on ${day(until)}; renew it`};
  if (from > now) {
    return {state: 'wrong', text: `the certificate is valid from ${day(from)} on; look at this machine's clock`};
  }
  if (checkServerIdentity(host, certificate)) {
    const names = certificate.subjectaltname ?? 'nothing';
    return {state: 'wrong', text: `the certificate is not for ${host} but for ${names}`};
  }
  // Last, because it is the least that can be said of the others.
  const why = refusal instanceof Error ? refusal.message : refusal;
  if (why) return {state: 'wrong', text: `browsers do not trust the certificate (${why}); serve the whole chain`};
  return {state: until - now < noticeMs ? 'soon' : 'ok', until};
}
