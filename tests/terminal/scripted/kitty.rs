//! What a terminal of kitty's protocol keeps and has up. A command that breaks the protocol is a fault, and changes
//! nothing.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use image::RgbImage;

use super::{CELL, Shown};

/// A terminal that keeps pictures.
pub(super) struct Kitty {
    /// It reads files of this machine.
    local: bool,
    stored: HashMap<u32, RgbImage>,
    placed: BTreeMap<(u32, u32), Shown>,
    /// A picture whose end has not come.
    partial: Option<(u32, Vec<u8>)>,
}

type Keys<'a> = HashMap<&'a str, &'a str>;

impl Kitty {
    pub(super) fn new(local: bool) -> Self {
        Self { local, stored: HashMap::new(), placed: BTreeMap::new(), partial: None }
    }

    pub(super) fn up(&self) -> Vec<Shown> {
        self.placed.values().copied().collect()
    }

    pub(super) fn kept(&self) -> usize {
        self.stored.len()
    }

    /// Returns the answer to a question.
    pub(super) fn answer(&self, body: &str) -> Vec<u8> {
        let (keys, payload) = parse(body);
        let number = keys["i"];
        let answer = match keys["t"] {
            "d" => "OK",
            "t" if self.local && read_and_remove(payload).is_ok() => "OK",
            _ => "EBADF:Failed to open file",
        };
        format!("\x1b_Gi={number};{answer}\x1b\\").into_bytes()
    }

    /// Obeys a command, with the cursor at a column and row; returns the bytes of a picture that has come with it.
    pub(super) fn obey(&mut self, body: &str, cursor: (u16, u16)) -> Result<Option<usize>, String> {
        let (keys, payload) = parse(body);
        if keys.get("q") != Some(&"2") {
            return Err("this would be answered".into());
        }
        match keys.get("a").copied() {
            Some("t") => self.begin(&keys, payload),
            None => self.go_on(&keys, payload),
            Some("p") => self.place(&keys, cursor).map(|()| None),
            Some("d") => self.delete(&keys).map(|()| None),
            Some(_) => Err("an action that nobody expects".into()),
        }
    }

    fn begin(&mut self, keys: &Keys<'_>, payload: &str) -> Result<Option<usize>, String> {
        if self.partial.is_some() {
            return Err("the picture before has no end".into());
        }
        let id = number(keys, "i")?;
        match (keys["t"], keys["f"]) {
            // The file is Lutrin's, and may be sent again.
            ("f", "24") if self.local => {
                let pixels = read(payload)?;
                let bytes = pixels.len();
                let picture = RgbImage::from_raw(number(keys, "s")?, number(keys, "v")?, pixels);
                self.store(id, picture.ok_or("too few pixels")?);
                Ok(Some(bytes))
            }
            ("d", "100") => {
                self.partial = Some((id, Vec::new()));
                self.go_on(keys, payload)
            }
            _ => Err("a way to send that this terminal does not know".into()),
        }
    }

    fn go_on(&mut self, keys: &Keys<'_>, payload: &str) -> Result<Option<usize>, String> {
        if payload.len() > 4096 {
            return Err("a chunk that is too long".into());
        }
        // A command that ends what was cut off may come when nothing was.
        let Some((id, mut file)) = self.partial.take() else {
            return if payload.is_empty() { Ok(None) } else { Err("a chunk without a beginning".into()) };
        };
        file.extend(STANDARD.decode(payload).map_err(|error| error.to_string())?);
        if keys.get("m") == Some(&"1") {
            self.partial = Some((id, file));
            return Ok(None);
        }
        let picture = image::load_from_memory(&file).map_err(|error| error.to_string())?;
        self.store(id, picture.to_rgb8());
        Ok(Some(file.len()))
    }

    fn store(&mut self, id: u32, picture: RgbImage) {
        self.placed.retain(|(placed, _), _| *placed != id);
        self.stored.insert(id, picture);
    }

    fn place(&mut self, keys: &Keys<'_>, (x, y): (u16, u16)) -> Result<(), String> {
        if self.partial.is_some() {
            return Err("a picture is placed amid another one".into());
        }
        let (id, place) = (number(keys, "i")?, number(keys, "p")?);
        let picture = self.stored.get(&id).ok_or("the terminal has no such picture")?;
        let (width, height): (u16, u16) = (number(keys, "c")?, number(keys, "r")?);
        let whole = (0, 0, picture.width(), picture.height());
        let (left, top, wide, high) = if keys.contains_key("w") {
            (number(keys, "x")?, number(keys, "y")?, number(keys, "w")?, number(keys, "h")?)
        } else {
            whole
        };
        if wide == 0 || high == 0 || left + wide > whole.2 || top + high > whole.3 {
            return Err("a part that the picture does not have".into());
        }
        // Cells are filled to the pixel, or what is seen is blurred.
        if (wide, high) != (u32::from(width) * CELL.0, u32::from(height) * CELL.1) && self.local {
            return Err(format!("{wide}×{high} pixels are stretched over {width}×{height} cells"));
        }
        let color = picture.get_pixel(left + wide / 2, top + high / 2).0;
        self.placed.insert((id, place), Shown { color, x, y, width, height });
        Ok(())
    }

    fn delete(&mut self, keys: &Keys<'_>) -> Result<(), String> {
        match keys["d"] {
            "a" => self.placed.clear(),
            "A" => {
                for (id, _) in std::mem::take(&mut self.placed).into_keys() {
                    self.stored.remove(&id);
                }
            }
            "i" => {
                let place = (number(keys, "i")?, number(keys, "p")?);
                self.placed.remove(&place).ok_or("what is taken down was not up")?;
            }
            "I" => {
                let id = number(keys, "i")?;
                self.placed.retain(|(placed, _), _| *placed != id);
                self.stored.remove(&id);
            }
            _ => return Err("a deletion that nobody expects".into()),
        }
        Ok(())
    }
}

fn parse(body: &str) -> (Keys<'_>, &str) {
    let (keys, payload) = body.split_once(';').unwrap_or((body, ""));
    (keys.split(',').filter_map(|pair| pair.split_once('=')).collect(), payload)
}

fn number<N: FromStr>(keys: &Keys<'_>, key: &str) -> Result<N, String> {
    let value = keys.get(key).and_then(|value| value.parse().ok());
    value.ok_or_else(|| format!("no number for {key}"))
}

/// Reads a file as kitty does one that is said to be temporary: it removes it then.
fn read_and_remove(payload: &str) -> Result<Vec<u8>, String> {
    let bytes = read(payload)?;
    let path = path(payload)?;
    fs::remove_file(&path).map_err(|error| format!("{path}: {error}"))?;
    Ok(bytes)
}

fn read(payload: &str) -> Result<Vec<u8>, String> {
    let path = path(payload)?;
    fs::read(&path).map_err(|error| format!("{path}: {error}"))
}

fn path(payload: &str) -> Result<String, String> {
    let path = STANDARD.decode(payload).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    path.ok_or_else(|| "no path".to_owned())
}
