"""The small faults that a source file can be given, one at a time: each is a mutant that some test should catch."""

from __future__ import annotations

import ast
import hashlib
import random
import re
from dataclasses import dataclass
from itertools import islice

#: What stands in for an operator; the first that is found in the text between two operands.
COMPARED: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
}
RECKONED: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "/"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "/"),
    ast.Mod: ("%", "/"),
    ast.BitOr: ("|", "&"),
    ast.BitAnd: ("&", "|"),
}
TEXTS = (ast.JoinedStr,)


@dataclass(frozen=True)
class Mutant:
    """One fault: in which file, at which offset of its text, and what stands there instead."""

    path: str
    line: int
    start: int
    end: int
    kind: str
    text: str

    @property
    def name(self) -> str:
        """A short name that stays the same as long as the file does."""
        about = f"{self.path}:{self.start}:{self.end}:{self.kind}:{self.text}"
        return hashlib.sha256(about.encode()).hexdigest()[:8]

    def of(self, source: str) -> str:
        """The file's text with the fault."""
        return source[: self.start] + self.text + source[self.end :]


def mutants_of(path: str, source: str) -> list[Mutant]:
    """All mutants of this file, in the order of its text."""
    finder = Finder(path, source)
    finder.visit(ast.parse(source))
    found = {one.name: one for one in finder.found if one.of(source) != source}
    return sorted(found.values(), key=lambda one: (one.start, one.name))


def sample_of(sources: dict[str, str], count: int, seed: int) -> list[Mutant]:
    """So many mutants of all these files, by lot; each is a program that Python can read."""
    everything = [one for path in sorted(sources) for one in mutants_of(path, sources[path])]
    random.Random(seed).shuffle(everything)
    readable = (one for one in everything if can_be_read(one.of(sources[one.path])))
    return list(islice(readable, count))


def can_be_read(source: str) -> bool:
    """Whether Python can read this program."""
    try:
        compile(source, "mutant", "exec")
    except (SyntaxError, ValueError):
        return False
    return True


