//! A terminal of kitty's protocol for tests, with a renderer before it: it stores and places what it is sent, and
//! panics where the protocol is broken.
#![expect(clippy::cast_possible_truncation, reason = "test pictures are small")]

use std::collections::{BTreeMap, HashMap};
use std::{fs, str};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{ImageRenderer, PaneOrigin, Placement, Protocol};

/// A renderer and the terminal that it paints on.
pub(super) struct RendererHarness {
    pub(super) renderer: ImageRenderer,
    pub(super) pane: Option<PaneOrigin>,
    pub(super) terminal: Scripted,
}

impl RendererHarness {
    /// Returns a renderer that has shown nothing.
    pub(super) fn new(protocol: Protocol, pane: Option<PaneOrigin>) -> Self {
        Self { renderer: ImageRenderer::new(protocol, pane), pane, terminal: Scripted::default() }
    }

    /// Shows the pictures, looks whether just these are up, and returns the bytes that it took.
    pub(super) fn show(&mut self, wanted: &[Placement], afresh: bool) -> usize {
        let mut out = Vec::new();
        self.renderer.show(wanted, afresh, &mut out);
        self.read(&out);
        assert_eq!(self.up(), self.expected(wanted));
        out.len()
    }

    /// Hands what is written to the terminal.
    pub(super) fn read(&mut self, bytes: &[u8]) {
        match self.pane {
            Some(_) => self.terminal.read_through_tmux(bytes),
            None => self.terminal.read(bytes),
        }
    }

    /// Returns the sheets that are up, and where.
    pub(super) fn up(&self) -> Vec<(u32, TerminalPlacement)> {
        let mut up: Vec<_> = self.terminal.placed.iter().map(|((id, _), at)| (*id, at.clone())).collect();
        up.sort();
        up
    }

    /// Returns the sheets that should be up when these are wanted, and where.
    pub(super) fn expected(&self, wanted: &[Placement]) -> Vec<(u32, TerminalPlacement)> {
        let origin = self.pane.map_or((1, 1), |pane| (u32::from(pane.top) + 1, u32::from(pane.left) + 1));
        let placed = wanted.iter().map(|placement| {
            let Placement { image, frame, area, top, rows } = placement;
            let height = self.terminal.stored[&(image.id() + *frame as u32)].height;
            let row = |row: u32| (row * height + rows / 2) / rows;
            let whole = (*top, u32::from(area.height)) == (0, *rows);
            let seen = (row(*top), row(top + u32::from(area.height)) - row(*top));
            let placed = TerminalPlacement {
                at: (origin.0 + u32::from(area.y), origin.1 + u32::from(area.x)),
                cells: (area.width.into(), area.height.into()),
                pixel_rows: (!whole).then_some(seen),
            };
            (image.id() + *frame as u32, placed)
        });
        let mut placed: Vec<_> = placed.collect();
        placed.sort();
        placed
    }
}

/// What the terminal has.
#[derive(Default)]
pub(super) struct Scripted {
    pub(super) stored: HashMap<u32, Stored>,
    pub(super) placed: BTreeMap<(u32, u32), TerminalPlacement>,
    /// Transmissions that began.
    pub(super) sent: usize,
    partial: Option<(u32, Vec<u8>)>,
    cursor: (u32, u32),
    saved: Option<(u32, u32)>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stored {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) pixels: Vec<u8>,
}

/// A picture's place: row and column of its corner, columns and rows, and the rows of its pixels that are seen.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TerminalPlacement {
    pub(super) at: (u32, u32),
    pub(super) cells: (u32, u32),
    pub(super) pixel_rows: Option<(u32, u32)>,
}

