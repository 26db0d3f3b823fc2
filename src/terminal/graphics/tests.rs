//! Stories of pictures that come and go, on a scripted terminal.
#![expect(clippy::cast_possible_truncation, reason = "test pictures are small")]

use std::sync::Arc;
use std::time::Duration;

use proptest::prelude::*;
use ratatui::layout::Rect;

use super::scripted::{RendererHarness, Scripted};
use super::{EncodedImage, ImageRenderer, Margin, OwnFile, PaneOrigin, Placement, Protocol};
use crate::picture::{Bitmap, Size};

const LOCAL: Protocol = Protocol::Kitty { local: true };
const REMOTE: Protocol = Protocol::Kitty { local: false };
const PANE: PaneOrigin = PaneOrigin { top: 3, left: 60 };

fn noise(width: u32, height: u32, seed: u32) -> Bitmap {
    let byte = |index: u32| ((index ^ seed).wrapping_mul(2_654_435_761) >> 24) as u8;
    Bitmap { size: Size { width, height }, pixels: (0..width * height * 3).map(byte).collect() }
}

fn film(protocol: Protocol, size: (u32, u32), frames: u32) -> Arc<EncodedImage> {
    let frame = |seed| (noise(size.0, size.1, seed), Duration::from_millis(100));
    Arc::new(EncodedImage::new(protocol, &(0..frames).map(frame).collect::<Vec<_>>(), None).unwrap())
}

/// 16 MiB in the terminal, where each pixel takes four bytes: eight of these fill the budget.
fn large(frames: usize) -> Arc<EncodedImage> {
    let size = Size { width: 2048, height: 2048 };
    let frame = (Bitmap { size, pixels: vec![0; 3 << 22] }, Duration::ZERO);
    Arc::new(EncodedImage::new(LOCAL, &vec![frame; frames], None).unwrap())
}

fn still(protocol: Protocol) -> Arc<EncodedImage> {
    film(protocol, (60, 40), 1)
}

fn at(image: &Arc<EncodedImage>, x: u16, y: u16) -> Placement {
    let area = Rect { x, y, width: 6, height: 4 };
    Placement { image: Arc::clone(image), frame: 0, area, top: 0, rows: 4 }
}

#[test]
fn a_slide_is_sent_once_and_left_for_little() {
    for (protocol, pane) in [(LOCAL, None), (REMOTE, None), (LOCAL, Some(PANE)), (REMOTE, Some(PANE))] {
        let mut harness = RendererHarness::new(protocol, pane);
        let image = film(protocol, (500, 280), 1);
        let slide = [at(&image, 10, 5)];
        harness.show(&slide, true);
        assert_eq!(harness.terminal.stored[&image.id()].pixels, noise(500, 280, 0).pixels);
        assert_eq!(harness.show(&slide, false), 0, "what stays costs nothing");
        assert!(harness.show(&[], false) < 100, "leaving is cheap");
        assert!(harness.show(&slide, false) < 120, "coming back is cheap");
        assert!(harness.show(&slide, true) < 120, "and so is being sure");
        assert_eq!(harness.terminal.sent, 1);
    }
}

#[test]
fn many_pictures_are_left_for_little_too() {
    let mut harness = RendererHarness::new(LOCAL, None);
    let images: Vec<_> = (0..12).map(|_| still(LOCAL)).collect();
    let slide: Vec<_> = images.iter().zip(0..).map(|(image, index)| at(image, index * 7, 2)).collect();
    harness.show(&slide, true);
    assert!(harness.show(&[], false) < 100);
    assert!(harness.show(&slide, false) < 1000);
    assert_eq!(harness.terminal.sent, 12);
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
        let file = file.map(|bytes| OwnFile { bytes, margin: Margin::default() });
        let image = EncodedImage::new(REMOTE, &[(print.clone(), Duration::ZERO)], file).unwrap();
        let mut harness = RendererHarness::new(REMOTE, None);
        let wanted = [at(&Arc::new(image), 0, 0)];
        let sent = harness.show(&wanted, true);
        // Letters take four thirds; the rest is commands.
        assert!(sent <= limit.div_ceil(3) * 4 + 200 + limit / 100, "{sent} {limit}");
    }
}

