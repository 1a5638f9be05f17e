import {randomBytes} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {KeyRingError, readMasterKeys, type MasterKey} from '../security/key-ring.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The master keys that KEYSTALL_KEYS holds, or the file that KEYSTALL_KEYS_FILE names: there one key a line is fine too,
 * and lines that begin with # are left out.
 * @throws {KeyRingError} when there are none, or two places hold some; it says how to make one
 */
export function masterKeysOf(environment: Environment): readonly [MasterKey, ...MasterKey[]] {
  const {KEYSTALL_KEYS: text, KEYSTALL_KEYS_FILE: path} = environment;
  if (text && path) {
    throw new KeyRingError(
      'KEYSTALL_KEYS and KEYSTALL_KEYS_FILE are both set; unset one, so that it is clear which counts.',
    );
  }
  if (text) return readMasterKeys(text);
  if (path) return readMasterKeys(keysIn(path));
  throw new KeyRingError(
    'There is no master key: neither KEYSTALL_KEYS nor KEYSTALL_KEYS_FILE is set. Everything secret is encrypted with it, ' +
      'so make one once and keep a copy apart from the database:\n' +
      '  (umask 077; echo "k1:$(head -c 32 /dev/urandom | base64)" > keystall.keys)\n' +
      '  export KEYSTALL_KEYS_FILE=$PWD/keystall.keys',
  );
}

/** A new random key as it stands in KEYSTALL_KEYS. */
export function newMasterKey(id: string): string {
  return `${id}:${randomBytes(32).toString('base64')}`;
}

function keysIn(path: string): string {
  let content: string;
  try {
    content = readFileSync(path, 'utf8');
  } catch (error) {
    throw new KeyRingError(`The file of KEYSTALL_KEYS_FILE cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
  const lines = content.split('\n').map(line => line.trim());
  return lines
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line => line.replace(/,$/, ''))
    .join(',');
}
