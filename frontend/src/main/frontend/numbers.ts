/** A number as the page's language has it, which need not be the browser's. */
export function written(number: number): string {
  return number.toLocaleString(document.documentElement.lang || undefined);
}
