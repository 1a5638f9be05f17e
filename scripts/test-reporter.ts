/** node:test reporter: what the spec reporter prints, then one line that says how many tests passed and failed. */
import {spec, type TestEvent} from 'node:test/reporters';

export default async function* reportTests(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const report = new spec();
  report.setEncoding('utf8');
  let counts = {passed: 0, tests: 0, skipped: 0, todo: 0};

  for await (const event of events) {
    // The summary without a file is the one over all files.
    if (event.type === 'test:summary' && event.data.file === undefined) counts = event.data.counts;
    report.write(event);
    yield (report.read() as string | null) ?? '';
  }
  report.end();
  for await (const text of report) yield text as string;

  const failed = counts.tests - counts.passed - counts.skipped - counts.todo;
  const leftOut = counts.skipped + counts.todo;
  yield `tests: ${counts.passed} passed, ${failed} failed${leftOut > 0 ? `, ${leftOut} left out` : ''}\n`;
  if (counts.tests === 0) {
    yield 'No test ran, so nothing is shown: is the path right?\n';
    process.exitCode = 1;
  }
}
