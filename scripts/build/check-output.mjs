import {parse} from 'acorn';
import {posix} from 'node:path';
import {oldestSyntax} from './oldest-browsers.mjs';

/**
 * Rollup plugin: fails the build where a page could not run what was built. The syntax must be one that the oldest
 * supported browsers know, a strict CSP must let it run, nothing of Node may be left, and no chunk may import an entry
 * (a page that loads the entry under another address, `keystall.js?v=2`, would run it twice).
 */
export function checkOutput() {
  return {
    name: 'check-output',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter(file => file.type === 'chunk');
      const entries = new Set(chunks.filter(chunk => chunk.isEntry).map(chunk => chunk.fileName));
      for (const {fileName, code} of chunks) {
        const program = parsed(code, reason => this.error(`${fileName} ${reason}`));
        const forbidden = forbiddenIn(program);
        if (forbidden !== undefined) this.error(`${fileName} holds "${forbidden}", which fails in a page.`);
        const entry = importsOf(program, fileName).find(name => entries.has(name));
        if (entry !== undefined)
          this.error(`${fileName} imports the entry ${entry}: move what they share into a chunk.`);
      }
    },
  };
}

function parsed(code, fail) {
  try {
    return parse(code, {ecmaVersion: oldestSyntax, sourceType: 'module'});
  } catch (error) {
    return fail(`is not ES${oldestSyntax}, which the oldest supported browsers need: ${error.message}`);
  }
}

/** The files that a module of this name imports before it runs. */
const importsOf = ({body}, fileName) =>
  body.filter(({source}) => source).map(({source}) => posix.join(posix.dirname(fileName), source.value));

/** The first thing in this syntax tree that a strict CSP refuses, or that exists in Node only. */
function forbiddenIn(node) {
  if (isCallOf(node, 'eval')) return 'eval(';
  if (isCallOf(node, 'Function')) return 'Function(';
  if (isCallOf(node, 'require')) return 'require(';
  if (isMember(node, 'NODE_ENV') && isMember(node.object, 'env') && node.object.object.name === 'process') {
    return 'process.env.NODE_ENV';
  }
  for (const child of Object.values(node).flat()) {
    const found = child?.type === undefined ? undefined : forbiddenIn(child);
    if (found !== undefined) return found;
  }
  return undefined;
}

const isCallOf = ({type, callee}, name) =>
  (type === 'CallExpression' || type === 'NewExpression') && callee.type === 'Identifier' && callee.name === name;

const isMember = ({type, property}, name) => type === 'MemberExpression' && property.name === name;
