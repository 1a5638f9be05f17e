import {codeMissingError} from '../../../../src/store/code-missing.ts';

/** @throws {KeystallError} `code_missing` */
export async function loadKeyFrame(): Promise<void> {
  try {
    await import('./define.ts');
  } catch (cause) {
    throw codeMissingError(cause);
  }
}
