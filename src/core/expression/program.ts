import type { Span } from '../text/span';
import type { Argument, BinaryOperator, Expression, Name, Parameter, Subscript } from './expression';

/** Which rules give meaning to a statement. */
export type DialectId = 'python' | 'matlab' | 'r' | 'latex';

/** A document as its language front end reads it: statements in order, each with the dialect that gives it meaning. */
export interface Program {
  readonly statements: readonly Statement[];
}

interface StatementNode {
  readonly span: Span;
  readonly dialect: DialectId;
}

export type Statement = ExpressionStatement | Assignment | AugmentedAssignment | Import | Scope | Branching | Opaque;

/** An expression on its own. `silent` when the language would print nothing (MATLAB's `;`). */
export interface ExpressionStatement extends StatementNode {
  readonly kind: 'expression';
  readonly expression: Expression;
  readonly silent?: boolean;
}

export type Target =
  | Name
  | {
      readonly kind: 'item';
      readonly span: Span;
      readonly object: Expression;
      readonly subscripts: readonly Subscript[];
    }
  | { readonly kind: 'tuple'; readonly span: Span; readonly items: readonly Target[] }
  /** `*rest` within a tuple: what the other targets leave, as a list. */
  | { readonly kind: 'star'; readonly span: Span; readonly target: Target }
  /** `a.shape`: an attribute; `root` is the name it hangs on. */
  | {
      readonly kind: 'member';
      readonly span: Span;
      readonly root?: string;
      readonly object: Expression;
      readonly name: string;
    }
  /** A place that is not followed; `root` is the name it hangs on. */
  | {
      readonly kind: 'other';
      readonly span: Span;
      readonly root?: string;
      /** MATLAB's `s.a(2)` or `c{3}`: what is assigned, as it would be read. */
      readonly place?: Expression;
    };

/**
 * `a = b = value`: targets from left to right. `silent` as above: MATLAB prints an assignment without `;`.
 * A mathematical definition `y = Wx = [..]` has the equality chain's remaining parts as its value.
 */
export interface Assignment extends StatementNode {
  readonly kind: 'assign';
  readonly targets: readonly Target[];
  readonly value: Expression;
  readonly silent?: boolean;
  /** `name: type = value`. */
  readonly annotated?: boolean;
  /** R's `<<-`: assigned where the name is found around the function. */
  readonly outer?: true;
  /** For a mathematical function definition `d(a, b) = …`: the parameter names; the value may use them. */
  readonly parameters?: readonly string[];
}

export interface AugmentedAssignment extends StatementNode {
  readonly kind: 'augment';
  readonly target: Target;
  readonly operator: BinaryOperator;
  readonly operatorSpan: Span;
  readonly value: Expression;
}

/** `import numpy as np` binds np → numpy; `from numpy.linalg import norm as n` binds n → numpy.linalg.norm; a star import sets `star`. */
export interface Import extends StatementNode {
  readonly kind: 'import';
  readonly bindings: readonly { readonly name: string; readonly path: string; readonly span: Span }[];
  readonly star?: string;
}

/** A function or class body: a scope of its own. It binds `name` in the scope around it to something unknown. */
export interface Scope extends StatementNode {
  readonly kind: 'scope';
  readonly form: 'function' | 'class';
  readonly name: string;
  readonly nameSpan: Span;
  readonly parameters: readonly Parameter[];
  /** Of a class: what it is derived from. */
  readonly bases?: readonly Argument[];
  /** What stands behind `@` above it, from top to bottom. */
  readonly decorators?: readonly Expression[];
  /** The names of a MATLAB function's results. */
  readonly outputs?: readonly string[];
  /** Why calls of the function cannot be followed: a decorator, `async`, `yield`. */
  readonly untold?: string;
  readonly body: readonly Statement[];
  /** Names declared `global` or `nonlocal` in the body. */
  readonly outer: readonly string[];
}

/**
 * A body that runs under a condition or repeatedly (`if`, `for`, `while`, `try`, `match`) or with a context (`with`).
 * Inside a body values are followed from its beginning where that is sound; behind it every name in `binds` is
 * unknown, because `reason` ("assigned in the loop on line 3").
 */
export interface Branching extends StatementNode {
  readonly kind: 'branching';
  readonly form: 'if' | 'for' | 'while' | 'try' | 'with' | 'match' | 'switch';
  /** Expressions of the heads, for hovers: conditions, iterables, context managers. */
  readonly heads: readonly Expression[];
  readonly bodies: readonly (readonly Statement[])[];
  /** Targets bound by the head itself (loop variables, `as` names). */
  readonly bound: readonly Target[];
  /** MATLAB's `do … until`: the condition is asked behind the body, and ends the loop. */
  readonly until?: true;
  /** Of a `try`: what the bodies behind the first one are for. */
  readonly handlers?: readonly Handler[];
}

/** `except type as name:`, `except* …:`, `else:` or `finally:`. */
export interface Handler {
  readonly clause: 'except' | 'group' | 'else' | 'finally';
  readonly type?: Expression;
  readonly as?: Target;
}

/** A statement that is not evaluated: `del a`, a magic line, a broken line. Its names become unknown for `reason`. */
export interface Opaque extends StatementNode {
  readonly kind: 'opaque';
  readonly binds: readonly string[];
  readonly reason: string;
  /** The name of `name: type`. */
  readonly annotated?: string;
  /** The names of `global a, b` or `nonlocal a, b`. */
  readonly declares?: { readonly form: 'global' | 'nonlocal'; readonly names: readonly string[] };
  /** The words of a MATLAB command such as `hold on`. */
  readonly command?: readonly string[];
  /** The keyword of a statement that only has a meaning where it runs. */
  readonly keyword?: 'return' | 'pass' | 'break' | 'continue' | 'raise' | 'assert' | 'del';
  /** Expressions inside that may still be hovered (the operand of `return`, of `assert`); the parts that `del` takes away. */
  readonly expressions: readonly Expression[];
}

export type { Argument };
