import {readFileSync, writeFileSync} from 'node:fs';
import {cpus, totalmem} from 'node:os';
import {formatted, ratioOf, type Figure} from '../report.ts';

const begin = '<!-- written by the command: begin -->';
const end = '<!-- end -->';

/** Puts the figures, with the machine and the day they were measured on, between the two marks in a document. */
export function writeTable(
  path: string,
  figures: readonly Figure[],
  {runs, browser}: {readonly runs: number; readonly browser: string},
): void {
  const document = readFileSync(path, 'utf8');
  const [before, rest = ''] = document.split(begin);
  const after = rest.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`${path} lacks the marks "${begin}" and "${end}".`);
  const [processor] = cpus();
  const machine = `${cpus().length} × ${processor?.model.trim()}, ${Math.round(totalmem() / 1e9)} GB, Node ${process.versions.node}`;
  const day = new Date().toISOString().slice(0, 10);
  const rows = [
    ['figure', 'value', 'floor', 'ratio', 'unit', 'target'],
    ['---', '---:', '---:', '---:', '---', '---'],
    ...figures.map(figure => [
      figure.name,
      formatted(figure.value),
      formatted(figure.floor),
      formatted(ratioOf(figure)),
      figure.unit,
      figure.target ?? '',
    ]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map(row => row[column]!.length)));
  const table = rows.map((row, index) => {
    const cells = row.map((cell, column) => {
      const isRule = index === 1;
      if (isRule) return cell.endsWith(':') ? `${'-'.repeat(widths[column]! - 1)}:` : '-'.repeat(widths[column]!);
      return rows[1]![column]!.endsWith(':') ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!);
    });
    return `| ${cells.join(' | ')} |`;
  });
  const text = `Measured on ${day}: ${browser}, ${machine}. Median of ${runs}.\n\n${table.join('\n')}`;
  writeFileSync(path, `${before}${begin}\n\n${text}\n\n${end}${after}`);
}
