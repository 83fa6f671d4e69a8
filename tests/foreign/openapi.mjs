// SPDX-License-Identifier: GPL-3.0-or-later
// The description of the API is OpenAPI 3.1, said by a validator that is none of ours; and what it says of each schema compiles.
// openapi.mjs FOLDER-OF-MODULES DESCRIPTION; answers in TAP.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [modules, path] = process.argv.slice(2);
const require = createRequire(modules + "/");
const text = readFileSync(path, "utf8");
const description = JSON.parse(text);

console.log("1..3");

const { Validator } = await import(require.resolve("@seriousme/openapi-schema-validator"));
const validator = new Validator();
const said = await validator.validate(JSON.parse(text));
console.log(`${said.valid && validator.version === "3.1" ? "ok" : "not ok"} 1 /openapi/valid`);
if (!said.valid)
  console.log(`# ${JSON.stringify(said.errors)}`);

// Strict: an unknown keyword or a reference that leads nowhere is an error. Our own begin with "x-".
const Ajv = require("ajv/dist/2020").default;
const ajv = new Ajv({ strict: true, strictRequired: false, strictTypes: false, strictTuples: false });
for (const own of ["x-permission", "x-audible", "x-undoable", "components", "ops"])
  ajv.addKeyword(own);
ajv.addSchema({ $id: "https://tutti.invalid/api", components: description.components });
const problems = [];
for (const name of Object.keys(description.components.schemas))
  {
    try { ajv.compile({ $ref: `https://tutti.invalid/api#/components/schemas/${name}` }); }
    catch (error) { problems.push(`${name}: ${error.message}`); }
  }
console.log(`${problems.length ? "not ok" : "ok"} 2 /openapi/schemas`);
problems.forEach((each) => console.log(`# ${each}`));

// Every operation has a name of its own, every name in braces its parameter, every reference a target.
const faults = [];
const names = new Set();
const follow = (reference) => reference.slice(2).split("/").reduce((at, part) => at?.[part], description);
JSON.stringify(description, (key, value) => {
  if (key === "$ref" && typeof value === "string" && follow(value) === undefined)
    faults.push(`${value} leads nowhere`);
  return value;
});
for (const [pattern, item] of Object.entries(description.paths))
  for (const operation of Object.values(item))
    {
      const said = operation.parameters.filter((each) => each.in === "path").map((each) => each.name);
      const meant = [...pattern.matchAll(/\{([^}]*)\}/g)].map((found) => found[1]);
      if (names.has(operation.operationId) || JSON.stringify(said) !== JSON.stringify(meant))
        faults.push(`${pattern} ${operation.operationId}`);
      names.add(operation.operationId);
    }
console.log(`${faults.length ? "not ok" : "ok"} 3 /openapi/names`);
faults.forEach((each) => console.log(`# ${each}`));
process.exit(said.valid && !problems.length && !faults.length ? 0 : 1);
