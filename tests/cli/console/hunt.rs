//! Keys at random on three screens: whatever was typed, at rest all screens agree.

use rstest::rstest;

use super::{agree, console, door, folder, talk};
use crate::pty::{a_moment_passes, key};

/// Keys that leave nothing on one screen only, when another one is typed there.
const KEYS: [&str; 30] = [
    "l",
    "h",
    "n",
    " ",
    "j",
    "k",
    "a",
    "b",
    "w",
    ".",
    "z",
    "\t",
    key::RIGHT,
    key::LEFT,
    key::DOWN,
    "\x1b[A",
    "m",
    "P",
    "i",
    "x",
    "=",
    "T",
    "r",
    "G",
    "gg",
    "3\r",
    "4\r",
    "2G",
    "\x1b[1;3C",
    "\x1b[1;3D",
];

#[rstest]
#[case(1)]
#[case(20)]
#[case(300)]
fn whatever_is_typed_all_screens_agree(#[case] seed: u64) {
    let folder = folder();
    let mut screens = vec![talk(&folder, &[]), console(&folder, &[]), console(&folder, &[])];
    let socket = door(&folder, &screens[0]);
    let mut number = seed;
    let mut next = move |below: usize| {
        // The generator of Park and Miller: what matters is that it is the same each time.
        number = number * 48271 % 2_147_483_647;
        usize::try_from(number).expect("it is small") % below
    };
    for _ in 0..25 {
        let mut typed = Vec::new();
        for _ in 0..=next(8) {
            let (whose, keys) = (next(3), KEYS[next(KEYS.len())]);
            screens[whose].types(keys);
            typed.push((whose, keys));
            if next(4) == 0 {
                a_moment_passes();
            }
        }
        println!("{typed:?}");
        // All has come to rest when a request that comes after them is answered.
        a_moment_passes();
        agree(&socket, &screens);
    }
}
