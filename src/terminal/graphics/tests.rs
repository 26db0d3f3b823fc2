//! Stories of pictures that come and go, told to a scripted terminal.

use std::sync::Arc;
use std::time::Duration;

use proptest::prelude::*;
use ratatui::layout::Rect;

use super::scripted::{Desk, Scripted};
use super::{OwnFile, Painter, Pane, Placement, Plate, Protocol};
use crate::picture::{Bitmap, Size};

const LOCAL: Protocol = Protocol::Kitty { local: true };
const REMOTE: Protocol = Protocol::Kitty { local: false };
const PANE: Pane = Pane { top: 3, left: 60 };

fn noise(width: u32, height: u32, seed: u32) -> Bitmap {
    let byte = |index: u32| ((index ^ seed).wrapping_mul(2_654_435_761) >> 24) as u8;
    Bitmap { size: Size { width, height }, pixels: (0..width * height * 3).map(byte).collect() }
}

fn film(protocol: Protocol, size: (u32, u32), frames: u32) -> Arc<Plate> {
    let frame = |seed| (noise(size.0, size.1, seed), Duration::from_millis(100));
    Arc::new(Plate::new(protocol, &(0..frames).map(frame).collect::<Vec<_>>(), None).unwrap())
}

/// 16 MiB in the terminal, where each pixel takes four bytes: eight of these fill the budget.
fn large(frames: usize) -> Arc<Plate> {
    let size = Size { width: 2048, height: 2048 };
    let frame = (Bitmap { size, pixels: vec![0; 3 << 22] }, Duration::ZERO);
    Arc::new(Plate::new(LOCAL, &vec![frame; frames], None).unwrap())
}

fn still(protocol: Protocol) -> Arc<Plate> {
    film(protocol, (60, 40), 1)
}

fn at(plate: &Arc<Plate>, x: u16, y: u16) -> Placement {
    let area = Rect { x, y, width: 6, height: 4 };
    Placement { plate: Arc::clone(plate), frame: 0, area, top: 0, rows: 4 }
}

#[test]
fn a_slide_is_sent_once_and_left_for_little() {
    for (protocol, pane) in [(LOCAL, None), (REMOTE, None), (LOCAL, Some(PANE)), (REMOTE, Some(PANE))] {
        let mut desk = Desk::new(protocol, pane);
        let plate = film(protocol, (500, 280), 1);
        let slide = [at(&plate, 10, 5)];
        desk.show(&slide, true);
        assert_eq!(desk.terminal.stored[&plate.id()].pixels, noise(500, 280, 0).pixels);
        assert_eq!(desk.show(&slide, false), 0, "what stays costs nothing");
        assert!(desk.show(&[], false) < 100, "leaving is cheap");
        assert!(desk.show(&slide, false) < 120, "coming back is cheap");
        assert!(desk.show(&slide, true) < 120, "and so is being sure");
        assert_eq!(desk.terminal.sent, 1);
    }
}

#[test]
fn many_pictures_are_left_for_little_too() {
    let mut desk = Desk::new(LOCAL, None);
    let plates: Vec<_> = (0..12).map(|_| still(LOCAL)).collect();
    let slide: Vec<_> = plates.iter().zip(0..).map(|(plate, index)| at(plate, index * 7, 2)).collect();
    desk.show(&slide, true);
    assert!(desk.show(&[], false) < 100);
    assert!(desk.show(&slide, false) < 1000);
    assert_eq!(desk.terminal.sent, 12);
}

#[test]
fn remote_never_gets_more_than_the_smaller_of_file_and_print() {
    let print = noise(100, 60, 0);
    let png = super::compress::png(&print).unwrap();
    let small = super::compress::png(&Bitmap {
        pixels: vec![7; 200 * 120 * 3],
        size: Size { width: 200, height: 120 },
    });
    let photograph = super::compress::jpeg(&print).unwrap();
    for (file, limit) in [
        (None, png.len()),
        (small.as_deref().ok(), small.as_ref().unwrap().len()),
        (Some(&photograph[..]), png.len()),
    ] {
        let file = file.map(|bytes| OwnFile { bytes, margin: (0, 0) });
        let plate = Plate::new(REMOTE, &[(print.clone(), Duration::ZERO)], file).unwrap();
        let mut desk = Desk::new(REMOTE, None);
        let wanted = [at(&Arc::new(plate), 0, 0)];
        let sent = desk.show(&wanted, true);
        // Letters take four thirds; the rest is commands.
        assert!(sent <= limit.div_ceil(3) * 4 + 200 + limit / 100, "{sent} {limit}");
    }
}

