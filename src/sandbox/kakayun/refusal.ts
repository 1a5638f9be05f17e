/** The platform says no, by a code of its own. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** Codes that version 3 refuses with. */
export const codes = {
  other: -1,
  notRefunded: 0,
  wrongSign: 401,
  wrongTime: 403,
  tooFrequent: 404,
  noSuchUser: 1000,
  banned: 1001,
  noSign: 1200,
  noUser: 1201,
  noTime: 1202,
  noGoodId: 1203,
  noQuantity: 1204,
  referenceUsed: 1205,
  goneGood: 1206,
  lossGuard: 1210,
  missingField: 1211,
  wrongField: 1212,
  noMoney: 1213,
  noGood: 1214,
  noOrderNumber: 1300,
  noOrder: 1301,
  system: 9999,
} as const;
