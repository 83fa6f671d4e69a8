#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The API through curl, at a tutti-host of its own on this machine's loopback: every route of the published description, well and
refused, beside people who are there by WebSocket. rest.py HOST TUTTICTL OPENAPI; answers in TAP."""
import base64
import contextlib
import hashlib
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import ssl
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zlib

DEADLINE_S = 60
CONFIG = """[host]
demo=true
log-level=info
[announce]
enabled=false
[limits]
upload-mib-per-person=1
[api]
create-jams={create}
cors-origins=https://example.org;http://localhost:8080
"""


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.bytes, self.text = status, headers, body, body.decode("utf-8", "replace")
        kind = headers.get("content-type", "")
        self.json = json.loads(self.text) if "json" in kind and body else None

    def __repr__(self):
        return f"{self.status} {self.headers} {self.text[:300]}"


class Host:
    def __init__(self, programs, create="true"):
        self.host, self.ctl = programs
        self.folder = tempfile.mkdtemp(prefix="tutti-rest-")
        self.config = os.path.join(self.folder, "host.conf")
        with open(self.config, "w", encoding="utf-8") as out:
            out.write(CONFIG.format(create=create))
        self.log = open(os.path.join(self.folder, "log"), "w+", encoding="utf-8")
        self.begin("0")

    def begin(self, port):
        self.process = subprocess.Popen([self.host, "--config", self.config, "--data", os.path.join(self.folder, "data"),
                                         "--control", os.path.join(self.folder, "control"), "--port", port],
                                        stdout=subprocess.PIPE, stderr=self.log, text=True)
        line = self.process.stdout.readline()
        found = re.match(r"listening \S+:(\d+) jam=(\S+) fp=(\S+)", line)
        assert found, (line, self.said())
        self.port, self.jam = int(found[1]), found[2]
        self.pin = self.public_key()

    def public_key(self):
        """curl pins the key, not the certificate: sha256 of its SubjectPublicKeyInfo."""
        pem = os.path.join(self.folder, "data", "identity.pem")
        key = subprocess.run(["openssl", "x509", "-in", pem, "-pubkey", "-noout"], check=True, capture_output=True).stdout
        der = subprocess.run(["openssl", "pkey", "-pubin", "-outform", "DER"], input=key, check=True, capture_output=True).stdout
        return "sha256//" + base64.b64encode(hashlib.sha256(der).digest()).decode()

    def said(self):
        self.log.seek(0)
        return self.log.read()

    def stop(self, gently=True):
        self.process.send_signal(signal.SIGTERM if gently else signal.SIGKILL)
        self.process.wait(DEADLINE_S)

    def end(self):
        self.stop()
        code, said = self.process.returncode, self.said()
        self.log.close()
        shutil.rmtree(self.folder)
        assert code == 0, (code, said)
        assert "CRITICAL" not in said and "ERROR" not in said, said

    def tuttictl(self, *words):
        return subprocess.run([self.ctl, *words], capture_output=True, text=True, timeout=DEADLINE_S, check=False)

    def curl(self, method, path, body=None, token=None, headers=(), raw=None, more=()):
        command = ["curl", "-sk", "--pinnedpubkey", self.pin, "-i", "-X", method, f"https://127.0.0.1:{self.port}{path}", *more]
        if method == "HEAD":
            command += ["-I"]
        if token:
            command += ["-H", f"Authorization: Bearer {token}"]
        if body is not None:
            command += ["-H", "Content-Type: application/json"]
            raw = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        if raw is not None:
            command += ["--data-binary", "@-"]
        for each in headers:
            command += ["-H", each]
        done = subprocess.run(command, input=raw, capture_output=True, timeout=DEADLINE_S, check=False)
        head, _, text = done.stdout.partition(b"\r\n\r\n")
        while head.startswith(b"HTTP/1.1 100"):
            head, _, text = text.partition(b"\r\n\r\n")
        assert head, (command, done.returncode, done.stderr, self.said())
        lines = head.decode().split("\r\n")
        fields = dict(line.lower().split(": ", 1)[:1] + line.split(": ", 1)[1:] for line in lines[1:])
        return Answer(int(lines[0].split()[1]), fields, text)


class Test:
    """A host, somebody with a seat, and which routes were tried."""

    def __init__(self, programs, description):
        self.programs, self.description = programs, description
        self.tried = set()
        self.host = None

    # ---- asking

    def template(self, path):
        path = path.split("?")[0]
        best = None
        for pattern in self.description["paths"]:
            if re.fullmatch(re.sub(r"\{[^}]*\}", "[^/]+", pattern), path):
                # What is spelt out goes before what is named.
                if best is None or pattern.count("{") < best.count("{"):
                    best = pattern
        return best

    def ask(self, method, path, status, body=None, token=None, **more):
        answer = self.host.curl(method, path, body, token, **more)
        assert answer.status == status, f"{method} {path}: not {status} but {answer!r}"
        if status >= 400 and status != 404 and path.startswith("/api/v1/") and "/samples/" not in path and "problem" in str(answer.headers):
            assert answer.json["status"] == status and answer.json["detail"], answer
        pattern = self.template(path)
        if status < 400 and pattern:
            self.tried.add((pattern, method.lower()))
        return answer

    def seat(self, name, jam=None, **more):
        jam = jam or self.host.jam
        seat = self.ask("POST", f"/api/v1/jams/{jam}/collaborators", 201, {"name": name, **more}).json
        return seat["person"], seat["token"]

    def access(self, token, jam=None):
        return self.ask("POST", "/api/v1/token", 200, {"jam": jam or self.host.jam, "token": token}).json["access"]

    def begin(self, create="true"):
        self.host = Host(self.programs, create)
        self.jam = f"/api/v1/jams/{self.host.jam}"
        self.person, self.seat_token = self.seat("Ada")
        self.token = self.access(self.seat_token)

    def end(self):
        self.host.end()

    # ---- the tests

    def test_seat_and_token(self):
        self.ask("POST", "/api/v1/token", 401, {"jam": self.host.jam, "token": "0" * 32})
        self.ask("POST", "/api/v1/token", 401, {"jam": "nonesuch", "token": self.seat_token})
        self.ask("POST", "/api/v1/token", 422, {"jam": self.host.jam, "token": "no hex"})
        self.ask("POST", "/api/v1/token", 422, {"jam": self.host.jam})
        self.ask("GET", self.jam, 401)
        self.ask("GET", self.jam, 401, token=self.seat_token)
        self.ask("GET", self.jam, 401, token=self.token[:-2])
        refused = self.ask("GET", self.jam, 401, token=self.token + "A")
        assert refused.headers["www-authenticate"].startswith("Bearer")
        assert len(self.token) <= 512
        self.ask("GET", self.jam, 200, token=self.token)
        self.ask("HEAD", self.jam, 200, token=self.token)
        self.ask("GET", "/api/v1/jams/another", 403, token=self.token)
        self.ask("POST", f"{self.jam}/collaborators", 422, {"name": ""})
        self.ask("POST", f"{self.jam}/collaborators", 422, {"name": "Eve", "colour": "octarine"})
        self.ask("POST", "/api/v1/jams/nonesuch/collaborators", 404, {"name": "Eve"})
        # Renewed, and ended by their owner: the seat stays.
        second = self.access(self.seat_token)
        self.ask("DELETE", "/api/v1/token", 204, token=second)
        self.ask("GET", self.jam, 401, token=second)
        self.ask("GET", self.jam, 401, token=self.token)
        self.ask("GET", self.jam, 200, token=self.access(self.seat_token))

    def test_tokens_live_on(self):
        """A host that begins again, after an end or a crash, knows its key and whom it sent away."""
        number, seat = self.seat("Bob")
        before = self.access(seat)
        self.ask("DELETE", f"{self.jam}/collaborators/{number}", 204, token=self.token)
        after = self.access(seat)
        for gently in (True, False):
            self.host.stop(gently)
            self.host.begin("0")
            self.ask("GET", self.jam, 200, token=self.token)
            self.ask("GET", self.jam, 401, token=before)
            self.ask("GET", self.jam, 200, token=after)

    def test_jams(self):
        made = self.ask("POST", "/api/v1/jams", 201, {"name": "Red room"}).json
        place = f"/api/v1/jams/{made['id']}"
        self.ask("POST", "/api/v1/jams", 422, {"name": ""})
        self.ask("POST", "/api/v1/jams", 422, {"name": "x" * 65})
        self.ask("POST", "/api/v1/jams", 422, {})
        # Nothing is announced here: strangers see none, and whoever is in one sees that one.
        assert self.ask("GET", "/api/v1/jams", 200).json == {"jams": []}
        _, seat = self.seat("Ada", made["id"])
        token = self.access(seat, made["id"])
        assert [each["name"] for each in self.ask("GET", "/api/v1/jams", 200, token=token).json["jams"]] == ["Red room"]
        jam = self.ask("GET", place, 200, token=token)
        assert jam.json["name"] == "Red room" and jam.json["tempo"] == 12000
        self.ask("PATCH", place, 200, {"name": "Blue room", "tempo": 9900, "key": 3, "loop": True, "loopEnd": 7680, "mix": {"gain": -50}}, token)
        changed = self.ask("GET", place, 200, token=token)
        assert (changed.json["name"], changed.json["tempo"], changed.json["key"], changed.json["loopEnd"]) == ("Blue room", 9900, 3, 7680)
        assert changed.json["mix"]["gain"] == -50 and changed.json["scale"] == jam.json["scale"]
        self.ask("PATCH", place, 422, {"tempo": 1}, token)
        self.ask("PATCH", place, 422, {"name": "Green room", "tempo": "fast"}, token)
        assert self.ask("GET", place, 200, token=token).json == changed.json
        self.ask("PATCH", place, 422, {"playing": True}, token)
        self.ask("PATCH", place, 422, {"nonesuch": 1}, token)
        self.ask("PATCH", place, 400, ["name"], token)
        # Deleting says which state it means.
        self.ask("DELETE", place, 428, token=token)
        late = self.ask("DELETE", place, 412, token=token, headers=[f"If-Match: {jam.headers['etag']}"])
        assert late.json["present"] == changed.json
        _, other = self.seat("Bob", made["id"])
        self.ask("DELETE", place, 403, token=self.access(other, made["id"]), headers=["If-Match: *"])
        self.ask("DELETE", place, 204, token=token, headers=[f"If-Match: {changed.headers['etag']}"])
        self.ask("GET", place, 404, token=token)
        self.ask("DELETE", self.jam, 409, token=self.token, headers=["If-Match: *"])

    def test_jams_not_for_all(self):
        self.host.end()
        self.begin("false")
        self.ask("POST", "/api/v1/jams", 403, {"name": "Red room"})

    def test_people(self):
        number, seat = self.seat("Bob", colour="mint")
        bob = self.access(seat)
        people = self.ask("GET", f"{self.jam}/collaborators", 200, token=bob).json["collaborators"]
        assert [(each["name"], each["role"]) for each in people] == [("Ada", "admin"), ("Bob", "contributor")], people
        place = f"{self.jam}/collaborators/{number}"
        self.ask("GET", place, 200, token=bob)
        self.ask("GET", f"{self.jam}/collaborators/999", 404, token=bob)
        self.ask("PATCH", place, 403, {"role": "admin"}, bob)
        self.ask("PATCH", place, 422, {"role": "king"}, self.token)
        self.ask("PATCH", place, 422, {"name": "Robert"}, self.token)
        # A viewer looks.
        self.ask("PATCH", place, 200, {"role": "viewer"}, self.token)
        self.ask("GET", f"{self.jam}/tracks", 200, token=bob)
        track = self.ask("GET", f"{self.jam}/tracks", 200, token=bob).json["tracks"][0]["id"]
        self.ask("PATCH", f"{self.jam}/tracks/{track}", 403, {"mute": True}, bob)
        self.ask("PATCH", f"{self.jam}/tracks/{track}", 403, {"zones": [["1.1", {"gain": 0}]]}, bob)
        self.ask("POST", f"{self.jam}/operations", 403, ["tempo", 9000], bob)
        self.ask("PUT", f"/api/v1/samples/{'0' * 64}", 403, token=bob, raw=b"x")
        # Sent away: the access token is dead at once, the seat is not.
        self.ask("DELETE", place, 403, token=bob)
        self.ask("DELETE", f"{self.jam}/collaborators/{self.person}", 422, token=self.token)
        self.ask("DELETE", f"{self.jam}/collaborators/999", 404, token=self.token)
        self.ask("DELETE", place, 204, token=self.token)
        self.ask("GET", self.jam, 401, token=bob)
        bob = self.access(seat)
        # Banned: neither is good any more, until that is lifted.
        self.ask("PATCH", place, 200, {"role": "banned"}, self.token)
        self.ask("GET", self.jam, 401, token=bob)
        self.ask("POST", "/api/v1/token", 401, {"jam": self.host.jam, "token": seat})
        self.ask("PATCH", place, 200, {"role": "contributor"}, self.token)
        self.ask("GET", self.jam, 200, token=self.access(seat))

    def show(self, numbers, planes):
        """People who show themselves do that over their WebSocket, and it is kept: here it was kept before."""
        self.host.stop()
        with contextlib.closing(sqlite3.connect(os.path.join(self.host.folder, "data", "jams.db"))) as store, store:
            for number in numbers:
                store.execute("INSERT INTO settings VALUES (?, ?)",
                              (f"picture.{self.host.jam}.{number}", base64.b64encode(planes).decode()))
        self.host.begin("0")

    @staticmethod
    def pixels(png):
        """The rows of a PNG file of three bytes a pixel, each checked as a reader would."""
        assert png[:8] == b"\x89PNG\r\n\x1a\n", png[:8]
        at, chunks = 8, {}
        while at < len(png):
            length = int.from_bytes(png[at:at + 4], "big")
            kind, data = png[at + 4:at + 8], png[at + 8:at + 8 + length]
            assert zlib.crc32(kind + data) == int.from_bytes(png[at + 8 + length:at + 12 + length], "big"), kind
            chunks[kind] = data
            at += length + 12
        assert list(chunks) == [b"IHDR", b"IDAT", b"IEND"], list(chunks)
        width, height, bits, colours, *rest = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
        assert (width, height, bits, colours, rest) == (72, 72, 8, 2, [0, 0, 0])
        rows = zlib.decompress(chunks[b"IDAT"])
        assert len(rows) == 72 * 217 and not any(rows[::217])
        return [rows[y * 217 + 1:(y + 1) * 217] for y in range(72)]

    def test_pictures(self):
        number, seat = self.seat("Bob")
        place = f"{self.jam}/collaborators/{number}/picture"
        self.ask("GET", place, 404, token=self.token)
        # White above grey, and red in the last corner.
        bright = bytes([255] * 72 * 36 + [128] * 72 * 36)
        red = bytearray([128] * 36 * 36)
        red[-1] = 255
        self.show([number], bright + bytes([128] * 36 * 36) + bytes(red))
        self.ask("GET", place, 401)
        self.ask("GET", f"{self.jam}/collaborators/999/picture", 404, token=self.token)
        self.ask("GET", f"{self.jam}/collaborators/{self.person}/picture", 404, token=self.token)
        shown = self.ask("GET", place, 200, token=self.access(seat))
        assert shown.headers["content-type"] == "image/png", shown
        rows = self.pixels(shown.bytes)
        assert rows[0] == b"\xff" * 216 and rows[36] == b"\x80" * 216
        assert rows[71][-3] == 255 and rows[71][-2] < 64, rows[71][-3:]
        known = self.ask("GET", place, 304, token=self.token, headers=[f"If-None-Match: {shown.headers['etag']}"])
        assert not known.bytes and known.headers["etag"] == shown.headers["etag"]
        self.ask("PATCH", f"{self.jam}/collaborators/{number}", 200, {"role": "viewer"}, self.token)
        self.ask("GET", place, 200, token=self.access(seat))
        # Who was banned is not shown any more.
        self.ask("PATCH", f"{self.jam}/collaborators/{number}", 200, {"role": "banned"}, self.token)
        deadline = time.monotonic() + DEADLINE_S
        while self.host.curl("GET", place, token=self.token).status != 404:
            assert time.monotonic() < deadline

    def test_tracks(self):
        tracks = self.ask("GET", f"{self.jam}/tracks", 200, token=self.token).json["tracks"]
        assert len(tracks) == 8 and [each["index"] for each in tracks] == list(range(8))
        made = self.ask("POST", f"{self.jam}/tracks", 201, {"name": "Bell", "sound": "kit:cowbell", "mute": True, "params": {"gain": -600}},
                        self.token)
        place = made.headers["location"]
        assert made.json["mute"] is True and made.json["params"]["gain"] == -600 and made.json["by"] == self.person
        one = self.ask("GET", place, 200, token=self.token)
        assert one.json == made.json and one.headers["etag"] == made.headers["etag"]
        self.ask("GET", place, 304, token=self.token, headers=[f"If-None-Match: W/{one.headers['etag']}"])
        before = self.status()["seq"]
        both = self.ask("PATCH", place, 200, {"name": "Chime", "mute": False, "index": 0, "params": {"pan": -500, "gain": 0}}, self.token)
        assert self.status()["seq"] == before + 1                  # one stamp, one undo
        assert (both.json["name"], both.json["mute"], both.json["index"], both.json["params"]["pan"]) == ("Chime", False, 0, -500)
        stale = self.ask("PATCH", place, 412, {"name": "Gong"}, self.token, headers=[f"If-Match: {one.headers['etag']}"])
        assert stale.json["present"] == both.json and stale.headers["etag"] == both.headers["etag"]
        # Whatever they know: what changed something is told.
        self.ask("PATCH", place, 200, {"name": "Gong"}, self.token,
                 headers=[f"If-Match: \"x\", {both.headers['etag']}", "If-None-Match: *"])
        self.ask("PATCH", place, 200, {}, self.token)
        assert self.status()["seq"] == before + 2                  # nothing said, nothing done
        own = self.ask("PATCH", place, 200, {"sound": "synth:acid-saw", "patch": {"vcf-cutoff": 640}}, self.token)
        assert own.json["sound"] == "synth:acid-saw" and own.json["patch"] == {"vcf-cutoff": 640}
        other = self.ask("PATCH", place, 200, {"sound": "drum:hard-kick"}, self.token)
        assert other.json["patch"] == {}
        self.ask("PATCH", place, 422, {"patch": {"vcf-cutoff": 9000}}, self.token)
        self.ask("PATCH", place, 422, {"params": {"gain": 9000}}, self.token)
        self.ask("PATCH", place, 422, {"params": {"nonesuch": 1}}, self.token)
        self.ask("PATCH", place, 422, {"mute": 1}, self.token)
        self.ask("PATCH", place, 422, {"name": "two\nlines"}, self.token)
        self.ask("POST", f"{self.jam}/tracks", 422, {"name": "Bell"}, self.token)
        self.ask("POST", f"{self.jam}/tracks", 422, {"name": "Bell", "sound": "/etc/passwd"}, self.token)
        for wrong in ("0", "zzz", "9.9", ".."):
            self.ask("GET", f"{self.jam}/tracks/{wrong}", 404, token=self.token, more=["--path-as-is"])
        # Claimed is claimed.
        _, seat = self.seat("Bob")
        bob = self.access(seat)
        self.ask("PATCH", place, 200, {"claimed": self.person}, self.token)
        refused = self.ask("PATCH", place, 403, {"name": "Mine"}, bob)
        assert "claimed by Ada" in refused.json["detail"]
        self.ask("DELETE", place, 403, token=bob)
        self.ask("DELETE", place, 204, token=self.token)
        self.ask("DELETE", place, 404, token=self.token)

    def test_scenes_and_clips(self):
        scene = self.ask("POST", f"{self.jam}/scenes", 201, {"name": "Outro"}, self.token)
        scenes = self.ask("GET", f"{self.jam}/scenes", 200, token=self.token).json["scenes"]
        assert scenes[-1]["name"] == "Outro" and scenes[-1]["index"] == len(scenes) - 1
        self.ask("PATCH", scene.headers["location"], 200, {"name": "Intro", "index": 0}, self.token)
        assert self.ask("GET", scene.headers["location"], 200, token=self.token).json["index"] == 0
        track = self.ask("GET", f"{self.jam}/tracks", 200, token=self.token).json["tracks"][0]["id"]
        new = {"track": track, "scene": scene.json["id"], "length": 8, "steps": [100, 0, {"v": 90, "p": 3}]}
        clip = self.ask("POST", f"{self.jam}/clips", 201, new, self.token)
        assert clip.json["steps"] == [100, 0, {"v": 90, "p": 3}, 0, 0, 0, 0, 0] and clip.json["length"] == 8
        self.ask("POST", f"{self.jam}/clips", 409, new, self.token)     # that place is taken
        self.ask("POST", f"{self.jam}/clips", 404, {**new, "scene": "1.1"}, self.token)
        place = clip.headers["location"]
        assert clip.json in self.ask("GET", f"{self.jam}/clips", 200, token=self.token).json["clips"]
        self.ask("PATCH", place, 200, {"name": "Fill", "ticksPerStep": 480, "steps": [0, 127]}, self.token)
        changed = self.ask("GET", place, 200, token=self.token).json
        assert changed["steps"][:3] == [0, 127, {"v": 90, "p": 3}] and changed["ticksPerStep"] == 480
        assert changed["track"] == track                            # of the move, only what is said
        self.ask("PATCH", place, 422, {"steps": [128]}, self.token)
        self.ask("PATCH", place, 422, {"steps": []}, self.token)
        step = self.ask("GET", f"{place}/steps/2", 200, token=self.token)
        assert step.json == {"v": 90, "p": 3}
        self.ask("PUT", f"{place}/steps/2", 200, 77, self.token, headers=[f"If-Match: {step.headers['etag']}"])
        late = self.ask("PUT", f"{place}/steps/2", 412, 78, self.token, headers=[f"If-Match: {step.headers['etag']}"])
        assert late.json["present"] == 77
        self.ask("PUT", f"{place}/steps/2", 422, {"v": 1, "nonesuch": 1}, self.token)
        self.ask("GET", f"{place}/steps/128", 404, token=self.token)
        self.ask("DELETE", place, 204, token=self.token)
        self.ask("DELETE", scene.headers["location"], 204, token=self.token)
        self.ask("GET", place, 404, token=self.token)

    def test_clips_of_notes(self):
        scene = self.ask("POST", f"{self.jam}/scenes", 201, {"name": "Chords"}, self.token).json["id"]
        track = self.ask("GET", f"{self.jam}/tracks", 200, token=self.token).json["tracks"][0]["id"]
        notes = [["1.1", 0, 960, 60, 90], ["1.2", 0, 960, 64, 80], ["1.3", 480, 240, 67, 100]]
        new = {"track": track, "scene": scene, "kind": "notes", "notes": notes}
        self.ask("POST", f"{self.jam}/clips", 422, {**new, "kind": "dots"}, self.token)
        clip = self.ask("POST", f"{self.jam}/clips", 201, new, self.token)
        place = clip.headers["location"]
        assert clip.json["kind"] == "notes" and clip.json["notes"] == notes
        assert clip.json in self.ask("GET", f"{self.jam}/clips", 200, token=self.token).json["clips"]
        # One is moved, one is taken away, one comes; of what was not said nothing changes.
        edits = [["1.1", None, None, 59], ["1.2"], ["1.4", 1920, 480, 72, 70]]
        changed = self.ask("PATCH", place, 200, {"notes": edits}, self.token).json
        assert changed["notes"] == [["1.1", 0, 960, 59, 90], ["1.3", 480, 240, 67, 100], ["1.4", 1920, 480, 72, 70]]
        self.ask("PATCH", place, 422, {"kind": "steps"}, self.token)
        self.ask("PATCH", place, 422, {"notes": [["1.5", 0, 0, 60, 90]]}, self.token)
        self.ask("PATCH", place, 422, {"notes": [["1.5", 0, 240, 128, 90]]}, self.token)
        assert self.ask("GET", place, 200, token=self.token).json["notes"] == changed["notes"]
        self.ask("DELETE", place, 204, token=self.token)
        plain = self.ask("POST", f"{self.jam}/clips", 201, {"track": track, "scene": scene}, self.token).json
        assert plain["kind"] == "steps" and plain["notes"] == []

    def test_chords(self):
        scene = self.ask("POST", f"{self.jam}/scenes", 201, {"name": "Lane"}, self.token).json["id"]
        track = self.ask("GET", f"{self.jam}/tracks", 200, token=self.token).json["tracks"][0]["id"]
        lane = [[0, 9, "minor"], [3840, 5, "major-seventh"], [7680, 0, "none"]]
        new = {"track": track, "scene": scene, "kind": "notes", "chords": lane}
        made = self.ask("POST", f"{self.jam}/clips", 201, new, self.token)
        place = made.headers["location"]
        assert made.json["chords"] == lane
        # One is another, one goes, one comes; what was not named stays.
        edits = [[3840, 2, "minor-seventh"], [7680, 0, "as-before"], [1920, 4, "power"]]
        changed = self.ask("PATCH", place, 200, {"chords": edits}, self.token, headers=[f"If-Match: {made.headers['etag']}"]).json
        expected = [[0, 9, "minor"], [1920, 4, "power"], [3840, 2, "minor-seventh"]]
        assert changed["chords"] == expected
        self.ask("PATCH", place, 412, {"chords": edits}, self.token, headers=[f"If-Match: {made.headers['etag']}"])
        # Nothing of what cannot all be done is done.
        for wrong in ([[0, 12, "minor"]], [[-1, 0, "minor"]], [[0, 0, "jolly"]], [[0, 0]], [[]], [[0, 0, "minor", 1]], [7], {},
                      [[0, 1, "minor"], [960, 0, 3]]):
            self.ask("PATCH", place, 422, {"chords": wrong}, self.token)
        assert self.ask("GET", place, 200, token=self.token).json["chords"] == expected
        self.ask("DELETE", place, 204, token=self.token)
        # Only a clip of notes has them.
        plain = self.ask("POST", f"{self.jam}/clips", 201, {"track": track, "scene": scene}, self.token)
        assert plain.json["chords"] == []
        self.ask("PATCH", plain.headers["location"], 422, {"chords": lane}, self.token)

    def test_zones(self):
        zone = {"sound": "kit:cowbell", "keys": [0, 59], "velocities": [1, 127], "root": 48, "tune": 0, "gain": 0, "pan": 0}
        high = {**zone, "keys": [60, 127], "root": 72}
        new = {"name": "Keys", "sound": "kit:cowbell", "zones": [["1.1", zone], ["1.2", high]]}
        made = self.ask("POST", f"{self.jam}/tracks", 201, new, self.token)
        place = made.headers["location"]
        assert made.json["zones"] == new["zones"]
        # One is changed in what was said of it alone, one is taken away, one comes.
        edits = [["1.1", {"gain": -600, "keys": [0, 64]}], ["1.2"], ["1.3", {**high, "keys": [65, 127]}]]
        step = self.ask("GET", place, 200, token=self.token)
        changed = self.ask("PATCH", place, 200, {"zones": edits}, self.token, headers=[f"If-Match: {step.headers['etag']}"]).json
        expected = [["1.1", {**zone, "gain": -600, "keys": [0, 64]}], ["1.3", {**high, "keys": [65, 127]}]]
        assert changed["zones"] == expected
        self.ask("PATCH", place, 412, {"zones": [["1.1"]]}, self.token, headers=[f"If-Match: {step.headers['etag']}"])
        # Nothing of what cannot all be done is done.
        for wrong in ([["1.1", {"gain": 9000}]], [["1.1", {"keys": [64, 0]}]], [["1.9", {"gain": 0}]], [["1.1", {}]], [[]], [["1.9"]],
                      [["1.1", {"nonesuch": 1}]], [["0.0", zone]], [["1.1"], ["1.9", {"gain": 0}]], {}, [7]):
            answer = self.host.curl("PATCH", place, {"zones": wrong}, self.token)
            assert answer.status in (404, 422), (wrong, answer.status)
        assert self.ask("GET", place, 200, token=self.token).json["zones"] == expected
        # Only a track of samples has them.
        synth = self.ask("POST", f"{self.jam}/tracks", 201, {"name": "Lead", "sound": "synth:acid-saw"}, self.token).headers["location"]
        self.ask("PATCH", synth, 422, {"zones": [["1.1", zone]]}, self.token)
        self.ask("DELETE", synth, 204, token=self.token)
        self.ask("DELETE", place, 204, token=self.token)

    def test_operations_and_history(self):
        stamp = self.ask("POST", f"{self.jam}/operations", 200, ["tempo", 9100], self.token).json
        assert stamp["by"] == self.person and stamp["seq"] == self.status()["seq"] and self.status()["tempo"] == 9100
        self.ask("POST", f"{self.jam}/operations", 200, ["group", [["tempo", 9200], ["swing", 600]]], self.token)
        # One that cannot be done, and none of the group is.
        self.ask("POST", f"{self.jam}/operations", 404, ["group", [["tempo", 9300], ["track.delete", "1.1"]]], self.token)
        assert self.status()["tempo"] == 9200
        # Its holder coins ids of its own, and nobody else's.
        grant = self.ask("POST", "/api/v1/token", 200, {"jam": self.host.jam, "token": self.seat_token}).json
        self.ask("POST", f"{self.jam}/operations", 200, ["scene.add", f"{grant['creator']}.1", "C", 0], grant["access"])
        self.ask("POST", f"{self.jam}/operations", 409, ["scene.add", f"{grant['creator']}.1", "C", 0], grant["access"])
        self.ask("POST", f"{self.jam}/operations", 403, ["scene.add", "1.1", "C", 0], grant["access"])
        for wrong, status in ((["tempo"], 422), (["reboot"], 422), ({}, 422), ([], 422), (["tempo", 1], 422), (["purge", "1.1"], 403),
                              (["person", 1, "Eve", "mint"], 403)):
            self.ask("POST", f"{self.jam}/operations", status, wrong, self.token)
        document = self.ask("GET", f"{self.jam}/document", 200, token=self.token)
        self.ask("POST", f"{self.jam}/operations", 200, ["tempo", 9400], self.token, headers=[f"If-Match: {document.headers['etag']}"])
        self.ask("POST", f"{self.jam}/operations", 412, ["tempo", 9500], self.token, headers=[f"If-Match: {document.headers['etag']}"])
        # The past in slices: what follows what, forward and back.
        last = self.status()["seq"]
        whole, after = [], 0
        while after < last:
            part = self.ask("GET", f"{self.jam}/history?after={after}&limit=2", 200, token=self.token).json
            whole += part["operations"]
            after = part["next"]
        assert [each["seq"] for each in whole] == list(range(1, last + 1))
        assert whole[-1]["op"] == ["tempo", 9400] and whole[-1]["by"] == self.person
        back = self.ask("GET", f"{self.jam}/history?before={last}&limit=3", 200, token=self.token).json["operations"]
        assert [each["seq"] for each in back] == [last - 3, last - 2, last - 1]
        end = self.ask("GET", f"{self.jam}/history?before=1000000&limit=1", 200, token=self.token).json["operations"]
        assert [each["seq"] for each in end] == [last]
        for wrong in ("after=-1", "limit=0", "limit=65", "before=x"):
            self.ask("GET", f"{self.jam}/history?{wrong}", 422, token=self.token)

    def status(self):
        return self.ask("GET", f"{self.jam}/status", 200).json

    def test_beside_sockets(self):
        """A guest by WebSocket sees what came by REST, REST what came by WebSocket, and both have one document."""
        place = f"127.0.0.1:{self.host.port}"
        guest = subprocess.Popen([self.programs[1], "join", place, "--name", "Sue"], stdout=subprocess.PIPE, text=True)
        guest.stdout.readline()                                     # it is in
        self.ask("PATCH", self.jam, 200, {"tempo": 8800}, self.token)
        sent = self.host.tuttictl("send", place, '["swing",610]')
        assert sent.returncode == 0, sent
        assert self.ask("GET", self.jam, 200, token=self.token).json["swing"] == 610
        self.ask("PATCH", self.jam, 200, {"name": "Of both"}, self.token)
        # Everything it was told lies before its goodbye in the order: what it leaves with is the host's.
        status = self.status()
        while self.ask("GET", f"{self.jam}/status", 200).json["people"] != 1:
            pass
        guest.send_signal(signal.SIGTERM)
        left = json.loads(guest.communicate(timeout=DEADLINE_S)[0].strip().split("\n")[-1])
        assert left["hash"] == status["hash"] and left["seq"] == status["seq"] and left["repairs"] == 0, (left, status)

    def test_kicked_by_socket(self):
        """Somebody who is there both ways and is sent away from the socket has no access token either."""
        place = f"127.0.0.1:{self.host.port}"
        guest = subprocess.Popen([self.programs[1], "join", place, "--name", "Sue"], stdout=subprocess.PIPE, text=True)
        guest.stdout.readline()
        number = max(each["number"] for each in self.ask("GET", f"{self.jam}/collaborators", 200, token=self.token).json["collaborators"])
        self.ask("DELETE", f"{self.jam}/collaborators/{number}", 204, token=self.token)
        assert guest.wait(DEADLINE_S) == 1
        guest.stdout.close()

    def test_passcode(self):
        _, seat = self.seat("Bob")
        bob = self.access(seat)
        self.ask("PUT", f"{self.jam}/passcode", 403, {"passcode": "sesame"}, bob)
        self.ask("PUT", f"{self.jam}/passcode", 422, {"passcode": "x" * 129}, self.token)
        self.ask("PUT", f"{self.jam}/passcode", 204, {"passcode": "sesame"}, self.token)
        assert self.status()["locked"] is True
        self.ask("POST", f"{self.jam}/collaborators", 403, {"name": "Eve"})
        self.seat("Sue", passcode="sesame")
        self.ask("POST", f"{self.jam}/invitations", 403, {"role": "admin", "uses": 1, "minutes": 5}, bob)
        self.ask("POST", f"{self.jam}/invitations", 422, {"role": "banned", "uses": 1, "minutes": 5}, self.token)
        code = self.ask("POST", f"{self.jam}/invitations", 201, {"role": "viewer", "uses": 1, "minutes": 5}, self.token).json["code"]
        number, _ = self.seat("Tom", invite=code)
        assert self.ask("GET", f"{self.jam}/collaborators/{number}", 200, token=self.token).json["role"] == "viewer"
        self.ask("POST", f"{self.jam}/collaborators", 403, {"name": "Eve", "invite": code})
        for _ in range(20):
            answer = self.host.curl("POST", f"{self.jam}/collaborators", {"name": "Eve", "passcode": "wrong"})
            if answer.status == 429:
                break
            assert answer.status == 403, answer
        assert answer.status == 429 and int(answer.headers["retry-after"]) > 0, answer
        self.ask("GET", self.jam, 200, token=self.token)
        self.ask("PUT", f"{self.jam}/passcode", 204, {"passcode": ""}, self.token)
        self.seat("Eve")

    def test_samples(self):
        assert self.ask("GET", f"{self.jam}/samples", 200, token=self.token).json == {"samples": []}
        sound = os.path.join(self.host.folder, "sound.flac")
        subprocess.run(["gst-launch-1.0", "-q", "audiotestsrc", "num-buffers=20", "!", "audioconvert", "!",
                        "audio/x-raw,format=S24LE,rate=48000,channels=1", "!", "flacenc", "!", "filesink", f"location={sound}"], check=True, capture_output=True)
        with open(sound, "rb") as file:
            content = file.read()
        digest = hashlib.sha256(content).hexdigest()
        place = f"/api/v1/samples/{digest}"
        self.ask("PUT", place, 403, raw=content)
        self.ask("PUT", f"/api/v1/samples/{'0' * 64}", 422, token=self.token, raw=content)
        self.ask("PUT", f"/api/v1/samples/{hashlib.sha256(b'no sound').hexdigest()}", 422, token=self.token, raw=b"no sound")
        self.ask("PUT", place, 201, token=self.token, raw=content)
        self.ask("PUT", place, 409, token=self.token, raw=content)
        self.ask("GET", place, 403)
        self.ask("GET", place, 200, token=self.token)
        self.ask("GET", place, 206, token=self.seat_token, headers=["Range: bytes=0-9"])
        self.ask("POST", f"{self.jam}/operations", 200, ["sound.add", digest, "Beep", 20480, 1], self.token)
        assert self.ask("GET", f"{self.jam}/samples", 200, token=self.token).json["samples"][0]["name"] == "Beep"
        # A person's share of a day is one MiB here. (Of so much curl asks first whether it may send it.)
        big = b"\0" * (2 * 1024 * 1024)
        refused = self.ask("PUT", f"/api/v1/samples/{hashlib.sha256(big).hexdigest()}", 413, token=self.token, raw=big)
        assert "today" in refused.text, refused
        figures = self.host.curl("GET", "/metrics").text
        assert re.search(r"(?m)^tutti_uploads_refused_total 1$", figures), figures

    def test_origins(self):
        for origin in ("https://example.org", "http://localhost:8080"):
            preflight = self.ask("OPTIONS", self.jam, 204, headers=[f"Origin: {origin}", "Access-Control-Request-Method: PATCH"])
            assert preflight.headers["access-control-allow-origin"] == origin
            assert "PATCH" in preflight.headers["access-control-allow-methods"]
            answer = self.ask("GET", self.jam, 200, token=self.token, headers=[f"Origin: {origin}"])
            assert answer.headers["access-control-allow-origin"] == origin and answer.headers["vary"] == "Origin"
        own = f"https://127.0.0.1:{self.host.port}"
        assert "access-control-allow-origin" not in self.ask("GET", self.jam, 200, token=self.token, headers=[f"Origin: {own}"]).headers
        for origin in ("https://evil.example", "https://example.org.evil.example", "http://example.org", "null", "https://example.org:1"):
            for path in (self.jam, "/api/v1/jams", "/api/v1/status", "/socket", f"/api/v1/samples/{'0' * 64}"):
                answer = self.ask("GET", path, 403, token=self.token, headers=[f"Origin: {origin}"])
                assert "access-control-allow-origin" not in answer.headers
            self.ask("OPTIONS", self.jam, 403, headers=[f"Origin: {origin}", "Access-Control-Request-Method: PATCH"])

    def test_bodies(self):
        place, token = f"{self.jam}/operations", self.token
        self.ask("POST", place, 415, token=token, raw=b'["tempo",9000]')
        self.ask("POST", place, 415, token=token, raw=b"tempo=9000", headers=["Content-Type: application/x-www-form-urlencoded"])
        kind = ["Content-Type: application/json"]
        for raw in (b"", b"[", b"[" * 60000, b'{"a":1,"a":2}', b"\xff", b"[1e3]", b"[9007199254740993]", b'["\\u0000"]', b"// ok\n[]", b"nan"):
            self.ask("POST", place, 400, token=token, raw=raw, headers=kind)
        self.ask("POST", place, 413, token=token, raw=b" " * (10 * 1024 * 1024), headers=kind)
        self.ask("GET", self.jam, 413, token=token, raw=b"x")
        self.ask("GET", "/api/v1/" + "x" * 600, 414)
        self.ask("GET", self.jam, 401, headers=["Authorization: Bearer " + "x" * 5000])
        self.ask("PUT", place, 405, token=token)
        assert self.host.curl("PUT", place).headers["allow"] == "POST"
        for path in ("/api/v1/status", f"{self.jam}/status"):
            refused = self.ask("DELETE", path, 405)
            assert refused.headers["allow"] == "GET" and refused.json["status"] == 405

    # ---- floods

    def line(self):
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        return context.wrap_socket(socket.create_connection(("127.0.0.1", self.host.port), DEADLINE_S))

    def memory_kib(self):
        with open(f"/proc/{self.host.process.pid}/status", encoding="ascii") as status:
            return int(re.search(r"VmRSS:\s+(\d+)", status.read())[1])

    def head(self, length):
        return (f"POST {self.jam}/operations HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {self.token}\r\n"
                f"Content-Type: application/json\r\n{length}\r\n\r\n").encode()

    @staticmethod
    def status_on(line):
        """0: it was cut, having waited too long for its turn."""
        try:
            first = line.makefile("rb").readline().split()
        except OSError:
            first = []
        return int(first[1]) if first else 0

    def test_held(self):
        """What the listener answers by itself counts as the API does: together 600 at once, and 200 a second."""
        asked = 10 * [("POST", "/api/v1/jams", 60)] + 50 * [("GET", "/api/v1/status", 1)]
        lines = [self.line() for _ in asked]
        begun = time.monotonic()
        for line, (method, path, _) in zip(lines, asked):
            try:
                line.sendall(f"{method} {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n".encode())
            except OSError:
                pass
        statuses = [self.status_on(line) for line in lines]
        took = time.monotonic() - begun
        for line in lines:
            line.close()
        assert set(statuses) <= {0, 200, 415, 429}, statuses
        spent = sum(cost for (_, _, cost), status in zip(asked, statuses) if status not in (0, 429))
        assert spent <= 601 + 200 * took, (spent, took)

    def test_floods(self):
        before = self.memory_kib()
        # Bodies that do not come: others are answered all the same.
        slow = [self.line() for _ in range(30)]
        for each in slow:
            each.sendall(self.head("Content-Length: 1000") + b'["tempo"')
        self.ask("GET", self.jam, 200, token=self.token)
        # A body without end is cut off.
        endless, sent = self.line(), 0
        endless.sendall(self.head("Transfer-Encoding: chunked"))
        try:
            while sent < 64 * 1024 * 1024:
                endless.sendall(b"4000\r\n" + b" " * 0x4000 + b"\r\n")
                sent += 0x4000
        except OSError:
            pass
        assert sent < 64 * 1024 * 1024, "nobody cut it off"
        for each in [*slow, endless]:
            each.close()
        # A thousand at once: each is answered, or told to wait, or not let in; and then all is well.
        urls = os.path.join(self.host.folder, "urls")
        with open(urls, "w", encoding="ascii") as out:
            out.write("".join(f'url = "https://127.0.0.1:{self.host.port}{self.jam}"\noutput = "/dev/null"\n' for _ in range(1000)))
        done = subprocess.run(["curl", "-sk", "--parallel", "--parallel-max", "300", "--parallel-immediate", "-w", "%{http_code}\n",
                               "-H", f"Authorization: Bearer {self.token}", "-K", urls], capture_output=True, text=True, check=False)
        codes = done.stdout.split()
        counts = {code: codes.count(code) for code in set(codes)}
        print(f"# a thousand at once: {counts}; {sent // 1024} KiB of an endless body; memory {before} to {self.memory_kib()} KiB")
        assert len(codes) == 1000 and set(counts) <= {"200", "429", "000"} and counts.get("200", 0) > 0, counts
        # The address sanitizer keeps what was freed.
        with open(self.programs[0], "rb") as program:
            assert b"__asan_init" in program.read() or self.memory_kib() < before + 64 * 1024
        while self.host.curl("GET", self.jam, token=self.token).status == 429:
            pass
        # One person's edits are held to their rate, whichever way they come.
        edits = [{"name": f"Name {i}"} for i in range(4)]
        for each in edits:
            while self.host.curl("PATCH", self.jam, each, self.token).status == 429:
                pass
        assert self.ask("GET", self.jam, 200, token=self.token).json["name"] == "Name 3"

    # ---- the description

    def test_described(self):
        served = self.ask("GET", "/api/v1/openapi.json", 200)
        assert served.json == self.description, "data/protocol/tutti-1.openapi.json is not what the host serves"
        self.ask("GET", "/api/v1/status", 200)
        known = {(path, method) for path, item in self.description["paths"].items() for method in item}
        # What is described was answered well in one of the tests before.
        assert self.tried >= known, f"not tried: {sorted(known - self.tried)}"
        # What is not described is not answered.
        samples = {"jam": self.host.jam, "track": "1.1", "scene": "1.1", "clip": "1.1", "step": "1", "number": "1", "sha256": "0" * 64}
        for path, item in self.description["paths"].items():
            url = re.sub(r"\{([^}]*)\}", lambda found: samples[found[1]], path)
            for method in {"get", "put", "post", "patch", "delete", "trace"} - set(item):
                answer = self.host.curl(method.upper(), url, token=self.token)
                while answer.status == 429:
                    answer = self.host.curl(method.upper(), url, token=self.token)
                assert answer.status in (404, 405), f"{method} {path}: {answer!r}"
        for path in ("/api/v1", "/api/v1/", "/api/v1/nonesuch", f"{self.jam}/", f"{self.jam}/nonesuch", "/api/v2/jams"):
            self.ask("GET", path, 404, token=self.token)


def main():
    host, ctl, path = sys.argv[1:4]
    with open(path, encoding="utf-8") as file:
        test = Test((host, ctl), json.load(file))
    names = [name for name in dir(Test) if name.startswith("test_") and name != "test_described"] + ["test_described"]
    print(f"1..{len(names)}", flush=True)
    failed = 0
    for number, name in enumerate(names, 1):
        begun, skipped, problem = time.monotonic(), None, None
        test.begin()
        try:
            skipped = getattr(test, name)()
        except (AssertionError, KeyError, ValueError, TypeError, subprocess.SubprocessError) as error:
            problem = error
            print(f"# {error!r}\n# {test.host.said()[-2000:]!r}", flush=True)
        try:
            test.end()
        except AssertionError as error:
            problem = problem or error
            print(f"# {error!r}"[:4000], flush=True)
        failed += problem is not None
        print(f"{'not ok' if problem is not None else 'ok'} {number} /rest/{name[5:]}{' # SKIP ' + skipped if skipped else ''}"
              f"\n# {time.monotonic() - begun:.1f} s", flush=True)
    return failed > 0


sys.exit(main())
