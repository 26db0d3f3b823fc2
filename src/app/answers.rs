//! What a talk makes of the terminal's answers: its colours, the size of its cells, its way of showing pictures.

use super::command::Command;
use super::state::App;
use crate::color::Rgb;
use crate::rehearsal::Now;
use crate::terminal::Answer;
use crate::theme::Theme;

/// Records what the terminal says of itself: its colours, its cells, its way of showing pictures.
pub(super) fn answer(app: &mut App, answer: &Answer, now: Now) -> Vec<Command> {
    let before = (app.slides.generation(), app.prints.generation());
    let is_news = app.terminal.answer(answer);
    if let Answer::Background(red, green, blue) = *answer {
        let background = Rgb(red, green, blue);
        app.prints.set_ground(background);
        let suited = Theme::suited_to(background);
        if !app.follower.has_theme() && suited != *app.slides.theme() {
            app.slides.set_theme(suited);
        }
    }
    let mut commands = Vec::new();
    if is_news {
        let stage = app.terminal.stage(&app.places(), &app.slides.deck().meta);
        if (stage.columns, stage.rows) == (app.slides.stage().columns, app.slides.stage().rows) {
            app.slides.set_stage(stage);
        }
        commands = app.terminal.choose_form(&mut app.prints, now.awake);
    }
    let is_same = before == (app.slides.generation(), app.prints.generation());
    commands.extend((!is_same).then_some(Command::Draw));
    commands
}