#[test]
fn a_film_goes_on_without_a_gap_and_is_sent_once() {
    let mut harness = RendererHarness::new(LOCAL, None);
    let (moving, beside) = (film(LOCAL, (60, 40), 5), still(LOCAL));
    let frame = |frame| [Placement { frame, ..at(&moving, 2, 2) }, at(&beside, 20, 2)];
    for turn in 0..3 {
        for index in 0..5 {
            let mut out = Vec::new();
            harness.renderer.show(&frame(index), false, &mut out);
            let text = String::from_utf8(out.clone()).unwrap();
            if let Some(taken_down) = text.find("a=d") {
                assert!(
                    text.find("a=p").unwrap() < taken_down,
                    "the new frame is up before the old one goes"
                );
            }
            harness.read(&out);
            assert_eq!(harness.up(), harness.expected(&frame(index)));
            assert!(turn == 0 || out.len() < 150, "{}", out.len());
        }
    }
    assert_eq!(harness.terminal.sent, 6);
}

#[test]
fn a_scrolled_picture_shows_the_rows_that_are_seen() {
    let mut harness = RendererHarness::new(REMOTE, None);
    let image = film(REMOTE, (60, 47), 1);
    for top in 0..8 {
        let area = Rect { x: 1, y: 0, width: 6, height: 8 - top };
        let wanted = Placement { image: Arc::clone(&image), frame: 0, area, top: top.into(), rows: 8 };
        harness.show(&[wanted], false);
    }
    assert_eq!(harness.terminal.sent, 1);
}

#[test]
fn under_an_overlay_a_picture_goes_and_comes_back() {
    let mut harness = RendererHarness::new(LOCAL, None);
    let (left, right) = (still(LOCAL), still(LOCAL));
    let slide = [at(&left, 0, 0), at(&right, 30, 0)];
    harness.show(&slide, true);
    assert!(harness.show(&slide[..1], false) < 60);
    assert!(harness.show(&slide, false) < 80);
    assert_eq!(harness.terminal.sent, 2);
}

#[test]
fn the_same_picture_may_be_up_twice() {
    let mut harness = RendererHarness::new(LOCAL, None);
    let image = still(LOCAL);
    harness.show(&[at(&image, 0, 0), at(&image, 10, 0)], false);
    harness.show(&[at(&image, 10, 0)], false);
    harness.show(&[at(&image, 10, 0), at(&image, 10, 9)], true);
    assert_eq!(harness.terminal.sent, 1);
}

#[test]
fn what_is_forgotten_is_sent_again_whether_it_was_lost_or_not() {
    for lost in [true, false] {
        for (protocol, pane) in [(LOCAL, None), (REMOTE, Some(PANE))] {
            let mut harness = RendererHarness::new(protocol, pane);
            let (first, second) = (still(protocol), still(protocol));
            harness.show(&[at(&first, 0, 0), at(&second, 20, 0)], true);
            harness.renderer.forget();
            if lost {
                harness.terminal = Scripted::default();
            }
            harness.terminal.sent = 0;
            harness.show(&[at(&second, 0, 0)], false);
            assert_eq!(harness.terminal.sent, 1);
            assert_eq!(harness.terminal.stored.len(), 1, "what nobody wants is not left behind");
        }
    }
}

#[test]
fn sending_ahead_leaves_only_the_placing() {
    for pane in [None, Some(PANE)] {
        let mut harness = RendererHarness::new(REMOTE, pane);
        let image = film(REMOTE, (200, 150), 3);
        let pieces = harness.renderer.send_ahead(&image);
        assert!(pieces.len() > 3 && pieces.iter().all(|piece| piece.len() <= 16 << 10));
        for piece in &pieces {
            harness.read(piece);
        }
        assert_eq!(harness.terminal.stored.len(), 3);
        assert!(harness.renderer.send_ahead(&image).is_empty());
        assert!(harness.show(&[at(&image, 0, 0)], false) < 120);
        assert_eq!(harness.terminal.sent, 3);
    }
}

