import {accessSync, constants, mkdirSync} from 'node:fs';
import {resolve} from 'node:path';

/** The folder that the shop's data shall lie in is none, or nothing can be written there. */
export class DataFolderError extends Error {
  override readonly name = 'DataFolderError';
}

/**
 * The folder for the data of `npm start`, made where it is not there yet.
 * @param given what KEYSTALL_FOLDER says; absent: `.keystall`
 * @throws {DataFolderError} that says what is wrong with it and what to do
 */
export function dataFolder(given: string | undefined): string {
  const folder = given ?? '.keystall';
  if (folder.trim() === '') {
    throw new DataFolderError(
      `KEYSTALL_FOLDER is "${folder}", which names no folder. Unset it to use .keystall, or name one.`,
    );
  }
  try {
    mkdirSync(folder, {recursive: true});
    accessSync(folder, constants.W_OK);
  } catch (error) {
    const where = given === undefined ? 'The folder for the data' : 'KEYSTALL_FOLDER';
    throw new DataFolderError(
      `${where} is "${folder}" (${resolve(folder)}), where nothing can be written: ${(error as Error).message}. ` +
        'Let KEYSTALL_FOLDER name a folder that you may write in.',
      {cause: error},
    );
  }
  return folder;
}
