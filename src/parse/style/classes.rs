//! What authors mean by the names of classes: reveal.js's own, and those by which Bootstrap, Tailwind, pandoc and
//! people's own style sheets make columns. A name that is not known says nothing.

use super::values::{Case, FontSize, tracks};
use super::{Display, Style, Traits};
use crate::deck::{Align, Frame, Length, Marker};

/// Adds what one class of an element of this `name` says.
pub(super) fn read(style: &mut Style, class: &str, name: &str) {
    // Tailwind writes before a colon from which width of the screen on a class holds.
    let class = class.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
    arrangement(style, &class);
    column(style, &class);
    stand(style, &class, name);
    text(style, &class);
}

/// How children stand.
fn arrangement(style: &mut Style, class: &str) {
    match class {
        "row" => style.arrange(Display::Boxes { across: 0, spread: 0 }),
        "columns" | "cols" | "split" | "side-by-side" | "multi-column" | "multi-columns" | "multicolumn"
        | "multicol" | "multicols" => style.arrange(Display::Boxes { across: 0, spread: 2 }),
        "container" | "container-fluid" => style.arrange(Display::Container),
        "grid" => style.arrange(Display::Grid(Vec::new())),
        "flex" | "d-flex" | "inline-flex" | "hstack" => style.arrange(Display::Flex),
        "flex-col" | "flex-column" | "vstack" => style.arrange(Display::Column),
        "r-hstack" => {
            style.arrange(Display::Flex);
            style.traits |= Traits::MIDDLE | Traits::PACKED;
            style.align = style.align.or(Some(Align::Center));
        }
        "r-vstack" => {
            style.arrange(Display::Column);
            style.align = style.align.or(Some(Align::Center));
        }
        "r-stack" => style.arrange(Display::Stack),
        "hidden" | "d-none" => style.display = Display::None,
        "items-center" | "align-items-center" => style.traits |= Traits::MIDDLE,
        "justify-center" | "justify-content-center" => style.traits |= Traits::PACKED,
        "place-items-center" | "justify-items-center" => {
            style.traits |= Traits::MIDDLE;
            style.align = Some(Align::Center);
        }
        _ => {
            if let Some(across) = grid(class) {
                style.arrange(Display::Grid(across));
            } else if let Some(count) = counted(class) {
                style.arrange(Display::Boxes { across: count, spread: count });
            }
        }
    }
}

/// Returns the columns of a class as `grid-cols-3` or `grid-cols-[1fr_2fr]`.
fn grid(class: &str) -> Option<Vec<Option<Length>>> {
    let columns = class.strip_prefix("grid-cols-")?;
    match columns.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(named) => Some(tracks(&named.replace('_', " "))),
        None => number(columns).map(|count| vec![None; usize::from(count)]),
    }
}

/// Returns how many columns a class names in a word: `two-column`, `cols-2`, `3columns`, `row-cols-md-2`.
fn counted(class: &str) -> Option<usize> {
    let class = class.strip_prefix("row-").unwrap_or(class);
    let is_columns = |word: &str| matches!(word, "column" | "columns" | "cols" | "colonnes");
    let (first, last) = match class.split_once(['-', '_']) {
        Some((first, rest)) => (first, rest.rsplit(['-', '_']).next().unwrap_or(rest)),
        None => class.split_at(class.find("col")?),
    };
    let count = match (is_columns(first), is_columns(last) || last == "col") {
        (true, _) => number(last),
        (_, true) => number(first),
        _ => None,
    };
    count.map(usize::from).filter(|count| *count > 1)
}

/// Returns a number of columns, as a word or in digits; none beyond twelve.
fn number(word: &str) -> Option<u8> {
    let count = match word {
        "two" | "double" | "deux" => 2,
        "three" | "triple" | "trois" => 3,
        "four" | "quatre" => 4,
        "five" => 5,
        "six" => 6,
        _ => word.parse().ok()?,
    };
    (1..=12).contains(&count).then_some(count)
}

/// How wide an element is in its row.
fn column(style: &mut Style, class: &str) {
    if matches!(class, "col" | "column") {
        style.traits |= Traits::COLUMN;
    } else if let Some(size) = class.strip_prefix("col-").filter(|size| !size.starts_with("span-")) {
        style.traits |= Traits::COLUMN;
        // Of `col-12 col-md-6` the last holds: it is meant for the larger screen.
        let twelfths = size.rsplit('-').next().and_then(|last| last.parse().ok());
        style.twelfths = twelfths.filter(|count| (1..=12).contains(count)).or(style.twelfths);
    } else if let Some(span) = class.strip_prefix("col-span-") {
        style.span = number(span).map(usize::from);
    } else if let Some(size) = class.strip_prefix("w-").or_else(|| class.strip_prefix("basis-")) {
        style.width = part(size).or(style.width);
    } else if let Some(grow) = class.strip_prefix("flex-grow-").or_else(|| class.strip_prefix("flex-")) {
        style.grow = number(grow).map(f32::from).or(style.grow);
    }
}

