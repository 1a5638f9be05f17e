import {parse} from 'acorn';
import {minify} from 'terser';

/**
 * What a build may take for granted about a library, because our code uses no more of it.
 *
 * @typedef {object} Assumptions
 * @property {readonly string[]} expects texts that our code must hold, for something is left out because of them
 * @property {readonly string[]} absent names that our code must not hold, for the same reason
 * @property {readonly string[]} options names that our code never gives a value: reading `….name` is `undefined`
 * @property {Readonly<Record<string, string>>} known an expression or statement of the library, as its source text with
 *   single spaces, and what it comes to. A text that ends in `…` stands for all that begin alike; `;`
 * takes a statement away.
 */

/**
 * A library without what it holds in vain under these assumptions.
 *
 * @param {string} library its source text, in one file
 * @param {Assumptions} assumptions
 * @param {string} user the source text of all our code that uses it
 * @returns {Promise<string>} its source text
 * @throws {Error} when the library does not hold what is assumed about it, or our code uses what is left out
 */
export async function slim(library, {expects, absent, options, known}, user) {
  const words = new Set(user.match(/[\w$]+/g));
  const used = [...absent, ...options].filter(name => words.has(name));
  if (used.length > 0) throw new Error(`our code uses ${quoted(used)}, which the build leaves out`);
  const missing = expects.filter(text => !user.includes(text));
  if (missing.length > 0) throw new Error(`our code holds no ${quoted(missing)}, which the build takes for granted`);
  let code = folded(library, options, known);
  for (let before; before !== code;) {
    before = code;
    code = withoutUnusedMembers(withoutVainWrites(await withoutDeadCode(code)), words);
  }
  return code;
}

/** What can never run reaches nothing: without it, more members are unused. To read a property does nothing else here. */
async function withoutDeadCode(code) {
  const compress = {passes: 3, pure_getters: true};
  const options = {module: true, mangle: false, compress, format: {beautify: true}};
  return (await minify(code, options)).code;
}

/** Puts what is known in its place. */
function folded(code, options, known) {
  const unmet = new Set([...options, ...Object.keys(known)]);
  const edits = [];
  walk(parsed(code), (node, parent) => {
    const key = keyFor(node, code, known);
    if (key !== undefined) {
      unmet.delete(key);
      edits.push({...node, text: known[key]});
      return false;
    }
    if (isRead(node, parent) && options.includes(node.property.name)) {
      unmet.delete(node.property.name);
      edits.push({...node, text: 'undefined'});
      return false;
    }
    return true;
  });
  if (unmet.size > 0) throw new Error(`it does not hold ${quoted(unmet)} any more`);
  return applied(edits, code);
}

function keyFor(node, code, known) {
  const text = code.slice(node.start, node.end).replace(/\s+/g, ' ');
  return Object.keys(known).find(
    key =>
      (key.endsWith('…') ? text.startsWith(key.slice(0, -1)) : text === key) &&
      (known[key] !== ';' || isStatement(node)),
  );
}

const isStatement = ({type}) => type.endsWith('Statement') || type === 'VariableDeclaration';

const isRead = (node, parent) =>
  node.type === 'MemberExpression' &&
  node.property.type === 'Identifier' &&
  !node.computed &&
  !(parent.type === 'AssignmentExpression' && parent.left === node) &&
  parent.type !== 'UpdateExpression';

/** Leaves out private members what is put there and never read; to work it out may do something, and remains. */
function withoutVainWrites(code) {
  const program = parsed(code);
  const writes = [];
  walk(program, node => {
    if (isWrite(node)) writes.push(node);
    return true;
  });
  const read = new Set();
  const targets = new Set(writes.map(({left}) => left));
  walk(program, node => {
    if (node.type === 'MemberExpression' && !targets.has(node)) read.add(nameOf(node.property));
    return true;
  });
  const vain = writes.filter(({left}) => !read.has(nameOf(left.property)));
  return applied(
    vain.map(({left, right}) => ({start: left.start, end: right.start, text: ''})),
    code,
  );
}

const isWrite = ({type, operator, left}) =>
  type === 'AssignmentExpression' && operator === '=' && left.property?.type === 'PrivateIdentifier';

/**
 * Takes away the members of classes that nothing can reach: their name stands neither in the code that uses the library
 * nor in any part of the library that is reached.
 */
function withoutUnusedMembers(code, words) {
  const program = parsed(code);
  const members = [];
  walk(program, node => {
    if (node.type === 'ClassBody') members.push(...node.body.filter(isRemovable));
    return true;
  });
  const unreached = new Set(members);
  const names = new Set(words);
  addNames(program, names, unreached);
  for (let before = -1; before !== unreached.size;) {
    before = unreached.size;
    for (const member of unreached) {
      if (!names.has(nameOf(member.key))) continue;
      unreached.delete(member);
      if (member.value) addNames(member.value, names);
    }
  }
  return applied(
    [...unreached].map(member => ({...member, text: ''})),
    code,
  );
}

const isRemovable = ({type, computed, kind}) =>
  (type === 'MethodDefinition' || type === 'PropertyDefinition') && !computed && kind !== 'constructor';

const nameOf = key => (key.type === 'PrivateIdentifier' ? `#${key.name}` : (key.name ?? key.value));

/** Adds every name by which this code may reach a member. */
function addNames(tree, names, except = new Set()) {
  walk(tree, node => {
    if (except.has(node)) return false;
    if (node.type === 'MemberExpression' && !node.computed) names.add(nameOf(node.property));
    if (node.type === 'ObjectPattern') node.properties.forEach(({key}) => key && names.add(nameOf(key)));
    if (node.type === 'Literal' && typeof node.value === 'string') names.add(node.value);
    return true;
  });
}

const parsed = code => parse(code, {ecmaVersion: 'latest', sourceType: 'module'});

/** Calls `visit` with each node and its parent; goes into a node where that answers true. */
function walk(node, visit, parent) {
  if (!visit(node, parent)) return;
  for (const child of Object.values(node).flat()) {
    if (child?.type !== undefined) walk(child, visit, node);
  }
}

/** @param {readonly {start: number, end: number, text: string}[]} edits of which none overlap */
function applied(edits, code) {
  let result = '';
  let done = 0;
  for (const {start, end, text} of edits.toSorted((left, right) => left.start - right.start)) {
    result += code.slice(done, start) + text;
    done = end;
  }
  return result + code.slice(done);
}

const quoted = texts => [...texts].map(text => `"${text}"`).join(', ');
