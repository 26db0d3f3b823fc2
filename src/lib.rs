//! Lutrin presents a Markdown lecture in a terminal, as its author wrote it. This page is the map of the house: read
//! it once, and you know where everything is. A *lutrin* is the lectern that a speaker reads from.
//!
//! # The way of the data
//!
//! ```text
//!  bytes ──source──▶ text ──parse──▶ Deck ─────────────────────▶ export: words for people, data for programs
//!                                    Slide▸Block▸Inline   └─────▶ check: what would embarrass on stage
//!                                      │ layout_slide(slide, stage, theme, supply)
//!                                      ▼
//!                                    Scene ────────────────────▶ export: pages, exactly as the stage shows them
//!                                      │   (items at fixed cells: lines, fills, pictures, links)
//!                                      │ paint
//!                                      ▼
//!                                    Buffer of cells ──▶ terminal
//!
//!  key, signal, resize, something is ready
//!    └──Event──keymap──▶ Action ──Presenter::apply──▶ Effect ──▶ Command
//! ```
//!
//! Three arrows are pure: [`parse`] makes a tree of text, [`layout`] makes a scene of a tree, [`present`] makes an
//! effect of an action. Time, files, the terminal's size and what it can do are arguments, never asked for on the way.
//! None of the three fails: what cannot be shown as written becomes a placeholder where it stands and a
//! [`Diagnostic`](source::Diagnostic) with its slide, its line and a hint. [`paint`] and [`export`] are pure too: the
//! one fills a buffer, the other returns bytes. All that touches the world is above them, in [`disk`], [`terminal`],
//! [`workers`], the running talk in [`app`] and the commands in [`run`].
//!
//! # The floors
//!
//! The rooms stand on floors. A file uses its own room and rooms on lower floors; rooms on one floor are strangers.
//! `tests/floors.rs` reads the sources and holds this. A room is a file, its door, and maybe a folder of the same name
//! behind it: `layout.rs` and `layout/table.rs`. From the ground up:
//!
//! **0. Letters.** [`source`] makes text of a file's bytes, whatever their encoding and line ends, and puts
//! [`Edit`](source::Edit)s back among them. [`text`] knows how
//! many cells a text takes, where its lines break, and which characters may be shown at all. [`color`] mixes colours
//! and measures whether one can be read on another.
//!
//! **1. What things are.** [`deck`] is what is said: a [`Deck`](deck::Deck) has slides, a [`Slide`](deck::Slide) has
//! blocks and notes, a [`Block`](deck::Block) has inlines or further blocks, and each may have
//! [`Fragment`](deck::Fragment)s: what changes of it, and at which step. A [`Revision`](deck::Revision) tells two versions
//! of a deck apart. [`theme`] is how it looks: a style for each
//! [`Role`](theme::Role), and nobody else names a colour. [`picture`] is what a picture shows: its size by its header,
//! its pixels under limits, its frames, and its mosaic of letters.
//!
//! **2. Reading.** [`parse`] has two doors, for opening a deck and showing a slide are two things:
//! [`parse::open`] only finds where slides and their notes begin and end ([`parse::split`] tells by which rule),
//! [`parse::slide`] reads one when it is needed: its dialect to Markdown that everybody knows, that to HTML, HTML to the
//! tree that a browser would make of it. There the comments of reveal.js put attributes on elements
//! (`parse/attributes.rs`), fragments get their steps (`parse/fragment.rs`), classes and styles their meaning
//! (`parse/style`), and the tree becomes blocks (`parse/convert`). On the whole way each piece keeps where it is written, as a
//! [`SourceRange`](source::SourceRange). What must be known of markup before it is HTML, one scanner finds
//! (`parse/scan.rs`), and one table says what each element is (`parse/element.rs`). [`parse::timing`] finds where times can
//! be written into a deck:
//! it proposes places, and proves each by reading again.
//! [`highlight`] finds the role of each letter of a piece of code. [`rehearsal`] is a talk against time: a
//! [`Plan`](rehearsal::Plan) says how long each slide shall take, a [`Clock`](rehearsal::Clock) how long it takes, and a
//! [`Run`](rehearsal::Run) what was recorded of that.
//!
//! **3. Placing and stepping.** [`layout_slide`](layout::layout_slide) makes a [`Scene`](layout::Scene) of a slide for
//! one [`Stage`](layout::Stage); what it must know of pictures and of highlighted code it asks of a
//! [`Supply`](layout::Supply). All steps are laid out at once: an item says in which [`Phase`](layout::Phase) it looks how,
//! so nothing moves when a step comes. When a slide is too tall, `layout/density.rs` takes its air away step by step, and only
//! then it scrolls. Next door and knowing nothing of it, [`present`] holds the running talk: the
//! [`keymap`](present::keymap) makes an [`Action`](present::Action) of a key by the one table of
//! [`BINDINGS`](present::BINDINGS), and [`Presenter::apply`](present::Presenter::apply) says what it does to the
//! [`Position`](present::Position) and the [`Overlay`](present::Overlay), and which [`Effect`](present::Effect) the
//! world must see to. [`report`] makes figures of recorded runs ([`Report`](report::Report)), and documents of them.
//!
//! **4. Painting, and telling.** [`paint`] puts scenes, the row of chrome and overlays into a ratatui buffer, as widgets.
//! [`protocol`] says what a running talk and whoever is joined to it have to tell each other, one line of JSON each: a
//! [`Request`](protocol::Request) is asked, and a [`Line`](protocol::Message) told, most often the talk's
//! [`State`](protocol::TalkState).
//!
//! **5. Other documents, and a look at the deck.** [`export`] writes a deck in nine formats, as an
//! [`Order`](export::ExportOptions) says. Five are from the tree and need no stage. The others are from the scene: [`export::page`]
//! paints it into cells and says where pictures and links are, `export/ink.rs` makes rectangles and letters in fonts of the
//! cells, and each format writes those down. What a document needs that is not in the deck it takes from a
//! [`Shelf`](export::DocumentResources). [`check`] goes through a deck and finds what would embarrass its speaker: more
//! [`Diagnostic`](source::Diagnostic)s, each at its place.
//!
//! **6. The world.** [`cli`] is the command line, and opens nothing. [`disk`] reads decks and finds the pictures that
//! they name, and reports which of them were saved; runs are recorded there
//! ([`Records`](disk::Records)); the lecture that ships is compiled into it. [`terminal`] takes the terminal and gives it back on every
//! way out ([`Guard`](terminal::Guard)), turns bytes into keys and answers ([`InputReader`](terminal::InputReader)), signals into
//! events ([`Signals`](terminal::Signals)), and cells into as few bytes as will do ([`Screen`](terminal::Screen)). What
//! the terminal is, by its environment and its answers, a [`TerminalProbe`](terminal::TerminalProbe) finds out, and so how pictures are
//! shown best. In [`terminal::graphics`] each protocol has its file; an [`ImageRenderer`](terminal::graphics::ImageRenderer)
//! puts pictures up and keeps track of them. In [`socket`] a talk and whoever is joined to it meet: a [`Host`](socket::Server) receives its [`Guest`](socket::Client)s,
//! each by threads of its own, so that no key waits for any of them; it finds out who they are, and
//! [`choose`](socket::choose) which talk is meant.
//!
//! **7. Threads for what takes long.** [`workers`] decodes pictures, prints them for the terminal and highlights code on
//! threads of their own, so that no key waits for it. Results are cached, up to a weight.
//!
//! **8. Common to what follows.** [`common`] has what commands and the talk share: [`Failure`](common::Failure), how a deck is read, what is printed, and the questions to the terminal on its
//! ordinary screen.
//!
//! **9. The running talk.** [`app`] is a talk. What it is now is a value, `App` (`app/state.rs`): where the presenter is,
//! the slides that have been parsed and laid out (`app/slides.rs`), the pictures that are printed next (`app/prints.rs`),
//! what could not be shown as written (`app/diagnostics.rs`), the deck's file (`app/follower.rs`), the terminal
//! (`app/profile.rs`), the timer, the clients, and so on: each in a type of its own. An `Event` changes it and gives
//! `Command`s (`app/update.rs`); `app/view.rs` makes cells of it. The `Runtime` around it (`app/runtime.rs`) sleeps on one channel until something happens: a key, a signal, a picture
//! that is ready, a file that was saved. It alone asks for the time and for the window's size, and with `app/perform.rs` it
//! alone does what the commands say. A console is a talk in another mode (`app/mode.rs`), whose keys are asked of the talk
//! that it shows (`app/console.rs`); that talk answers in `app/clients.rs`. A talk in words alone (`app/plain.rs`) is the same
//! presenter, whose slides are printed below each other.
//!
//! **10. The commands.** [`run`] chooses among them, and each has a file: `run/check.rs` is `lutrin check`.
//!
//! **11. The program.** `main.rs` reads the command line, runs, and tells how it went.
//!
//! # How one key becomes a new slide
//!
//! The reader's thread sends the key down the channel, and the loop wakes. The keymap makes `Action::Next` of it; the
//! presenter is given the height of the slide that is shown and answers with a new position and [`Effect::Draw`], which
//! becomes the command to draw. The loop looks for further events, so that ten keys make one drawing. Then the slide's scene is looked up, or made now
//! from its Markdown; the workers get what it lacks as jobs; the scene is painted with what is there; and the screen
//! writes the cells that differ. When a picture or the colours of code become ready, a worker sends an event of
//! its own down the same channel. A slide that stays as it is wakes nobody.
//!
//! # Words
//!
//! * **Deck**, **slide**: the talk as it is written, and one screen of it. A *page* would be an export's.
//! * **Block**, **inline**: the tree's parts, as `CommonMark` calls them. **Notes** are for the speaker only.
//! * **Role**: what a letter is for (a heading, a keyword, the chrome); a **theme** gives each a style.
//! * **Stage**: the part of the terminal that the slide gets. **Chrome** is the row below it.
//! * **Scene**, **item**: the finished layout, and a part of it at its cells.
//! * **Stack**, **address**: slides below each other, and a slide's column and row among them, as `7.2`.
//! * **Fragment**, **step**: what changes on a slide, and the number at which it does. A **phase** is for how long an item
//!   of a scene looks another way.
//! * **Ground**, **backdrop**: the colour and the picture behind a slide; a **veil** dims the picture so that words are read.
//! * **Position**: a slide, its step and how far it is scrolled. **Overlay**: what lies above the slide: help, outline, …
//! * **Event**, **action**, **effect**, **command**: what happened, what it means, what comes of it, what the runtime has to
//!   do. An **origin** is where an action comes from: a key, a client, or a deck that goes on by itself.
//! * **Original**, **cut**, **print**: a picture in its own size, what of it is wanted and how large, and that, ready to
//!   be shown. A print is a **mosaic** of letters, or an **encoded image** for a terminal's protocol; a **film** has many frames.
//! * **Plan**, **lap**, **pace**: the time that was meant for each slide, the time it took, and ahead, on time or behind. A **run**
//!   is a talk that was timed; a **key** is the name of a slide by its content, under which it is known again.
//! * **Console**: the speaker's screen in a second terminal. A console or a program that is joined to a talk is its **client**, a
//!   **peer** for the talk; one that is sent whatever changes is a **follower**. The **viewers** of a screen are the audience, the speaker, or all.
//! * **Assets**: the files that a deck refers to. **Diagnostic**, **hint**: what could not be shown as written, and what
//!   to do about it. A **rule** is what a diagnostic is about, by name; its **severity** is error, warning or note. A **passage**
//!   is where it is: letters of one line of the deck. [`Deck::place`](deck::Deck::place) finds it by the **source range** of a part
//!   of a slide: bytes of the slide's source.
//! * **Order**: what is to be written of a deck, and how; a **shelf** has what a document needs and the deck has not. A **page** is a
//!   slide on the stage of a document, and its **ink** what is drawn of it: rectangles, and runs of letters.
//!
//! ratatui's words (`Buffer`, `Line`, `Span`, `Widget`, `Rect`) mean what they mean there.
//!
//! # Where to go on
//!
//! `docs/design.md` tells why it is built so, and `CONTRIBUTING.md` how to change it. To see a feature whole, follow its
//! noun up the floors: `deck/block.rs` says what a table is, `parse/convert/tables.rs` reads one, `layout/table.rs`
//! places it.
//!
//! [`Effect::Draw`]: present::Effect::Draw

pub mod app;
pub mod check;
pub mod cli;
pub mod color;
pub mod common;
pub mod deck;
pub mod disk;
pub mod export;
pub mod highlight;
pub mod layout;
pub mod paint;
pub mod parse;
pub mod picture;
pub mod present;
pub mod protocol;
pub mod rehearsal;
pub mod report;
pub mod run;
pub mod socket;
pub mod source;
pub mod terminal;
pub mod text;
pub mod theme;
pub mod workers;