/// Returns a width as Tailwind (`1/3`) or Bootstrap (`50`) writes it.
fn part(size: &str) -> Option<Length> {
    let percent = match size.split_once('/') {
        Some((part, whole)) => 100.0 * f32::from(number(part)?) / f32::from(number(whole)?),
        None => size.parse().ok().filter(|size| [25.0, 50.0, 75.0, 100.0].contains(size))?,
    };
    Some(Length::Percent(percent.min(100.0)))
}

/// On which side an element stands. A picture floats there; words stand there; of a box it is told to its neighbours.
fn stand(style: &mut Style, class: &str, name: &str) {
    let side = match class {
        "left" | "ldiv" | "left-column" | "leftcol" | "left-col" | "column-left" | "col-left" => Align::Left,
        "right" | "rdiv" | "right-column" | "rightcol" | "right-col" | "column-right" | "col-right" => {
            Align::Right
        }
        "middle" | "center" => Align::Center,
        "pull-left" | "float-left" | "float-start" => {
            style.float = Some(Align::Left);
            return;
        }
        "pull-right" | "float-right" | "float-end" => {
            style.float = Some(Align::Right);
            return;
        }
        _ => return,
    };
    match name {
        "img" if side != Align::Center => style.float = Some(side),
        "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "td" | "th" => style.align = Some(side),
        _ => style.side = Some(side),
    }
    if class == "center" {
        style.align = Some(Align::Center);
    }
}

/// How words look, and what reveal.js does to an element.
fn text(style: &mut Style, class: &str) {
    match class {
        "text-center" | "centered" | "align-center" | "has-text-centered" => {
            style.align = Some(Align::Center);
        }
        "text-left" | "text-start" | "align-left" | "has-text-left" => style.align = Some(Align::Left),
        "text-right" | "text-end" | "align-right" | "has-text-right" => style.align = Some(Align::Right),
        "small" | "smaller" | "tiny" | "text-small" | "text-sm" | "text-xs" => {
            style.size = Some(FontSize::Small);
        }
        "text-4xl" | "text-5xl" | "text-6xl" | "text-7xl" | "text-8xl" | "text-9xl" => {
            style.size = Some(FontSize::Big);
        }
        "uppercase" | "text-uppercase" => style.case = Some(Case::Upper),
        "lowercase" | "text-lowercase" => style.case = Some(Case::Lower),
        "capitalize" | "text-capitalize" => style.case = Some(Case::Title),
        "list-none" | "list-unstyled" => style.marker = Some(Marker::None),
        "r-stretch" | "stretch" => style.traits |= Traits::STRETCH,
        "r-fit-text" => style.traits |= Traits::FIT,
        "r-frame" => style.frame = Some(Frame::default()),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn style(classes: &str) -> Style {
        let mut style = Style::default();
        for class in classes.split(' ') {
            read(&mut style, class, "div");
        }
        style
    }

    #[rstest]
    #[case("columns", 0, 2)]
    #[case("two-column", 2, 2)]
    #[case("three-columns", 3, 3)]
    #[case("two_cols", 2, 2)]
    #[case("2columns", 2, 2)]
    #[case("cols-4", 4, 4)]
    #[case("row row-cols-1 row-cols-md-2", 2, 2)]
    #[case("multicol", 0, 2)]
    #[case("row", 0, 0)]
    fn columns_are_named_in_many_ways(#[case] class: &str, #[case] across: usize, #[case] spread: usize) {
        assert_eq!(style(class).display, Display::Boxes { across, spread });
    }

    #[rstest]
    #[case("grid", Display::Grid(Vec::new()))]
    #[case("grid grid-cols-3", Display::Grid(vec![None; 3]))]
    #[case("md:grid-cols-2 grid", Display::Grid(vec![None; 2]))]
    #[case("grid-cols-[1fr_1fr]", Display::Grid(vec![None; 2]))]
    #[case("d-flex flex-column", Display::Column)]
    #[case("flex-col flex", Display::Column)]
    #[case("container two-columns", Display::Boxes { across: 2, spread: 2 })]
    #[case("r-stack", Display::Stack)]
    #[case("row hidden", Display::None)]
    fn the_more_telling_name_holds(#[case] class: &str, #[case] display: Display) {
        assert_eq!(style(class).display, display);
    }

    #[test]
    fn names_that_nobody_knows_say_nothing() {
        let names = "fancy column-gap two 2 col- columnist color-2 protocols- cols-0 cols-99 twocolored grid-cols- \
                     w-40 h-full md: : _ - é";
        let mut plain = style(names);
        plain.traits.remove(Traits::COLUMN);
        assert_eq!(plain, Style::default());
    }

    #[test]
    fn a_column_says_how_wide_it_is() {
        assert_eq!(style("col-12 col-md-4").twelfths, Some(4));
        assert_eq!(style("w-1/4").width, Some(Length::Percent(25.0)));
        assert_eq!(style("w-50").width, Some(Length::Percent(50.0)));
        assert_eq!((style("col-span-2").span, style("flex-2").grow), (Some(2), Some(2.0)));
        assert!(style("column").is_beside() && style("pull-left").is_beside() && !style("left").is_beside());
    }
}
