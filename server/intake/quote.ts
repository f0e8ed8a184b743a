/** A text as a refusal quotes it: at most 40 characters. */
export function quote(text: string): string {
  return `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`;
}

/** What is said of a cell that holds an error of a spreadsheet. */
export function wordError(error: string): string {
  return `holds the error ${error}: mend it in the spreadsheet, or name it in empty`;
}
