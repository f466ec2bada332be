import * as vscode from 'vscode';
import type { Target } from './target';

/** A range of a document that moves along with the text while the document is edited. */
export class Place {
  private start: number;
  private end: number;

  constructor(
    private readonly document: vscode.TextDocument,
    range: vscode.Range,
  ) {
    this.start = document.offsetAt(range.start);
    this.end = document.offsetAt(range.end);
  }

  through({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (document !== this.document) return;
    // The changes of one edit come from the last to the first, so that each leaves the offsets of those to come.
    for (const { rangeOffset, rangeLength, text } of contentChanges) {
      const shift = text.length - rangeLength;
      if (rangeOffset + rangeLength <= this.start) this.start += shift;
      if (rangeOffset < this.end) this.end = Math.max(this.end + shift, this.start);
    }
  }

  isAt({ document, start, end }: Place): boolean {
    return document === this.document && start === this.start && end === this.end;
  }

  target(): Target {
    const { document } = this;
    return { document, range: new vscode.Range(document.positionAt(this.start), document.positionAt(this.end)) };
  }
}