#[test]
fn a_film_goes_on_without_a_gap_and_is_sent_once() {
    let mut desk = Desk::new(LOCAL, None);
    let (moving, beside) = (film(LOCAL, (60, 40), 5), still(LOCAL));
    let frame = |frame| [Placement { frame, ..at(&moving, 2, 2) }, at(&beside, 20, 2)];
    for turn in 0..3 {
        for index in 0..5 {
            let mut out = Vec::new();
            desk.painter.show(&frame(index), false, &mut out);
            let text = String::from_utf8(out.clone()).unwrap();
            if let Some(taken_down) = text.find("a=d") {
                assert!(
                    text.find("a=p").unwrap() < taken_down,
                    "the new frame is up before the old one goes"
                );
            }
            desk.read(&out);
            assert_eq!(desk.up(), desk.expected(&frame(index)));
            assert!(turn == 0 || out.len() < 150, "{}", out.len());
        }
    }
    assert_eq!(desk.terminal.sent, 6);
}

#[test]
fn a_scrolled_picture_shows_the_rows_that_are_seen() {
    let mut desk = Desk::new(REMOTE, None);
    let plate = film(REMOTE, (60, 47), 1);
    for top in 0..8 {
        let area = Rect { x: 1, y: 0, width: 6, height: 8 - top };
        let wanted = Placement { plate: Arc::clone(&plate), frame: 0, area, top: top.into(), rows: 8 };
        desk.show(&[wanted], false);
    }
    assert_eq!(desk.terminal.sent, 1);
}

#[test]
fn under_an_overlay_a_picture_goes_and_comes_back() {
    let mut desk = Desk::new(LOCAL, None);
    let (left, right) = (still(LOCAL), still(LOCAL));
    let slide = [at(&left, 0, 0), at(&right, 30, 0)];
    desk.show(&slide, true);
    assert!(desk.show(&slide[..1], false) < 60);
    assert!(desk.show(&slide, false) < 80);
    assert_eq!(desk.terminal.sent, 2);
}

#[test]
fn the_same_picture_may_be_up_twice() {
    let mut desk = Desk::new(LOCAL, None);
    let plate = still(LOCAL);
    desk.show(&[at(&plate, 0, 0), at(&plate, 10, 0)], false);
    desk.show(&[at(&plate, 10, 0)], false);
    desk.show(&[at(&plate, 10, 0), at(&plate, 10, 9)], true);
    assert_eq!(desk.terminal.sent, 1);
}

#[test]
fn what_is_forgotten_is_sent_again_whether_it_was_lost_or_not() {
    for lost in [true, false] {
        for (protocol, pane) in [(LOCAL, None), (REMOTE, Some(PANE))] {
            let mut desk = Desk::new(protocol, pane);
            let (first, second) = (still(protocol), still(protocol));
            desk.show(&[at(&first, 0, 0), at(&second, 20, 0)], true);
            desk.painter.forget();
            if lost {
                desk.terminal = Scripted::default();
            }
            desk.terminal.sent = 0;
            desk.show(&[at(&second, 0, 0)], false);
            assert_eq!(desk.terminal.sent, 1);
            assert_eq!(desk.terminal.stored.len(), 1, "what nobody wants is not left behind");
        }
    }
}

#[test]
fn sending_ahead_leaves_only_the_placing() {
    for pane in [None, Some(PANE)] {
        let mut desk = Desk::new(REMOTE, pane);
        let plate = film(REMOTE, (200, 150), 3);
        let pieces = desk.painter.send_ahead(&plate);
        assert!(pieces.len() > 3 && pieces.iter().all(|piece| piece.len() <= 16 << 10));
        for piece in &pieces {
            desk.read(piece);
        }
        assert_eq!(desk.terminal.stored.len(), 3);
        assert!(desk.painter.send_ahead(&plate).is_empty());
        assert!(desk.show(&[at(&plate, 0, 0)], false) < 120);
        assert_eq!(desk.terminal.sent, 3);
    }
}

#[test]
fn a_picture_cut_off_in_the_middle_does_not_spoil_the_next() {
    let mut desk = Desk::new(REMOTE, None);
    let plate = film(REMOTE, (200, 150), 1);
    let pieces = desk.painter.send_ahead(&plate);
    desk.read(&pieces[0]);
    desk.painter.forget();
    desk.show(&[at(&plate, 0, 0)], false);
    assert_eq!(desk.terminal.stored[&plate.id()].pixels, noise(200, 150, 0).pixels);
}

