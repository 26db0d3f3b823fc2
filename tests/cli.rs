//! The built program on a pseudo-terminal, as a speaker meets it: what it shows, what it obeys, how it ends. What
//! slides look like is tested elsewhere.
#![cfg(unix)]

#[path = "cli/answers.rs"]
mod answers;
#[path = "cli/check.rs"]
mod check;
#[path = "cli/check_deck.rs"]
mod check_deck;
#[path = "cli/console.rs"]
mod console;
#[path = "terminal/consoles.rs"]
mod consoles;
#[path = "cli/editor.rs"]
mod editor;
#[path = "terminal/folder.rs"]
mod folder;
#[path = "cli/given_back.rs"]
mod given_back;
#[path = "cli/hostile.rs"]
mod hostile;
#[path = "terminal/images.rs"]
mod images;
#[path = "cli/keys.rs"]
mod keys;
#[path = "cli/pictures.rs"]
mod pictures;
#[path = "cli/pipes.rs"]
mod pipes;
#[path = "cli/plain.rs"]
mod plain;
#[path = "terminal/pty.rs"]
mod pty;
#[path = "cli/refusals.rs"]
mod refusals;
#[path = "terminal/rehearsals.rs"]
mod rehearsals;
#[path = "cli/rehearse.rs"]
mod rehearse;
#[path = "cli/report.rs"]
mod report;
#[path = "terminal/saves.rs"]
mod saves;
#[path = "cli/scan.rs"]
mod scan;
#[path = "terminal/scripted.rs"]
mod scripted;
#[path = "terminal/seen.rs"]
mod seen;
#[path = "cli/show.rs"]
mod show;
#[path = "cli/talk.rs"]
mod talk;
#[path = "cli/timing.rs"]
mod timing;
#[path = "cli/watch.rs"]
mod watch;
