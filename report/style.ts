/** How to mark parts of a text, as picocolors does it; each gives the text back where there are no colours. */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
}