#[test]
fn the_terminal_never_has_more_than_its_budget() {
    let mut desk = Desk::new(LOCAL, None);
    let plates: Vec<_> = (0..11).map(|_| large(1)).collect();
    for plate in &plates {
        desk.show(&[at(&plates[0], 50, 0), at(plate, 0, 0)], false);
        assert!(desk.terminal.stored.len() <= 8);
    }
    let had: Vec<_> = plates.iter().map(|plate| desk.terminal.stored.contains_key(&plate.id())).collect();
    let newest_and_first = (0..11).map(|index| index == 0 || index > 3).collect::<Vec<_>>();
    assert_eq!(had, newest_and_first, "the one that was up all the time stayed, then the newest");
    desk.show(&[at(&plates[1], 0, 0)], false);
}

#[test]
fn a_film_beyond_the_budget_is_not_sent_ahead_whole() {
    let mut desk = Desk::new(LOCAL, None);
    let plate = large(9);
    desk.painter.send_ahead(&plate).iter().for_each(|piece| desk.terminal.read(piece));
    assert_eq!(desk.terminal.stored.len(), 8);
    for frame in 0..9 {
        desk.show(&[Placement { frame, ..at(&plate, 0, 0) }], false);
        assert!(desk.terminal.stored.len() <= 9, "the frame before is still up when one more comes");
    }
}

#[test]
fn when_the_pane_moves_its_pictures_move_with_it() {
    let mut desk = Desk::new(LOCAL, Some(PANE));
    let slide = [at(&still(LOCAL), 2, 2)];
    desk.show(&slide, true);
    desk.painter.set_pane(Some(PANE));
    assert_eq!(desk.show(&slide, false), 0);
    let moved = Some(Pane { top: 0, left: 9 });
    desk.painter.set_pane(moved);
    desk.pane = moved;
    desk.show(&slide, false);
    assert_eq!(desk.terminal.sent, 1);
}

#[test]
fn in_tmux_nothing_of_other_panes_is_touched() {
    let mut desk = Desk::new(LOCAL, Some(PANE));
    let plates: Vec<_> = (0..5).map(|_| still(LOCAL)).collect();
    let slide: Vec<_> = plates.iter().zip(0..).map(|(plate, index)| at(plate, index * 7, 2)).collect();
    desk.show(&slide, true);
    let mut out = Vec::new();
    desk.painter.show(&[], false, &mut out);
    assert!(!String::from_utf8_lossy(&out).contains("d=a"));
    desk.read(&out);
    assert!(desk.terminal.placed.is_empty());
}

#[test]
fn nothing_is_left_behind() {
    for pane in [None, Some(PANE)] {
        let mut desk = Desk::new(REMOTE, pane);
        let slide = [at(&still(REMOTE), 2, 2), at(&still(REMOTE), 20, 2)];
        desk.show(&slide, true);
        desk.show(&slide[..1], false);
        let farewell = desk.painter.farewell();
        assert_eq!(farewell, Painter::new(REMOTE, pane).farewell());
        let mut out = Vec::new();
        desk.painter.leave(&mut out);
        desk.read(&out);
        assert!(desk.terminal.stored.is_empty() && desk.terminal.placed.is_empty());
        desk.show(&slide, true);
        desk.read(&farewell);
        assert!(desk.terminal.placed.is_empty());
    }
    assert!(Painter::new(Protocol::Sixel, None).farewell().is_empty());
}

#[test]
fn a_plate_that_cant_be_shown_is_left_out() {
    let (sixel, local) = (still(Protocol::Sixel), still(LOCAL));
    let empty = Placement { area: Rect { width: 0, ..at(&local, 0, 0).area }, ..at(&local, 0, 0) };
    let beyond = Placement { frame: 1, ..at(&local, 0, 0) };
    let mut out = Vec::new();
    let mut painter = Painter::new(LOCAL, None);
    painter.show(&[at(&sixel, 0, 0), empty, beyond], true, &mut out);
    assert!(out.is_empty() && painter.takes(&local) && !painter.takes(&sixel));
    assert!(painter.send_ahead(&sixel).is_empty());
    assert!(!Painter::new(REMOTE, None).takes(&local));
}

