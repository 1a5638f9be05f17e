import {globSync, readFileSync, writeFileSync} from 'node:fs';
import {promisify} from 'node:util';
import {brotliCompress, constants, gzip} from 'node:zlib';

const [toBrotli, toGzip] = [promisify(brotliCompress), promisify(gzip)];

/** Writes every script in `folder` a second and a third time, as `.br` and `.gz`, which is what servers hand out. */
export async function writeCompressed(folder) {
  await Promise.all(
    globSync(`${folder}/**/*.js`).map(async path => {
      const content = readFileSync(path);
      writeFileSync(
        `${path}.br`,
        await toBrotli(content, {params: {[constants.BROTLI_PARAM_SIZE_HINT]: content.length}}),
      );
      writeFileSync(`${path}.gz`, await toGzip(content, {level: constants.Z_BEST_COMPRESSION}));
    }),
  );
}
