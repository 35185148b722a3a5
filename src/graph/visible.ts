/** What XML cannot hold, and what makes text look like other text: control, bidirectional and unpaired characters. */
const UNSAFE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text that is shown as what it is, whatever names hold. */
export function visible(text: string): string {
  return text.replace(UNSAFE, '\ufffd');
}

/** The same in one line: names must neither rewrite a terminal nor start a line, which a log may take for a command. */
export function onOneLine(text: string): string {
  return visible(text).replace(/[\t\n\r]/g, ' ');
}
