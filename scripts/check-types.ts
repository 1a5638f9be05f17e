/** Runs the type checker over the whole repository; the last line says how many files passed and failed. */
import {spawnSync} from 'node:child_process';

const {stdout, stderr, status, error} = spawnSync('tsc', ['--project', '.', '--listFiles', '--pretty', 'false'], {
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
  shell: process.platform === 'win32',
});
if (error) throw error;
process.stderr.write(stderr);

const root = `${process.cwd().replaceAll('\\', '/')}/`;
const lines = stdout.split('\n').filter(line => line !== '');
const ownFiles = lines.filter(line => line.startsWith(root) && !line.startsWith(`${root}node_modules/`));
const findings = lines.filter(line => !/^([A-Za-z]:)?\//.test(line));
const failedFiles = new Set(findings.flatMap(line => /^(\S[^(]*)\(\d+,\d+\): error/.exec(line)?.[1] ?? []));
const elsewhere = status !== 0 && failedFiles.size === 0;

for (const finding of findings) console.log(finding);
console.log(
  `types: ${ownFiles.length - failedFiles.size} files passed, ${failedFiles.size} failed${elsewhere ? '; the checker itself failed' : ''}`,
);
process.exitCode = status ?? 1;
