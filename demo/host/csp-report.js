// Collects what the page's Content Security Policy refused, for the test that expects nothing. Kept for the tab, so
// that what happened before a trip to the payment page is still there after it.
const key = 'csp-violations';
window.cspViolations = JSON.parse(sessionStorage.getItem(key) ?? '[]');
document.addEventListener(
  'securitypolicyviolation',
  ({violatedDirective, blockedURI, sourceFile, lineNumber, sample}) => {
    window.cspViolations.push({violatedDirective, blockedURI, sourceFile, lineNumber, sample});
    sessionStorage.setItem(key, JSON.stringify(window.cspViolations));
  },
);
