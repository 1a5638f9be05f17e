import {randomBytes} from 'node:crypto';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

/** The secrets of a shop that runs on this machine only, made up once and kept beside its data. */
export interface LocalSecrets {
  readonly masterKeys: string;
  readonly platformAppKey: string;
  readonly paymentKey: string;
  readonly webhookSecret: string;
  readonly controlToken: string;
}

export function localSecrets(folder: string): LocalSecrets {
  const path = join(folder, 'secrets.json');
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as LocalSecrets;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const secrets: LocalSecrets = {
    masterKeys: `k1:${randomBytes(32).toString('base64')}`,
    platformAppKey: randomBytes(8).toString('hex').toUpperCase(),
    paymentKey: randomBytes(24).toString('hex'),
    webhookSecret: `whsec_${randomBytes(24).toString('base64')}`,
    controlToken: randomBytes(24).toString('hex'),
  };
  mkdirSync(folder, {recursive: true});
  writeFileSync(path, JSON.stringify(secrets, null, 2), {mode: 0o600});
  return secrets;
}
