// SPDX-License-Identifier: GPL-3.0-or-later
// A program that is none of ours: it knows the published schemas and nothing else, joins over TLS with the certificate pinned, edits,
// and holds every message that comes against the schema. client.mjs FOLDER-OF-MODULES SCHEMA HOST; answers in TAP.
import { createHash, X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import https from "node:https";
import path from "node:path";
import tls from "node:tls";

const [modules, schemaPath, program] = process.argv.slice(2);
const require = createRequire(modules + "/");
const WebSocket = require("ws");
const Ajv = require("ajv/dist/2020").default;
const schema = JSON.parse(readFileSync(schemaPath, "utf8"));

// ---- the schema is all that is known

schema.$id = "https://tutti.invalid/protocol";
const ajv = new Ajv({ strict: false });
ajv.addSchema(schema);
const isFromHost = ajv.compile({ $ref: schema.$id + "#/$defs/toGuest" });
const isToHost = ajv.compile({ $ref: schema.$id + "#/$defs/toHost" });

const results = [];
const check = (name, good, more = "") => {
  results.push(good);
  console.log(`${good ? "ok" : "not ok"} ${results.length} /foreign/${name}${good ? "" : "\n# " + more}`);
};

// ---- a host of its own

const folder = mkdtempSync(path.join(tmpdir(), "tutti-foreign-"));
writeFileSync(path.join(folder, "host.conf"), "[host]\ndemo=true\n[announce]\nenabled=false\n");
const host = spawn(program, ["--config", path.join(folder, "host.conf"), "--data", path.join(folder, "data"), "--port", "0",
                             "--control", path.join(folder, "control")], { stdio: ["ignore", "pipe", "inherit"] });
const line = await new Promise((resolve, reject) => {
  host.stdout.once("data", (data) => resolve(data.toString()));
  host.once("exit", (code) => reject(new Error(`the host ended with ${code}`)));
});
const [, port, jam, fingerprint] = line.match(/^listening \S+:(\d+) jam=(\S+) fp=([0-9a-f]{64})/);
const deadline = setTimeout(() => { console.log("Bail out! it took too long"); host.kill(); process.exit(1); }, 60000);

// ---- TLS with the host's own certificate

const pinned = (wanted) => () => {
  const socket = tls.connect({ host: "127.0.0.1", port: Number(port), rejectUnauthorized: false });
  socket.once("secureConnect", () => {
    const found = createHash("sha256").update(new X509Certificate(socket.getPeerCertificate(true).raw).raw).digest("hex");
    if (found !== wanted)
      socket.destroy(new Error("another certificate"));
  });
  return socket;
};

class Guest {
  constructor(wanted = fingerprint) {
    this.waiting = [];
    this.heard = [];
    this.bad = [];
    this.open = new Promise((resolve, reject) => {
      this.socket = new WebSocket(`wss://127.0.0.1:${port}/api/v1/jams/${jam}/socket`, "tutti.1", { createConnection: pinned(wanted) });
      this.socket.once("open", resolve);
      this.socket.once("error", reject);
    });
    this.socket.on("message", (data) => {
      const message = JSON.parse(data.toString());
      if (!isFromHost(message))
        this.bad.push(data.toString().slice(0, 200));
      this.heard.push(message);
      this.look();
    });
    this.closed = new Promise((resolve) => this.socket.once("close", (code) => resolve(code)));
  }

  look() {
    this.waiting = this.waiting.filter(({ want, resolve }) => {
      const found = this.heard.find(want);
      if (found !== undefined)
        resolve(found);
      return found === undefined;
    });
  }

  until(want) {
    return new Promise((resolve) => { this.waiting.push({ want, resolve }); this.look(); });
  }

  say(message) {
    if (!isToHost(message))
      throw new Error(`the schema does not allow ${JSON.stringify(message)}`);
    this.socket.send(JSON.stringify(message));
  }

  // What the schema asks of a hello, and what a welcome says.
  async come(name, token = "") {
    await this.open;
    const hello = {};
    const properties = schema.$defs.messages.hello.properties.hello;
    for (const member of properties.required)
      hello[member] = properties.properties[member].type === "integer" ? Math.max(0, properties.properties[member].minimum)
                      : properties.properties[member].enum?.[0] ?? "";
    Object.assign(hello, { proto: 1, name, token });
    this.say({ hello });
    this.welcome = (await this.until((message) => message.welcome)).welcome;
    await this.until((message) => "live" in message);
    return this.welcome;
  }
}

const ask = (method, url, token, body) => new Promise((resolve, reject) => {
  const request = https.request({ host: "127.0.0.1", port, path: url, method, rejectUnauthorized: false, agent: false,
                                  headers: { "Content-Type": "application/json", ...(token ? { Authorization: `Bearer ${token}` } : {}) } },
    (response) => {
      let text = "";
      response.on("data", (data) => { text += data; });
      response.on("end", () => resolve({ status: response.statusCode, json: text ? JSON.parse(text) : null }));
    });
  request.once("error", reject);
  request.end(body === undefined ? undefined : JSON.stringify(body));
});

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const isStamped = (message, op) => Array.isArray(message) && same(message[3], op);

try {
  const stranger = new Guest("0".repeat(64));
  check("another certificate is refused", await stranger.open.then(() => false, () => true));

  const one = new Guest(), other = new Guest();
  const welcome = await one.come("Ada");
  await other.come("Bob");
  check("joins", welcome.me > 0 && welcome.jam === jam, JSON.stringify(welcome));

  const pieces = one.heard.filter((message) => message.doc !== undefined).map((message) => message.doc).join("");
  check("the document comes whole", JSON.parse(pieces).tk.length === 8);

  // Edits: answered to their author, told to the other.
  one.say([1, welcome.seq, ["tempo", 9700]]);
  const answer = await one.until((message) => Array.isArray(message) && message.length >= 4 && message[3] === 1);
  const told = await other.until((message) => isStamped(message, ["tempo", 9700]));
  check("an edit is answered and told", answer[0] === told[0] && told[1] === welcome.me, JSON.stringify([answer, told]));

  one.say([2, welcome.seq, ["track.delete", "1.1"]]);
  const no = await one.until((message) => message.no);
  check("what cannot be is refused", no.no.n === 2 || Object.values(no.no).includes(2), JSON.stringify(no));

  // Every operation but the host's own, as its schema says: none is more than refused.
  const sample = (rule) => {
    if (rule.$ref)
      return sample(rule.$ref.replace("#/$defs/", "").split("/").reduce((at, part) => at[part], schema.$defs));
    if ("const" in rule) return rule.const;
    if (rule.enum) return rule.enum[0];
    if (rule.oneOf) return sample(rule.oneOf[0]);
    if ([rule.type].flat().includes("integer")) return Math.max(rule.minimum, Math.min(1, rule.maximum));
    if (rule.type === "array") return rule.prefixItems ? rule.prefixItems.map(sample) : Array(rule.minItems || 1).fill(sample(rule.items));
    if (rule.type === "object") return Object.fromEntries(Object.entries(rule.properties).map(([key, of]) => [key, sample(of)]));
    if (rule.pattern?.includes("kit")) return "kit:cowbell";
    if (rule.pattern?.includes("{64}")) return "0".repeat(64);
    if (rule.pattern) return "1.1";
    return "x";
  };
  // Somebody else's lead, or a jam that is read only, would refuse what follows.
  const takenBack = { lead: 0, "jam.published": 0 };
  let number = 2;
  for (const [name, rule] of Object.entries(schema.$defs.ops))
    {
      number++;
      one.say([number, welcome.seq, sample(rule)]);
      const mine = number;
      await one.until((message) => (Array.isArray(message) && message[3] === mine) || (message.no && Object.values(message.no).includes(mine)));
      if (name in takenBack) { number++; one.say([number, welcome.seq, [name, takenBack[name]]]); }
    }
  check("every operation is answered", true);

  // The same person by REST, with the token of the welcome: each sees the other's edits.
  const access = (await ask("POST", "/api/v1/token", null, { jam, token: welcome.token })).json.access;
  await ask("PATCH", `/api/v1/jams/${jam}`, access, { tempo: 8600 });
  await Promise.all([one, other].map((guest) => guest.until((message) => isStamped(message, ["tempo", 8600]))));
  number++;
  other.say([1, welcome.seq, ["swing", 620]]);
  await other.until((message) => Array.isArray(message) && message[3] === 1);
  check("REST and socket see each other", (await ask("GET", `/api/v1/jams/${jam}`, access)).json.swing === 620);

  // Back on the own seat.
  one.socket.close(1000);
  await one.closed;
  const again = new Guest();
  check("comes back to the own seat", (await again.come("Ada", welcome.token)).me === welcome.me);

  // Kicked: the socket ends with the code that the schema names, and the access token with it.
  await ask("DELETE", `/api/v1/jams/${jam}/collaborators/${other.welcome.me}`, access);
  const kicked = schema.$defs.close.oneOf.find((each) => each.title === "kicked").const;
  check("kicked", await other.closed === kicked);

  const all = [one, other, again];
  const bad = all.flatMap((guest) => guest.bad);
  check(`every message is of the schema (${all.reduce((n, guest) => n + guest.heard.length, 0)} messages)`, bad.length === 0, bad.join("\n# "));
  again.socket.close(1000);
  await again.closed;
} catch (error) {
  check("runs to its end", false, error.stack.replaceAll("\n", "\n# "));
}
clearTimeout(deadline);
host.kill("SIGTERM");
const code = await new Promise((resolve) => host.once("exit", resolve));
check("the host ends well", code === 0, `exit ${code}`);
rmSync(folder, { recursive: true });
console.log(`1..${results.length}`);
process.exit(results.every((good) => good) ? 0 : 1);
