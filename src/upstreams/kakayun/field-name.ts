/*
 * The protocol names no fields: version 3 knows them by their titles, version 2 by their order. A field's name in our
 * hands says both.
 */

export function fieldName(position: number, title: string): string {
  return `${position}:${title}`;
}

/** The fields of a purchase in the platform's order. `undefined` where a name is none of ours, or one is missing. */
export function fieldsInOrder(
  fields: Readonly<Record<string, string>>,
): readonly {readonly title: string; readonly value: string}[] | undefined {
  const named = Object.entries(fields).map(([name, value]) => {
    const [, position, title] = /^([1-9]\d?):(.+)$/s.exec(name) ?? [];
    return {position: Number(position), title: title ?? '', value};
  });
  named.sort((left, right) => left.position - right.position);
  return named.every(({position, title}, index) => position === index + 1 && title !== '') ? named : undefined;
}
