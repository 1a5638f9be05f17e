/** Every test of a suite and of the suites in it. */
const testsOf = suite => [...suite.tests, ...suite.suites.flatMap(testsOf)];

/** web-test-runner reporter: a line per engine, and one at the end, that say how many tests passed and failed. */
export function summaryLine() {
  return {
    stop({sessions}) {
      const all = [...sessions];
      const engines = new Set(all.map(({browser}) => browser));
      for (const engine of engines) {
        const counts = count(all.filter(({browser}) => browser === engine));
        console.log(`components in ${engine.name}: ${counts}, ${engine.seconds.toFixed(1)} s`);
      }
      console.log(`components: ${count(all)}`);
    },
  };
}

function count(sessions) {
  const runs = sessions.map(({passed, testResults}) => ({passed, tests: testResults ? testsOf(testResults) : []}));
  const tests = runs.flatMap(run => run.tests);
  const isFailed = test => !test.passed && !test.skipped;
  // A file that could not even run has no failed test, and must not look like success.
  const brokenFiles = runs.filter(run => !run.passed && !run.tests.some(isFailed)).length;
  const passed = tests.filter(test => test.passed).length;
  const failed = tests.filter(isFailed).length + brokenFiles;
  const leftOut = tests.length - passed - tests.filter(isFailed).length;
  return `${passed} passed, ${failed} failed${leftOut > 0 ? `, ${leftOut} left out` : ''}`;
}
