/** Who somebody is in the console: an owner may do everything. */
export const consoleRoles = ['owner', 'operator', 'bookkeeper', 'viewer'] as const;

export type ConsoleRole = (typeof consoleRoles)[number];
