/**
 * The JSON of an answer. Tests compare answers whole or read one member; spelling their types out here would only
 * repeat what the assertions say.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Answer = any;
