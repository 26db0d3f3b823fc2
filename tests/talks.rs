//! Pictures and stories: decks go in, trees, grids and documents come out. The started process is tested in `cli.rs`.

#[path = "talks/afar.rs"]
mod afar;
#[path = "talks/backgrounds.rs"]
mod backgrounds;
#[path = "talks/check.rs"]
mod check;
#[path = "talks/decks.rs"]
mod decks;
#[path = "talks/hostile.rs"]
mod hostile;
#[path = "talks/layouts.rs"]
mod layouts;
#[path = "talks/lecture.rs"]
mod lecture;
#[path = "talks/places.rs"]
mod places;
#[path = "talks/plans.rs"]
mod plans;
#[path = "talks/rehearsal.rs"]
mod rehearsal;
#[path = "talks/reports.rs"]
mod reports;
#[path = "talks/reveal.rs"]
mod reveal;
#[path = "talks/rules.rs"]
mod rules;
#[path = "talks/scenes.rs"]
mod scenes;
#[path = "talks/stage.rs"]
mod stage;
#[path = "talks/stories.rs"]
mod stories;
#[path = "talks/story.rs"]
mod story;
#[path = "talks/timing.rs"]
mod timing;
#[path = "talks/trees.rs"]
mod trees;
