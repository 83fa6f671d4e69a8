#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The eyes and hands of somebody at a machine's window: sees it as assistive technology does (AT-SPI), moves the real
pointer and presses real keys (xdotool). Obeys lines on standard input, words quoted as in a shell, and answers each with
one line: "ok …", or "failed …" with all that could be seen; then there is a picture in FOLDER, its argument.

  see WHAT [STATE…]     until it is on the screen and in these states; "!STATE": not in this one
  miss WHAT             until nothing of that kind is on the screen
  focus WHAT            until something so called has the focus, wherever it lies: menus are surfaces of their own
  walk KEY WHAT [MOST]  presses KEY, at most so many times (20), until something so called has the focus
  click WHAT            sees it, points at its middle and presses
  drag WHAT OTHER       pulls the one from its middle to the other's, and lets go
  left WHAT OTHER       until the one is on the screen to the left of the other
  keys KEY…             presses keys; xdotool's names
  text WORDS            types
  cells                 tells every step that is shown: its name, and "+" if it is checked
  shot FILE             a picture of the screen, as PNG

WHAT: a regular expression for the whole of a name. Where no window manager is, windows lie at the screen's corner; the
last one opened is on top."""
import ast
import os
import re
import shlex
import subprocess
import sys
import time

from gi.repository import Gio, GLib

DEADLINE_S = 50
PAUSE_S = 0.1
REST_S = 0.05
ACCESSIBLE = "org.a11y.atspi.Accessible"
ROOT = "/org/a11y/atspi/accessible/root"
FRAME, BUTTON, TABLE_CELL = 23, 43, 56
LEAVES = {27, 29, 43, 50, 56}             # images, labels, buttons, separators, cells
STATES = {"active": 1, "checked": 4, "focused": 12, "pressed": 20, "sensitive": 24, "showing": 25, "visible": 30}
IN_WINDOW = 1
# An item of AT-SPI's cache as GVariant prints it; to unpack some thousands of them one value after the other takes ten times as long.
TEXT = r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
OBJECT = rf"\({TEXT}, {TEXT}\)"
ITEM = re.compile(rf"\(\('([^']*)', '([^']*)'\), {OBJECT}, {OBJECT}, -?\d+, (-?\d+), \[[^\]]*\], ({TEXT}), (\d+), {TEXT}, \[(\d+), (\d+)\]\)")


def words_of(bits):
    return {name for name, bit in STATES.items() if bits[bit // 32] >> (bit % 32) & 1}


class Item:
    """One thing in the window, as it was when it was asked."""

    def __init__(self, words):
        self.bus, self.path, children, name, role, *bits = words
        self.name, self.role, self.children = ast.literal_eval(name), int(role), int(children)
        self.states = words_of([int(each) for each in bits])

    def __str__(self):
        return " ".join([f"“{self.name}”", *sorted(self.states - {"visible", "showing", "sensitive"}),
                         *({"insensitive"} if "sensitive" not in self.states else ())])


class Eyes:
    def __init__(self):
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        address = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None, 0, -1, None)
        self.bus = Gio.DBusConnection.new_for_address_sync(
            address.unpack()[0],
            Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        self.deep = False
        self.items, self.parents, self.places = {}, {}, {}

    def ask(self, name, path, interface, method):
        return self.bus.call_sync(name, path, interface, method, None, None, 0, -1, None).get_child_value(0)

    def ask_all(self, name, paths, interface, method, *arguments):
        """The same of many things at once, which is far quicker than one by one: {path: answer}, without those that are gone."""
        variant = GLib.Variant(*arguments) if arguments else None
        answers = {}

        def on_answer(bus, result, path):
            try:
                answers[path] = bus.call_finish(result).unpack()[0]
            except GLib.Error:
                answers[path] = None

        for path in paths:
            self.bus.call(name, path, interface, method, variant, None, 0, -1, None, on_answer, path)
        while len(answers) < len(paths):
            GLib.MainContext.default().iteration(True)
        return {path: answer for path, answer in answers.items() if answer is not None}

    def programs(self):
        """Who shows windows: [(name on the bus, path of the root)]."""
        return self.ask("org.a11y.atspi.Registry", ROOT, ACCESSIBLE, "GetChildren").unpack()

    def look(self):
        """Everything that there is. GTK tells in one answer of all that was ever asked for, also of what is gone: the tree
        says what is there, and the answer how it is."""
        self.items, self.parents, self.places = {}, {}, {}
        for name, root in self.programs():
            items = self.read(name)
            self.walk(name, root, items)
            if not self.parents.keys() <= items.keys():
                items = self.read(name)
            self.items |= {path: items[path] for path in self.parents.keys() & items.keys()}

    def read(self, name):
        told = self.ask(name, "/org/a11y/atspi/cache", "org.a11y.atspi.Cache", "GetItems")
        items = [Item(found.groups()) for found in ITEM.finditer(told.print_(False))]
        assert len(items) == told.n_children(), "AT-SPI's items have another form"
        return {item.path: item for item in items}

    def walk(self, name, root, items):
        ahead = [root]
        while ahead:
            told = self.ask_all(name, ahead, ACCESSIBLE, "GetChildren")
            found = {child: path for path, children in told.items() for _, child in children}
            self.parents |= found
            ahead = [path for path in found if path not in items or self.is_branch(items[path])]

    def is_branch(self, item):
        return item.children > 0 and (item.role not in LEAVES or (self.deep and item.role == BUTTON))

    def around(self, item):
        """Everything around it, from the nearest to its window."""
        path = item.path
        while (path := self.parents.get(path)) is not None:
            if path in self.items:
                yield self.items[path]
                if self.items[path].role == FRAME:
                    return

    def frame(self, item):
        return next(around for around in (item, *self.around(item)) if around.role == FRAME)

    def measure(self, items):
        for bus in {item.bus for item in items}:
            paths = [item.path for item in items if item.bus == bus and item.path not in self.places]
            self.places |= self.ask_all(bus, paths, "org.a11y.atspi.Component", "GetExtents", "(u)", (IN_WINDOW,))

    def place(self, item):
        """Where it lies in its window: x, y, width, height; nowhere if it is gone."""
        return self.places.get(item.path, (0, 0, 0, 0))

    def on_screen(self, item):
        """Where it is; None for what is hidden, folded away or scrolled out."""
        all_around = list(self.around(item))
        if not self.shown(item):
            return None
        self.measure([item, *all_around])
        x, y, width, height = place = self.place(item)
        inside = all(0 <= x + width / 2 - left <= wide and 0 <= y + height / 2 - top <= high
                     for left, top, wide, high in map(self.place, all_around))
        return place if width and height and inside else None

    def shown(self, item):
        return all("visible" in each.states for each in (item, *self.around(item)))

    def windows(self):
        """The states of those that are shown, in the order in which they were opened."""
        states = []
        for name, root in self.programs():
            frames = [path for _, path in self.ask(name, root, ACCESSIBLE, "GetChildren").unpack()]
            told = self.ask_all(name, frames, ACCESSIBLE, "GetState")
            states += [words_of(told[path]) for path in frames if path in told]
        return [each for each in states if "showing" in each]

    def find(self, what, states=()):
        """What is on the screen so: [(item, place)]."""
        pattern = re.compile(what)
        found = []
        for item in self.items.values():
            fits = all((state.lstrip("!") in item.states) != state.startswith("!") for state in states)
            if fits and pattern.fullmatch(item.name) and (place := self.on_screen(item)):
                found.append((item, place))
        return found

    def everything(self):
        return "; ".join(sorted({str(item) for item in self.items.values() if item.name and self.on_screen(item)}))


class Failed(Exception):
    pass


class Hands:
    def __init__(self):
        self.eyes = None

    def until(self, wanted, words, look=True):
        """Looks until wanted() is true; returns what it said. Without @look wanted() asks for itself."""
        deadline = time.monotonic() + DEADLINE_S
        while True:
            try:
                self.eyes = self.eyes or Eyes()
                if look:
                    self.eyes.look()
                if answer := wanted():
                    return answer
            except GLib.Error as error:                                 # nobody there yet, or just gone
                print(f"  {error.message}", flush=True)
            if time.monotonic() > deadline:
                raise Failed(f"{words}; to be seen: {self.eyes.everything() if self.eyes else 'nothing'}")
            time.sleep(PAUSE_S)

    @staticmethod
    def window(frame):
        """The X window of a frame: number, x, y, width, height; None if it has another title by now, or is gone."""
        done = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", f"^{re.escape(frame.name)}$",
                               "getwindowgeometry", "--shell"], capture_output=True, text=True, check=False)
        told = dict(line.split("=") for line in done.stdout.split())
        return [int(told[key]) for key in ("WINDOW", "X", "Y", "WIDTH", "HEIGHT")] if done.returncode == 0 else None

    def see(self, what, *states):
        found = self.until(lambda: self.eyes.find(what, states), f"no “{what}” {' '.join(states)}")
        return str(found[0][0])

    def miss(self, what):
        self.until(lambda: not self.eyes.find(what), f"still “{what}”")
        return ""

    def focus(self, what):
        pattern = re.compile(what)

        def focused():
            self.eyes.deep = True                                           # a button's menu lies below it
            return [item for item in self.eyes.items.values() if "focused" in item.states and pattern.fullmatch(item.name)]
        found = self.until(focused, f"no “{what}” in focus")
        self.eyes.deep = False
        return str(found[0])

    def focused(self):
        """What has the focus, the last that said so; None for nothing."""
        self.eyes.deep = True
        return next((item for item in reversed(self.eyes.items.values()) if "focused" in item.states), None)

    def walk(self, key, what, most="20"):
        pattern = re.compile(what)
        stops = []
        item = self.until(self.focused, "nothing has the focus")
        while not pattern.fullmatch(item.name):
            if len(stops) == int(most):
                raise Failed(f"no “{what}” among where “{key}” goes to: " + ", ".join(map(str, stops)))
            stops.append(item)
            before = item.path
            subprocess.run(["xdotool", "key", key], check=True)
            item = self.until(lambda: (now := self.focused()) and now.path != before and now, f"“{key}” does not leave “{item.name}”")
        self.eyes.deep = False
        return f"{item} after {len(stops)}"

    def resting(self, what):
        """Where it is, once nothing that is called so moves any more: of several it is the last, which is on top."""
        first = {item.path: place for item, place in self.eyes.find(what, ["sensitive"])}
        time.sleep(REST_S)
        self.eyes.places = {}
        found = self.eyes.find(what, ["sensitive"])
        return found[-1:] if {item.path: place for item, place in found} == first else []

    def middle(self, what):
        """What it is, and where on the screen its middle lies."""
        def in_window():
            return [(*found, window) for found in self.resting(what) if (window := self.window(self.eyes.frame(found[0])))]
        [(item, (x, y, width, height), window)] = self.until(in_window, f"no “{what}” to point at")
        frame = self.eyes.frame(item)
        _, left, top, whole, high = window
        _, _, inner, inner_high = self.eyes.place(frame)
        across = left + (whole - inner) // 2 + x + width // 2
        down = top + (high - inner_high) // 2 + y + height // 2
        return item, across, down

    def click(self, what):
        item, across, down = self.middle(what)
        subprocess.run(["xdotool", "mousemove", str(across), str(down), "click", "1"], check=True)
        return f"{item} at {across} {down}"

    def drag(self, what, other):
        item, from_x, from_y = self.middle(what)
        _, to_x, to_y = self.middle(other)
        between = [str((from_x + to_x) // 2), str((from_y + to_y) // 2)]
        subprocess.run(["xdotool", "mousemove", str(from_x), str(from_y), "mousedown", "1", "mousemove", *between,
                        "mousemove", str(to_x), str(to_y), "mouseup", "1"], check=True)
        return f"{item} from {from_x} {from_y} to {to_x} {to_y}"

    def left(self, what, other):
        def beside():
            one, two = (self.eyes.find(each) for each in (what, other))
            return one and two and one[-1][1][0] < two[-1][1][0]
        self.until(beside, f"no “{what}” to the left of “{other}”")
        return ""

    def wait_for_keyboard(self):
        """A dialog is on the screen before it has the keyboard: what is typed meanwhile would go to what is below. (One window alone
        has it anyway, and without a window manager nobody tells it so when a dialog closes.)"""
        self.until(lambda: len(windows := self.eyes.windows()) == 1 or (windows and "active" in windows[-1]),
                   "no keyboard for the window opened last", look=False)

    def keys(self, *keys):
        self.wait_for_keyboard()
        subprocess.run(["xdotool", "key", *keys], check=True)
        return ""

    def text(self, words):
        self.wait_for_keyboard()
        subprocess.run(["xdotool", "type", words], check=True)
        return ""

    def cells(self):
        def told():
            cells = [item for item in self.eyes.items.values() if item.role == TABLE_CELL and self.eyes.shown(item)]
            return "|".join(sorted(item.name + "+" * ("checked" in item.states) for item in cells))
        return self.until(told, "no steps")

    def shot(self, path):
        subprocess.run(["gst-launch-1.0", "-q", "ximagesrc", "num-buffers=1", "!", "videoconvert", "!", "pngenc", "!",
                        "filesink", f"location={path}"], check=True, stdout=subprocess.DEVNULL)
        return path


def main():
    hands = Hands()
    for line in sys.stdin:
        command, *words = shlex.split(line)
        try:
            print("ok", command, getattr(hands, command)(*words), flush=True)
        except (Failed, subprocess.CalledProcessError) as error:
            hands.shot(f"{sys.argv[1]}/failed-{os.uname().nodename}.png")
            print("failed", command, error, flush=True)


main()
