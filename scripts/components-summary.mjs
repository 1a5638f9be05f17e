/** Every test of a suite and of the suites in it. */
const testsOf = suite => [...suite.tests, ...suite.suites.flatMap(testsOf)];

/** web-test-runner reporter: one line at the end that says how many tests passed and failed. */
export function summaryLine() {
  return {
    stop({sessions}) {
      const runs = [...sessions].map(({passed, testResults}) => ({
        passed,
        tests: testResults ? testsOf(testResults) : [],
      }));
      const tests = runs.flatMap(run => run.tests);
      const isFailed = test => !test.passed && !test.skipped;
      // A file that could not even run has no failed test, and must not look like success.
      const brokenFiles = runs.filter(run => !run.passed && !run.tests.some(isFailed)).length;
      const passed = tests.filter(test => test.passed).length;
      const failed = tests.filter(isFailed).length + brokenFiles;
      const leftOut = tests.length - passed - tests.filter(isFailed).length;
      console.log(`components: ${passed} passed, ${failed} failed${leftOut > 0 ? `, ${leftOut} left out` : ''}`);
    },
  };
}