class Finder(ast.NodeVisitor):
    """Walks through a file and notes where it can be changed; what only describes the program is left alone."""

    def __init__(self, path: str, source: str) -> None:
        """For this file."""
        self.found: list[Mutant] = []
        self._path, self._source = path, source
        lengths = [0]
        for line in source.splitlines(keepends=True):
            lengths.append(lengths[-1] + len(line))
        self._lines, self._starts = source.splitlines(keepends=True), lengths

    def _at(self, line: int, column: int) -> int:
        """The offset of a place that ast gives in bytes of its line."""
        return self._starts[line - 1] + len(self._lines[line - 1].encode()[:column].decode())

    def _span(self, node: ast.AST) -> tuple[int, int]:
        known = (node.lineno, node.col_offset, node.end_lineno, node.end_col_offset)  # type: ignore[attr-defined]
        return self._at(*known[:2]), self._at(*known[2:])

    def _text(self, node: ast.AST) -> str:
        start, end = self._span(node)
        return self._source[start:end]

    def _note(self, node: ast.AST, kind: str, text: str, span: tuple[int, int] | None = None) -> None:
        start, end = span or self._span(node)
        line = self._source.count("\n", 0, start) + 1
        self.found.append(Mutant(self._path, line, start, end, kind, text))

    def _between(self, left: ast.AST, right: ast.AST, kind: str, words: tuple[str, str]) -> None:
        """Exchange the operator that stands between two operands."""
        start, end = self._span(left)[1], self._span(right)[0]
        pattern = rf"\b{words[0]}\b" if words[0].isalpha() else re.escape(words[0]).replace(r"\ ", r"\s+")
        changed = re.sub(pattern, lambda _: words[1], self._source[start:end], count=1)
        self._note(left, kind, changed, (start, end))

    # what only describes the program

    def visit_arg(self, node: ast.arg) -> None:
        """An annotation is for readers."""

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """Only its value runs."""
        if node.value:
            self._assigned(node, node.value)

    def visit_Assert(self, node: ast.Assert) -> None:
        """It says what holds, and does nothing."""

    def visit_If(self, node: ast.If) -> None:
        """The other way round; what is imported for types alone is left out."""
        if isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            return
        self._turned(node.test)
        self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Its defaults and its body, without what it says of itself and what decorates it."""
        for default in (*node.args.defaults, *filter(None, node.args.kw_defaults)):
            self.visit(default)
        self._body(node.body)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """Its body, but for a protocol's, which never runs."""
        if not any(isinstance(base, ast.Name) and base.id == "Protocol" for base in node.bases):
            self._body(node.body)

    def visit_Module(self, node: ast.Module) -> None:
        """Its statements."""
        self._body(node.body)

    def _body(self, statements: list[ast.stmt]) -> None:
        for place, statement in enumerate(statements):
            first = place == 0 and isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
            if not first:
                self.visit(statement)

    # statements

    def visit_Expr(self, node: ast.Expr) -> None:
        """What is done for its effect is not done."""
        if isinstance(node.value, ast.Constant):
            return
        self._note(node, "not done", "pass")
        self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        """Nothing is kept under the name; names of the language itself are left alone."""
        if not any(isinstance(target, ast.Name) and target.id.startswith("__") for target in node.targets):
            self._assigned(node, node.value)

    def _assigned(self, node: ast.stmt, value: ast.expr) -> None:
        if not (isinstance(value, ast.Constant) and value.value is None):
            self._note(value, "assigns None", "None")
        self.visit(value)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        """Taken off for added."""
        if words := RECKONED.get(type(node.op)):
            self._between(node.target, node.value, "operator", words)
        self.generic_visit(node)

    def visit_Return(self, node: ast.Return) -> None:
        """Nothing comes back."""
        if node.value is None:
            return
        if not (isinstance(node.value, ast.Constant) and node.value.value is None):
            self._note(node.value, "returns None", "None")
        self.generic_visit(node)

    def visit_Raise(self, node: ast.Raise) -> None:
        """It is let pass."""
        self._note(node, "not raised", "pass")
        self.generic_visit(node)

    def visit_Continue(self, node: ast.Continue) -> None:
        """The loop ends."""
        self._note(node, "loop", "break")

    def visit_Break(self, node: ast.Break) -> None:
        """The loop goes on."""
        self._note(node, "loop", "continue")

    # expressions

    def _turned(self, test: ast.expr) -> None:
        self._note(test, "turned round", f"not ({self._text(test)})")

    def visit_IfExp(self, node: ast.IfExp) -> None:
        """The other way round."""
        self._turned(node.test)
        self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> None:
        """Another comparison."""
        left = node.left
        for operator, right in zip(node.ops, node.comparators, strict=True):
            self._between(left, right, "comparison", COMPARED[type(operator)])
            left = right
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        """`or` for `and`."""
        words = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        for left, right in zip(node.values, node.values[1:], strict=False):
            self._between(left, right, "and, or", words)
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        """Another operator, but for texts, which know no other."""
        texts = [one for one in (node.left, node.right) if isinstance(one, TEXTS) or _is_text(one)]
        if (words := RECKONED.get(type(node.op))) and not texts:
            self._between(node.left, node.right, "operator", words)
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        """Without its `not` or minus."""
        if isinstance(node.op, (ast.Not, ast.USub)):
            self._note(node, "sign", self._text(node.operand))
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        """An argument is None, or a named one is not given."""
        for one in node.args:
            if not isinstance(one, (ast.Starred, ast.GeneratorExp)) and self._text(one) != "None":
                self._note(one, "argument", "None")
        for place, named in enumerate(node.keywords):
            if named.arg is not None:
                self._left_out(node, place)
        self.generic_visit(node)

    def _left_out(self, call: ast.Call, place: int) -> None:
        start, end = self._span(call.keywords[place])
        rest = re.match(r"\s*,\s*", self._source[end:])
        self._note(call.keywords[place], "argument left out", "", (start, end + (rest.end() if rest else 0)))

    def visit_Constant(self, node: ast.Constant) -> None:
        """Another number, truth or word."""
        if isinstance(node.value, bool):
            self._note(node, "truth", str(not node.value))
        elif isinstance(node.value, (int, float)):
            self._note(node, "number", repr(node.value + 1))
        elif isinstance(node.value, str) and self._text(node)[:1] in "\"'":
            self._note(node, "word", repr(f"XX{node.value}XX"))

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """What is put into a text has no place of its own that ast gives right."""


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
