// `./dev lint` has TypeScript look over the pages' scripts: names, imports, arguments and what is read of our own objects.
// Elements are taken as they come (page_elements.d.ts): whether a page has them is what the tests in a browser ask.
import { readdirSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const here = dirname(fileURLToPath(import.meta.url));
const scripts = join(here, "..", "static");
const isOurs = (path) => path.endsWith(".js") && !path.includes(`vendor${sep}`) && !path.includes("vendor/");

const files = readdirSync(scripts, { recursive: true }).filter(isOurs).map((path) => join(scripts, path));
const program = ts.createProgram([...files, join(here, "page_elements.d.ts")], {
  allowJs: true,
  checkJs: true,
  noEmit: true,
  lib: ["lib.dom.d.ts", "lib.dom.iterable.d.ts", "lib.esnext.d.ts"],
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  types: [],
});
const found = files.flatMap((path) => {
  const file = program.getSourceFile(path);
  return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
});
const format = { getCanonicalFileName: String, getCurrentDirectory: () => join(here, ".."), getNewLine: () => "\n" };
process.stdout.write(ts.formatDiagnostics(found, format));
process.exit(found.length ? 1 : 0);
