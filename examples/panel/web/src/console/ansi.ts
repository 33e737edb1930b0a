// Escape sequences of terminals: CSI ... final byte, OSC ... terminator, and the two-byte ones.
const ESCAPES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** The text of a console line as a reader, or a screen reader, wants it. */
export function plainText(line: string): string {
  return line.replace(ESCAPES, '').replace(CONTROLS, '');
}

/**
 * A console line for the terminal: colours and styles pass, everything that would move the cursor, clear the screen, write the
 * clipboard or change the title does not.
 */
export function styledText(line: string): string {
  return line
    .replace(ESCAPES, (sequence) => (/^\u001b\[[0-9;:]*m$/.test(sequence) ? sequence : ''))
    .replace(/[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f]/g, '')
    .replace(/\u001b(?!\[[0-9;:]*m)/g, '');
}