impl Scripted {
    /// Reads what is written to the terminal.
    pub(super) fn read(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            bytes = self.read_one(bytes);
        }
    }

    /// Reads what is written to a tmux in between, every sequence of which is wrapped.
    pub(super) fn read_through_tmux(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while !rest.is_empty() {
            let wrapped = rest.strip_prefix(b"\x1bPtmux;").expect("only wrapped sequences");
            let mut inner = Vec::new();
            let mut at = 0;
            while wrapped[at..at + 2] != *b"\x1b\\" {
                let doubled = wrapped[at] == b'\x1b';
                assert!(!doubled || wrapped[at + 1] == b'\x1b', "every escape is doubled");
                inner.push(wrapped[at]);
                at += 1 + usize::from(doubled);
            }
            assert!(at < 1 << 20, "tmux drops long sequences");
            self.read(&inner);
            assert!(self.saved.is_none(), "the cursor is given back to tmux");
            rest = &wrapped[at + 2..];
        }
    }

    fn read_one<'a>(&mut self, bytes: &'a [u8]) -> &'a [u8] {
        assert_eq!(bytes[0], b'\x1b', "only sequences: {:?}", String::from_utf8_lossy(bytes));
        match bytes[1] {
            b'7' => self.saved = Some(self.cursor),
            b'8' => self.cursor = self.saved.take().expect("a cursor was saved"),
            b'[' => {
                let end = bytes.iter().position(|byte| *byte == b'H').expect("only the cursor's place");
                let (row, column) = str::from_utf8(&bytes[2..end]).unwrap().split_once(';').unwrap();
                self.cursor = (row.parse().unwrap(), column.parse().unwrap());
                return &bytes[end + 1..];
            }
            b'_' => {
                let end = bytes.windows(2).skip(2).position(|pair| pair == b"\x1b\\").unwrap() + 2;
                self.command(str::from_utf8(&bytes[3..end]).unwrap());
                return &bytes[end + 2..];
            }
            other => panic!("a sequence that nobody expects: {other}"),
        }
        &bytes[2..]
    }

    fn command(&mut self, command: &str) {
        let (keys, payload) = command.split_once(';').unwrap_or((command, ""));
        assert!(payload.len() <= 4096, "chunks are short");
        let keys: HashMap<_, _> = keys.split(',').map(|pair| pair.split_once('=').unwrap()).collect();
        assert_eq!(keys.get("q"), Some(&"2"), "no answers: {command}");
        match keys.get("a").copied() {
            Some("t") => self.begin(&keys, payload),
            None => self.go_on(&keys, payload),
            Some("p") => self.place(&keys),
            Some("d") => self.delete(&keys),
            Some(other) => panic!("an action that nobody expects: {other}"),
        }
    }

    fn begin(&mut self, keys: &HashMap<&str, &str>, payload: &str) {
        assert!(self.partial.is_none(), "the picture before has an end");
        self.sent += 1;
        let id = number(keys, "i").unwrap();
        let payload = STANDARD.decode(payload).unwrap();
        match (keys["t"], keys["f"]) {
            ("f", "24") => {
                let path = String::from_utf8(payload).unwrap();
                // The file is ours, and may be sent again.
                let pixels = fs::read(path).unwrap();
                let (width, height) = (number(keys, "s").unwrap(), number(keys, "v").unwrap());
                assert_eq!(pixels.len() as u32, width * height * 3);
                self.store(id, Stored { width, height, pixels });
            }
            ("d", "100") => {
                self.partial = Some((id, payload));
                self.end(keys);
            }
            other => panic!("a way to send that nobody expects: {other:?}"),
        }
    }

    fn go_on(&mut self, keys: &HashMap<&str, &str>, payload: &str) {
        assert!(keys.keys().all(|key| ["m", "q"].contains(key)), "only the first chunk has keys");
        // A command that ends what was cut off may come when nothing was.
        let Some((_, partial)) = &mut self.partial else {
            return assert!(payload.is_empty() && keys["m"] == "0");
        };
        partial.extend(STANDARD.decode(payload).unwrap());
        self.end(keys);
    }

    fn end(&mut self, keys: &HashMap<&str, &str>) {
        if keys["m"] == "0" {
            let (id, file) = self.partial.take().unwrap();
            if let Ok(picture) = image::load_from_memory_with_format(&file, image::ImageFormat::Png) {
                let (width, height) = (picture.width(), picture.height());
                self.store(id, Stored { width, height, pixels: picture.to_rgb8().into_raw() });
            }
        }
    }

    fn store(&mut self, id: u32, stored: Stored) {
        self.placed.retain(|(placed, _), _| *placed != id);
        self.stored.insert(id, stored);
    }

    fn place(&mut self, keys: &HashMap<&str, &str>) {
        assert!(self.partial.is_none(), "a picture that is being sent is not interrupted");
        let (id, place) = (number(keys, "i").unwrap(), number(keys, "p").unwrap());
        let stored = self.stored.get(&id).expect("only what the terminal has is placed");
        assert_eq!(keys.get("C"), Some(&"1"), "the cursor stays");
        let rows = number(keys, "y").map(|from| (from, number(keys, "h").unwrap()));
        if let Some((from, height)) = rows {
            assert_eq!((number(keys, "x"), number(keys, "w")), (Some(0), Some(stored.width)));
            assert!(height > 0 && from + height <= stored.height);
        }
        let cells = (number(keys, "c").unwrap(), number(keys, "r").unwrap());
        assert!(cells.0 > 0 && cells.1 > 0);
        self.placed.insert((id, place), TerminalPlacement { at: self.cursor, cells, pixel_rows: rows });
    }

    fn delete(&mut self, keys: &HashMap<&str, &str>) {
        let (id, place) = (number(keys, "i"), number(keys, "p"));
        match keys["d"] {
            "a" => self.placed.clear(),
            "A" => {
                for (id, _) in std::mem::take(&mut self.placed).into_keys() {
                    self.stored.remove(&id);
                }
            }
            "i" => {
                self.placed.remove(&(id.unwrap(), place.unwrap())).expect("what is taken down was up");
            }
            "I" => {
                assert!(place.is_none());
                self.placed.retain(|(placed, _), _| Some(*placed) != id);
                self.stored.remove(&id.unwrap());
            }
            other => panic!("a deletion that nobody expects: {other}"),
        }
    }
}

fn number(keys: &HashMap<&str, &str>, key: &str) -> Option<u32> {
    keys.get(key).map(|value| value.parse().unwrap())
}
