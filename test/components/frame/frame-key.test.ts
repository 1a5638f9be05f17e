import {expect} from 'chai';
import type * as FrameKeyModule from '../../../components/frame/frame-key.ts';
import {until} from '../../support/elements.ts';

const databaseName = 'keystall-frame';

describe('the key of a frame', () => {
  const {timeout} = AbortSignal;
  let patience: AbortController | undefined;
  let frames = 0;

  beforeEach(async () => {
    patience = undefined;
    AbortSignal.timeout = () => (patience ??= new AbortController()).signal;
    await answer(indexedDB.deleteDatabase(databaseName));
  });

  afterEach(() => {
    AbortSignal.timeout = timeout;
  });

  /** Each frame has the module anew. */
  const openFrame = async (): Promise<typeof FrameKeyModule> => {
    const frame: unknown = await import(`../../../components/frame/frame-key.ts?frame=${++frames}`);
    return frame as typeof FrameKeyModule;
  };

  it('is the same in the next frame, where the browser keeps it', async () => {
    const first = await (await openFrame()).readFrameKey();
    const next = await (await openFrame()).readFrameKey();
    expect(first.isKept).to.equal(true);
    expect(next.revealKey).to.equal(first.revealKey);
    expect(first.pair.privateKey.extractable).to.equal(false);
  });

  it('is one that passes with the frame, where the browser does not say in time whether it keeps it', async () => {
    const release = await holdUp();
    const {readFrameKey} = await openFrame();
    const asked = readFrameKey();
    await until(() => patience);
    patience!.abort();
    const key = await asked;
    expect(key.isKept).to.equal(false);

    release();
    expect(await keptKeys()).to.equal(0);
    const again = await readFrameKey();
    expect([again.revealKey, again.isKept]).to.deep.equal([key.revealKey, false]);
  });
});

/** Keeps the browser from opening the database: one that is to be deleted waits for whoever has it open, and all others wait. */
async function holdUp(): Promise<() => void> {
  const database = await answer(indexedDB.open(databaseName, 1));
  const deleting = indexedDB.deleteDatabase(databaseName);
  await new Promise(resolve => deleting.addEventListener('blocked', resolve));
  return () => database.close();
}

/** Asked after whoever waits for the database has had it. */
async function keptKeys(): Promise<number> {
  const database = await answer(indexedDB.open(databaseName, 1));
  try {
    return await answer(database.transaction('keys').objectStore('keys').count());
  } finally {
    database.close();
  }
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error!));
  });
}
