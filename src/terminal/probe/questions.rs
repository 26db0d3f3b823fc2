//! The queries to the terminal, and the small file that belongs to one of them.

use std::ffi::OsStr;
use std::io;
use std::os::unix::ffi::OsStrExt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::environment::{Environment, Multiplexer, ProbeLevel};
use crate::terminal::files::TempFile;
use crate::terminal::graphics::passthrough;

/// The numbers of the pictures that kitty is asked to take: one as it is sent, one in a file.
pub(super) const DIRECT: u32 = 31;
pub(super) const BY_FILE: u32 = 32;

/// The size of all cells together, and of one, in pixels.
pub(super) const PIXELS: &[u8] = b"\x1b[14t\x1b[16t";

const BACKGROUND: &[u8] = b"\x1b]11;?\x1b\\";
const SYNCHRONIZED_UPDATE: &[u8] = b"\x1b[?2026$p";
const VERSION: &[u8] = b"\x1b[>0q";
const SIXEL_REGISTERS: &[u8] = b"\x1b[?1;1;0S";
/// xterm draws nothing of a picture beyond its limit, without an error.
const SIXEL_AREA: &[u8] = b"\x1b[?2;4;0S";
/// Every terminal answers this, so no answer comes after its own.
const ATTRIBUTES: &[u8] = b"\x1b[c";
const STATUS: &[u8] = b"\x1b[5n";

/// One black pixel.
const PIXEL: [u8; 3] = [0; 3];

/// A picture of one pixel in a file, which is removed when this is dropped.
pub(super) struct ProbeFile(TempFile);

impl ProbeFile {
    pub(super) fn create() -> io::Result<Self> {
        TempFile::new(&PIXEL).map(Self)
    }

    fn path(&self) -> &OsStr {
        self.0.path().as_os_str()
    }
}

/// Returns all questions in the order in which they are best sent: the one whose answer means that no other will come
/// is the last.
pub(super) fn batch(environment: &Environment, file: Option<&ProbeFile>) -> Vec<u8> {
    match (environment.level, environment.multiplexer) {
        (ProbeLevel::Nothing, _) => Vec::new(),
        (ProbeLevel::Little, _) => [BACKGROUND, ATTRIBUTES].concat(),
        (ProbeLevel::Everything, Some(Multiplexer::Tmux)) => {
            let mut all = [BACKGROUND, PIXELS, SYNCHRONIZED_UPDATE, ATTRIBUTES].concat();
            passthrough::wrap(&[&about_pictures(file), STATUS].concat(), &mut all);
            all
        }
        (ProbeLevel::Everything, _) => {
            let own = [BACKGROUND, PIXELS, SYNCHRONIZED_UPDATE].concat();
            [own.as_slice(), &about_pictures(file), ATTRIBUTES].concat()
        }
    }
}

fn about_pictures(file: Option<&ProbeFile>) -> Vec<u8> {
    let direct = kitty(DIRECT, 'd', &PIXEL);
    let by_file = file.map(|file| kitty(BY_FILE, 't', file.path().as_bytes())).unwrap_or_default();
    [VERSION, direct.as_bytes(), by_file.as_bytes(), SIXEL_REGISTERS, SIXEL_AREA].concat()
}

/// Asks whether a picture of one pixel would be shown, which comes in a `way`.
fn kitty(number: u32, way: char, payload: &[u8]) -> String {
    format!("\x1b_Gi={number},s=1,v=1,a=q,t={way},f=24;{}\x1b\\", STANDARD.encode(payload))
}
