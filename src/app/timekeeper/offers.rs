//! What is offered to a speaker who has not begun yet, and what taking it does. How an offer is shown is not decided here.

use std::time::Duration;

use jiff::Timestamp;
use ratatui::text::Line;

use crate::app::Lectern;
use crate::disk::Kept;
use crate::present::{Offer, Position, Viewers};
use crate::rehearsal::Phase;
use crate::text::{shown_time, wrap};
use crate::theme::Role;

impl Lectern {
    /// Offers what may be of use before the start.
    pub(super) fn offer(&mut self, length: Option<(Duration, String)>, last: Option<Kept>) {
        if self.presenter.viewers != Viewers::Speaker || self.presenter.clock.phase() != Phase::Armed {
            return;
        }
        let plan = self.presenter.clock.plan();
        let is_odd = !self.notices().is_empty();
        let length = length.filter(|_| plan.total.is_none());
        let mut offers = Vec::new();
        offers.extend(last.is_some().then_some(Offer::GoOn));
        offers.extend(is_odd.then_some(Offer::Notice));
        offers.extend(length.as_ref().map(|(time, _)| Offer::Length(*time)));
        self.presenter.offers = offers;
        self.keeper.last = last;
        self.keeper.words = length.map(|(_, words)| words).unwrap_or_default();
    }

    /// Returns what is offered before the start, in lines of so many columns for a panel.
    pub(in crate::app) fn offered(&self, room: usize) -> Option<Vec<Line<'static>>> {
        let (said, keys) = match self.presenter.offers.first()? {
            Offer::GoOn => {
                (vec![self.last_run()?], "Enter goes on with it · a step or Esc begins anew".to_owned())
            }
            Offer::Length(time) => {
                let keys =
                    format!("Enter takes {} for the talk · a step or Esc ignores it", shown_time(*time));
                (vec![format!("the first slide says `{}`", self.keeper.words)], keys)
            }
            Offer::Notice => (self.notices(), "Enter or a step goes on all the same".to_owned()),
        };
        let theme = &self.slides.theme;
        let lines = |words: &str, role: Role| -> Vec<Line<'static>> {
            let style = theme.style(role);
            wrap(words, room).into_iter().map(|part| Line::styled(words[part].to_owned(), style)).collect()
        };
        let said = said.iter().flat_map(|words| lines(words, Role::Overlay));
        Some(said.chain(lines(&keys, Role::OverlayDim)).collect())
    }

    /// Returns what a speaker should know before the start: of the window, of the record, of the plan.
    fn notices(&self) -> Vec<String> {
        let plan = self.presenter.clock.plan().diagnostics.iter();
        let plan = plan.map(|diagnostic| diagnostic.to_string().replace("\n  hint:", " —"));
        self.window_is_small().into_iter().chain(self.keeper.failure.clone()).chain(plan).collect()
    }

    /// Returns when and where the last run ended.
    fn last_run(&self) -> Option<String> {
        let run = &self.keeper.last.as_ref()?.run;
        let ago = match Timestamp::now().duration_since(run.ended).as_mins() {
            ..=0 => "just now".to_owned(),
            1 => "1 minute ago".to_owned(),
            minutes => format!("{minutes} minutes ago"),
        };
        let slide = run.header.slides.iter().find(|slide| Some(&slide.key) == run.last.as_ref());
        let at = slide.map(|slide| format!(" at slide {}", slide.number)).unwrap_or_default();
        let taken = shown_time(Duration::from_secs_f64(run.total_seconds()));
        Some(format!("a run ended {ago}{at}, after {taken}"))
    }

    /// Takes what was offered.
    pub(in crate::app) fn take_offer(&mut self, offer: Offer) {
        match offer {
            Offer::Notice => {}
            Offer::Length(time) => {
                let mut agenda = self.presenter.clock.agenda().clone();
                agenda.budget.total = Some(time);
                self.presenter.clock.set(agenda);
            }
            Offer::GoOn => self.go_on(),
        }
    }

    /// Goes on with the last run where it ended.
    fn go_on(&mut self) {
        let Some((kept, records)) = self.keeper.last.take().zip(self.keeper.records.as_ref()) else { return };
        self.keeper.recorder = Some(records.go_on(&kept, self.teller()));
        let entries = &self.presenter.clock.agenda().entries;
        let slide = kept.run.last.as_ref().and_then(|key| entries.iter().position(|entry| entry.key == *key));
        let now = self.keeper.now();
        if self.presenter.clock.plan().total.is_none()
            && let Some(planned) = kept.run.header.planned_seconds
        {
            let mut agenda = self.presenter.clock.agenda().clone();
            agenda.budget.total = Duration::try_from_secs_f64(planned).ok();
            self.presenter.clock.set(agenda);
        }
        if let Some(slide) = slide {
            self.presenter.position = Position::at(slide);
            self.presenter.clock.follow(slide, 0, now);
        }
        self.presenter.clock.carry_on(&kept.run, now);
        self.presenter.offers.clear();
    }
}
