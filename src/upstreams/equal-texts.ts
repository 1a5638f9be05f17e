/** Whether two texts are the same, in a time that does not tell how much of them is: for signatures. */
export function areEqualTexts(given: string, right: string): boolean {
  let difference = given.length ^ right.length;
  for (let index = 0; index < right.length; index++) difference |= given.charCodeAt(index) ^ right.charCodeAt(index);
  return difference === 0;
}
