/** Runs ESLint and the formatter's check over the whole repository; the last line says how many files passed and failed. */
import {ESLint} from 'eslint';
import {check, getFileInfo, resolveConfig} from 'prettier';
import {readFile} from 'node:fs/promises';
import {execFileSync} from 'node:child_process';

const eslint = new ESLint({fix: process.argv.includes('--fix'), warnIgnored: false});

/** Files under version control or about to be; what is ignored there is ignored here. */
function listFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate'], {
    encoding: 'utf8',
  });
  const deleted = new Set(execFileSync('git', ['ls-files', '--deleted'], {encoding: 'utf8'}).split('\n'));
  return listed.split('\n').filter(file => file !== '' && !deleted.has(file));
}

async function isFormatted(file: string): Promise<boolean> {
  const {ignored, inferredParser} = await getFileInfo(file, {ignorePath: ['.gitignore', '.prettierignore']});
  if (ignored || inferredParser === null) return true;
  return check(await readFile(file, 'utf8'), {...(await resolveConfig(file)), filepath: file});
}

const files = listFiles();
const failed = new Set<string>();

const results = await eslint.lintFiles(files.filter(file => /\.(ts|js|mjs)$/.test(file)));
await ESLint.outputFixes(results);
for (const result of results) {
  if (result.errorCount + result.warningCount > 0) failed.add(result.filePath);
}
const report = await (await eslint.loadFormatter('stylish')).format(results);
if (report !== '') console.log(report);

for (const file of files) {
  if (await isFormatted(file)) continue;
  failed.add(`${process.cwd()}/${file}`);
  console.log(`${file}: not formatted; run "npm run format"`);
}

console.log(`lint: ${files.length - failed.size} files passed, ${failed.size} failed`);
process.exitCode = failed.size > 0 ? 1 : 0;
