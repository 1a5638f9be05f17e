/** A download reads its address a little after the click. */
const addressFor = 10_000;

/** Saves a file on the device; it is never shown in the page, for a stranger sent it. */
export function saveFile(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), addressFor);
}