#[test]
fn what_the_terminal_does_not_remember_is_drawn_when_it_changed_or_afresh() {
    for protocol in [Protocol::Sixel, Protocol::Iterm2] {
        let (first, second) = (still(protocol), film(protocol, (60, 40), 2));
        let mut painter = Painter::new(protocol, None);
        let mut drawn = |wanted: &[Placement], afresh| {
            let mut out = Vec::new();
            painter.show(wanted, afresh, &mut out);
            let text = String::from_utf8(out).unwrap();
            let drawn: Vec<_> =
                text.match_indices("\x1b[").map(|(at, _)| text[at + 2..at + 5].to_owned()).collect();
            drawn
        };
        let slide = [at(&first, 0, 0), at(&second, 8, 4)];
        assert_eq!(drawn(&slide, true), ["1;1", "5;9"]);
        assert!(drawn(&slide, false).is_empty());
        assert_eq!(drawn(&slide, true), ["1;1", "5;9"]);
        assert_eq!(drawn(&[slide[0].clone(), Placement { frame: 1, ..slide[1].clone() }], false), ["5;9"]);
        assert!(drawn(&[], false).is_empty());
        assert_eq!(drawn(&slide[..1], false), ["1;1"]);
        assert!(painter.send_ahead(&first).is_empty());
    }
}

#[test]
fn sixels_too_long_for_tmux_are_not_taken() {
    let (short, long) = (still(Protocol::Sixel), film(Protocol::Sixel, (1500, 1000), 1));
    let (bare, inside) = (Painter::new(Protocol::Sixel, None), Painter::new(Protocol::Sixel, Some(PANE)));
    assert!(bare.takes(&short) && bare.takes(&long) && inside.takes(&short));
    assert!(long.weight() > 1 << 20 && !inside.takes(&long));
}

/// What can happen to a painter.
#[derive(Debug, Clone)]
enum Happening {
    Show(Vec<(usize, u16, u32)>, bool),
    SendAhead(usize),
    Forget(bool),
    Move(u16),
}

fn happenings() -> impl Strategy<Value = Vec<Happening>> {
    let wanted = proptest::collection::vec((0usize..6, 0u16..3, 0u32..4), 0..5);
    let happening = prop_oneof![
        6 => (wanted, any::<bool>()).prop_map(|(wanted, afresh)| Happening::Show(wanted, afresh)),
        1 => (0usize..6).prop_map(Happening::SendAhead),
        1 => any::<bool>().prop_map(Happening::Forget),
        1 => (0u16..3).prop_map(Happening::Move),
    ];
    proptest::collection::vec(happening, 1..20)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_happens_just_what_is_wanted_is_up(happenings in happenings(), inside in any::<bool>()) {
        let plates: Vec<_> = (0..6).map(|index| film([LOCAL, REMOTE][usize::from(inside)], (20, 10), 1 + index % 2)).collect();
        let mut desk = Desk::new(plates[0].protocol(), inside.then_some(PANE));
        for happening in happenings {
            match happening {
                Happening::Show(wanted, afresh) => {
                    let wanted: Vec<_> = wanted.into_iter().map(|(plate, column, top)| {
                        let area = Rect { x: column * 9, y: 1, width: 8, height: 4 - top as u16 };
                        let plate = Arc::clone(&plates[plate]);
                        Placement { frame: top as usize % plate.delays().len(), plate, area, top, rows: 4 }
                    }).collect();
                    let mut out = Vec::new();
                    desk.painter.show(&wanted, afresh, &mut out);
                    desk.read(&out);
                    let up: Vec<_> = desk.up().into_iter().map(|(id, placed)| (id, placed.at, placed.cells)).collect();
                    let mut expected: Vec<_> = wanted.iter().map(|placement| {
                        let (top, left) = desk.pane.map_or((1, 1), |pane| (pane.top + 1, pane.left + 1));
                        let at = (u32::from(top + placement.area.y), u32::from(left + placement.area.x));
                        let cells = (u32::from(placement.area.width), u32::from(placement.area.height));
                        (placement.plate.id() + placement.frame as u32, at, cells)
                    }).collect();
                    expected.sort_unstable();
                    prop_assert_eq!(up, expected);
                }
                Happening::SendAhead(plate) => {
                    desk.painter.send_ahead(&plates[plate]).iter().for_each(|piece| desk.read(piece));
                }
                Happening::Forget(lost) => {
                    desk.painter.forget();
                    if lost {
                        desk.terminal = Scripted::default();
                    }
                }
                Happening::Move(left) => {
                    desk.pane = desk.pane.map(|pane| Pane { left, ..pane });
                    desk.painter.set_pane(desk.pane);
                }
            }
        }
    }
}
