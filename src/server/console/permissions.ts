import {consoleRoles, type ConsoleRole} from '../../domain/console-role.ts';

const whoRunTheShop: readonly ConsoleRole[] = ['owner', 'operator'];

/** Operations that are for others than one would think: everybody reads, and who runs the shop changes it. */
const others: Readonly<Record<string, readonly ConsoleRole[]>> = {
  'POST /v1/console/sessions': consoleRoles,
  'DELETE /v1/console/sessions': consoleRoles,
  'GET /v1/console/audit': ['owner', 'bookkeeper'],
};

/**
 * Who may do an operation of the console.
 * @param operation method and path template: `POST /v1/console/cases/{caseId}/decisions`
 */
export function rolesFor(operation: string): readonly ConsoleRole[] {
  return others[operation] ?? (operation.startsWith('GET ') ? consoleRoles : whoRunTheShop);
}