#[test]
fn a_picture_cut_off_in_the_middle_does_not_spoil_the_next() {
    let mut harness = RendererHarness::new(REMOTE, None);
    let image = film(REMOTE, (200, 150), 1);
    let pieces = harness.renderer.send_ahead(&image);
    harness.read(&pieces[0]);
    harness.renderer.forget();
    harness.show(&[at(&image, 0, 0)], false);
    assert_eq!(harness.terminal.stored[&image.id()].pixels, noise(200, 150, 0).pixels);
}

#[test]
fn the_terminal_never_has_more_than_its_budget() {
    let mut harness = RendererHarness::new(LOCAL, None);
    let images: Vec<_> = (0..11).map(|_| large(1)).collect();
    for image in &images {
        harness.show(&[at(&images[0], 50, 0), at(image, 0, 0)], false);
        assert!(harness.terminal.stored.len() <= 8);
    }
    let had: Vec<_> = images.iter().map(|image| harness.terminal.stored.contains_key(&image.id())).collect();
    let newest_and_first = (0..11).map(|index| index == 0 || index > 3).collect::<Vec<_>>();
    assert_eq!(had, newest_and_first, "the one that was up all the time stayed, then the newest");
    harness.show(&[at(&images[1], 0, 0)], false);
}

#[test]
fn a_film_beyond_the_budget_is_not_sent_ahead_whole() {
    let mut harness = RendererHarness::new(LOCAL, None);
    let image = large(9);
    harness.renderer.send_ahead(&image).iter().for_each(|piece| harness.terminal.read(piece));
    assert_eq!(harness.terminal.stored.len(), 8);
    for frame in 0..9 {
        harness.show(&[Placement { frame, ..at(&image, 0, 0) }], false);
        assert!(harness.terminal.stored.len() <= 9, "the frame before is still up when one more comes");
    }
}

#[test]
fn when_the_pane_moves_its_pictures_move_with_it() {
    let mut harness = RendererHarness::new(LOCAL, Some(PANE));
    let slide = [at(&still(LOCAL), 2, 2)];
    harness.show(&slide, true);
    harness.renderer.set_pane(Some(PANE));
    assert_eq!(harness.show(&slide, false), 0);
    let moved = Some(PaneOrigin { top: 0, left: 9 });
    harness.renderer.set_pane(moved);
    harness.pane = moved;
    harness.show(&slide, false);
    assert_eq!(harness.terminal.sent, 1);
}

#[test]
fn in_tmux_nothing_of_other_panes_is_touched() {
    let mut harness = RendererHarness::new(LOCAL, Some(PANE));
    let images: Vec<_> = (0..5).map(|_| still(LOCAL)).collect();
    let slide: Vec<_> = images.iter().zip(0..).map(|(image, index)| at(image, index * 7, 2)).collect();
    harness.show(&slide, true);
    let mut out = Vec::new();
    harness.renderer.show(&[], false, &mut out);
    assert!(!String::from_utf8_lossy(&out).contains("d=a"));
    harness.read(&out);
    assert!(harness.terminal.placed.is_empty());
}

#[test]
fn nothing_is_left_behind() {
    for pane in [None, Some(PANE)] {
        let mut harness = RendererHarness::new(REMOTE, pane);
        let slide = [at(&still(REMOTE), 2, 2), at(&still(REMOTE), 20, 2)];
        harness.show(&slide, true);
        harness.show(&slide[..1], false);
        let farewell = harness.renderer.farewell();
        assert_eq!(farewell, ImageRenderer::new(REMOTE, pane).farewell());
        let mut out = Vec::new();
        harness.renderer.leave(&mut out);
        harness.read(&out);
        assert!(harness.terminal.stored.is_empty() && harness.terminal.placed.is_empty());
        harness.show(&slide, true);
        harness.read(&farewell);
        assert!(harness.terminal.placed.is_empty());
    }
    assert!(ImageRenderer::new(Protocol::Sixel, None).farewell().is_empty());
}

