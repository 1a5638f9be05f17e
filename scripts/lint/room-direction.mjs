import {matchesGlob, posix, relative, sep} from 'node:path';
import {isBuiltin} from 'node:module';
import {fileURLToPath} from 'node:url';
import {nodeOnlyFiles, rooms} from './rooms.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The name of the room a file (relative to the root) belongs to; undefined for tests, demo, scripts and the like. */
function roomOf(file) {
  const named = Object.keys(rooms)
    .filter(name => name !== 'entry')
    .find(name => file.startsWith(`${rooms[name].folder}/`));
  return named ?? (posix.dirname(file) === rooms.entry.folder ? 'entry' : undefined);
}

const isNodeOnly = file => nodeOnlyFiles.some(glob => matchesGlob(file, glob));

/** What is wrong with `file` importing `specifier`, as a message id and its data; undefined where nothing is. */
function objection(file, specifier) {
  const room = roomOf(file);
  if (room === undefined) return undefined;
  const allowed = rooms[room];

  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(file), specifier);
    const targetRoom = roomOf(target);
    if (targetRoom === undefined) return {messageId: 'outside', data: {room, target}};
    if (targetRoom !== room && !allowed.imports.includes(targetRoom)) {
      return {messageId: 'direction', data: {room, targetRoom, allowed: allowed.imports.join(', ') || 'no other room'}};
    }
    if (isNodeOnly(target) && !isNodeOnly(file)) return {messageId: 'nodeOnlyFile', data: {target}};
    return undefined;
  }

  if (isNodeOnly(file)) return undefined;
  if (isBuiltin(specifier)) return {messageId: 'builtin', data: {specifier, room}};
  if (!allowed.packages.some(pattern => pattern.test(specifier))) {
    return {messageId: 'package', data: {specifier, room}};
  }
  return undefined;
}

/** Lint rule: imports follow the directions between rooms (see rooms.mjs). */
export const roomDirection = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      direction: 'The room "{{room}}" must not import from "{{targetRoom}}"; it may import from: {{allowed}}.',
      outside: 'The room "{{room}}" must not import "{{target}}", which lies outside every room.',
      nodeOnlyFile: '"{{target}}" runs in Node only; inject it from an entry point instead of importing it here.',
      builtin:
        '"{{specifier}}" exists in Node only, but "{{room}}" also runs in pages. Inject it, or move this to a file listed in nodeOnlyFiles.',
      package:
        'The room "{{room}}" must not import the package "{{specifier}}". If it should, say so in scripts/lint/rooms.mjs.',
    },
  },
  create(context) {
    const file = relative(root, context.filename).split(sep).join(posix.sep);
    const check = source => {
      if (typeof source?.value !== 'string') return;
      const found = objection(file, source.value);
      if (found !== undefined) context.report({node: source, ...found});
    };
    return {
      ImportDeclaration: node => check(node.source),
      ExportNamedDeclaration: node => check(node.source),
      ExportAllDeclaration: node => check(node.source),
      ImportExpression: node => check(node.source),
      TSImportType: node => check(node.source ?? node.argument?.literal),
    };
  },
};
