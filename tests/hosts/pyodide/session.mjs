// A session of Pyodide: node session.mjs PYODIDE PROGRAM FOLDER…
// Runs a Python program that can import from the folders, and hands each line of standard input, which is
// JSON, to its function `answer`. What comes back is a line of JSON.

import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const [home, program, ...folders] = process.argv.slice(2);
const { loadPyodide } = await import(`${home}/pyodide.mjs`);
const pyodide = await loadPyodide({ stdout: console.error });
for (const [place, root] of folders.entries()) {
  const at = `/folder${place}`;
  pyodide.FS.mkdirTree(at);
  pyodide.FS.mount(pyodide.FS.filesystems.NODEFS, { root }, at);
  pyodide.runPython(`import sys; sys.path.append("${at}")`);
}
pyodide.runPython(readFileSync(program, "utf8"));
const answer = pyodide.globals.get("answer");

for await (const line of createInterface({ input: process.stdin })) {
  const told = answer(pyodide.toPy(JSON.parse(line)));
  console.log(JSON.stringify(told?.toJs ? told.toJs() : told));
}