#[test]
fn a_plate_that_cant_be_shown_is_left_out() {
    let (sixel, local) = (still(Protocol::Sixel), still(LOCAL));
    let empty = Placement { area: Rect { width: 0, ..at(&local, 0, 0).area }, ..at(&local, 0, 0) };
    let beyond = Placement { frame: 1, ..at(&local, 0, 0) };
    let mut out = Vec::new();
    let mut renderer = ImageRenderer::new(LOCAL, None);
    renderer.show(&[at(&sixel, 0, 0), empty, beyond], true, &mut out);
    assert!(out.is_empty() && renderer.supports(&local) && !renderer.supports(&sixel));
    assert!(renderer.send_ahead(&sixel).is_empty());
    assert!(!ImageRenderer::new(REMOTE, None).supports(&local));
}

#[test]
fn what_the_terminal_does_not_remember_is_drawn_when_it_changed_or_afresh() {
    for protocol in [Protocol::Sixel, Protocol::Iterm2] {
        let (first, second) = (still(protocol), film(protocol, (60, 40), 2));
        let mut renderer = ImageRenderer::new(protocol, None);
        let mut drawn = |wanted: &[Placement], afresh| {
            let mut out = Vec::new();
            renderer.show(wanted, afresh, &mut out);
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
        assert!(renderer.send_ahead(&first).is_empty());
    }
}

#[test]
fn sixels_too_long_for_tmux_are_not_taken() {
    let (short, long) = (still(Protocol::Sixel), film(Protocol::Sixel, (1500, 1000), 1));
    let (bare, inside) =
        (ImageRenderer::new(Protocol::Sixel, None), ImageRenderer::new(Protocol::Sixel, Some(PANE)));
    assert!(bare.supports(&short) && bare.supports(&long) && inside.supports(&short));
    assert!(long.weight() > 1 << 20 && !inside.supports(&long));
}

/// What can happen to a renderer.
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
        let images: Vec<_> = (0..6).map(|index| film([LOCAL, REMOTE][usize::from(inside)], (20, 10), 1 + index % 2)).collect();
        let mut harness = RendererHarness::new(images[0].protocol(), inside.then_some(PANE));
        for happening in happenings {
            match happening {
                Happening::Show(wanted, afresh) => {
                    let wanted: Vec<_> = wanted.into_iter().map(|(image, column, top)| {
                        let area = Rect { x: column * 9, y: 1, width: 8, height: 4 - top as u16 };
                        let image = Arc::clone(&images[image]);
                        Placement { frame: top as usize % image.delays().len(), image, area, top, rows: 4 }
                    }).collect();
                    let mut out = Vec::new();
                    harness.renderer.show(&wanted, afresh, &mut out);
                    harness.read(&out);
                    let up: Vec<_> = harness.up().into_iter().map(|(id, placed)| (id, placed.at, placed.cells)).collect();
                    let mut expected: Vec<_> = wanted.iter().map(|placement| {
                        let (top, left) = harness.pane.map_or((1, 1), |pane| (pane.top + 1, pane.left + 1));
                        let at = (u32::from(top + placement.area.y), u32::from(left + placement.area.x));
                        let cells = (u32::from(placement.area.width), u32::from(placement.area.height));
                        (placement.image.id() + placement.frame as u32, at, cells)
                    }).collect();
                    expected.sort_unstable();
                    prop_assert_eq!(up, expected);
                }
                Happening::SendAhead(image) => {
                    harness.renderer.send_ahead(&images[image]).iter().for_each(|piece| harness.read(piece));
                }
                Happening::Forget(lost) => {
                    harness.renderer.forget();
                    if lost {
                        harness.terminal = Scripted::default();
                    }
                }
                Happening::Move(left) => {
                    harness.pane = harness.pane.map(|pane| PaneOrigin { left, ..pane });
                    harness.renderer.set_pane(harness.pane);
                }
            }
        }
    }
}
