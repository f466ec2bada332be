import type * as vscode from 'vscode';
import type { Inspection } from '../core/index';
import type { Subject } from '../protocol/panel';
import { Place } from './place';
import type { Answer } from './target';

/** What the inspector shows: an answer, the document and version it belongs to, and where its expression has gone since. */
export interface Shown extends Answer {
  /** The inspection without the numbers of large arrays, as the panel gets it. */
  readonly sent: Inspection;
  readonly subject: Subject;
  readonly document: vscode.TextDocument;
  readonly place?: Place;
}

export function shownAt(document: vscode.TextDocument, answer: Answer, sent: Inspection): Shown {
  const at = answer.source.locate(answer.inspection.span);
  const name = document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1);
  const line = (at?.range.start.line ?? 0) + 1;
  return {
    ...answer,
    sent,
    subject: { uri: document.uri.toString(), version: document.version, label: `${name}:${line}` },
    document,
    place: at && new Place(at.document, at.range),
  };
}
